"""Limits that the law sets to one step: told on the screen, and once by mail when they are over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.letters.actions import number_letter
from pakn_portal.answers.step_limits import ANSWER_NOTICE, LIMITS, SLIP, StepLimit, limits_of
from pakn_portal.cases import actions
from pakn_portal.cases.due_dates import moved_dates
from pakn_portal.cases.enums import Status, ToldBy, Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.by_hand.actions import give_notice
from pakn_portal.notifications.by_hand.letter import letter_of
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.messages import words_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.pages.answers.actions import correct_answer
from pakn_portal.pages.models import AnswerPage
from pakn_portal.snippets.enums import LetterKind, Step
from pakn_portal.snippets.models import DeadlineRule, Holiday, RefusalReason
from pakn_portal.staff import addresses
from pakn_portal.submissions.actions import add_supplement
from pakn_portal.submissions.models import Sender
from tests.factories import Ministry, make_case, make_many_cases, make_ministry

MONDAY = timezone.make_aware(datetime(2026, 6, 1, 9))
#: Monday of the week after: five working days after the Monday before.
SENTENCE = "5 ngày làm việc từ 01/06/2026; đến hạn thứ Hai 08/06/2026"


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.acting_at(MONDAY):
        yield


@pytest.fixture
def who(db: None) -> Ministry:
    return make_ministry()


@pytest.fixture
def client_of(client: Client) -> Any:
    def signed_in(user: Any) -> Client:
        client.force_login(user)
        return client

    return signed_in


def on_tuesday() -> Any:
    return clock.acting_at(MONDAY + timedelta(days=8))


def told(kind: str) -> set[str]:
    return {
        mail.to_user.username
        for mail in OutgoingMail.objects.filter(template="deadline_digest").select_related("to_user")
        if mail.to_user and any(row["kind"] == kind for row in mail.context["cases"])
    }


def wait_for_publisher(who: Ministry) -> Case:
    from pakn_portal.pages.answers import actions as publishing
    from tests.factories import _prepare

    case = make_case(Status.ANSWERED, who)
    _prepare(case, who)
    case = Case.objects.get(pk=case.pk)
    publishing.request_publication(case, by=who.officer)
    return Case.objects.get(pk=case.pk)


def find_wrong(who: Ministry) -> Case:
    """On the site, and another text was prepared for it."""
    case = make_case(Status.PUBLISHED, who)
    answers.prepare_public_text(
        case, title="Nghỉ việc", question="Còn kịp không?", answer="Trong 3 tháng.", by=who.officer
    )
    return Case.objects.get(pk=case.pk)


def test_every_step_of_the_rules_is_read() -> None:
    """An officer who edits a term sees it at work."""
    counted_elsewhere = {"intake", "reply", "extension", "progress_notice", "supplement", "hand_over"}
    assert {limit.step for limit in LIMITS} | counted_elsewhere == set(Step.values)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.RECEIVED])
def test_a_referral_is_explained_where_it_is_owed(who: Ministry, client_of: Any, status: Status) -> None:
    case = make_case(status, who)
    client = client_of(who.intake)
    for address in (addresses.case_url(case.pk), addresses.move_url(case.pk, Verb.REFER)):
        assert f"Chuyển cơ quan khác: {SENTENCE}." in client.get(address).content.decode()
    assert "Nghị định 20/2008/NĐ-CP, Điều 9" in client.get(addresses.case_url(case.pk)).content.decode()


def test_a_unit_has_no_referral_before_it(who: Ministry, client_of: Any) -> None:
    case = make_case(Status.PROCESSING, who)
    assert [one.limit.step for one in limits_of(case)] == [Step.DRAFT]
    assert (
        "Chuyển cơ quan khác:" not in client_of(who.officer).get(addresses.case_url(case.pk)).content.decode()
    )


def test_a_rule_that_is_edited_moves_the_limit(who: Ministry, client_of: Any) -> None:
    case = make_case(Status.RECEIVED, who)
    DeadlineRule.objects.filter(step=Step.REFER).update(amount=2)
    page = client_of(who.intake).get(addresses.case_url(case.pk)).content.decode()
    assert "đến hạn thứ Tư 03/06/2026" in page


def test_the_office_hears_once_of_a_referral_that_is_late(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    OutgoingMail.objects.all().delete()
    with clock.acting_at(MONDAY + timedelta(days=7)):  # its last day
        sweep_deadlines()
        assert told("referral_overdue") == set()
    with on_tuesday():
        sweep_deadlines()
        assert told("referral_overdue") == {"vanphong"}
        OutgoingMail.objects.all().delete()
        sweep_deadlines()
    assert told("referral_overdue") == set()
    notice = DeadlineNotice.objects.get(kind="referral_overdue")
    assert (notice.case, notice.due_on.isoformat()) == (case, "2026-06-08")


@pytest.mark.usefixtures("section")
def test_publishers_hear_once_of_a_text_that_waits_too_long(who: Ministry, client_of: Any) -> None:
    case = wait_for_publisher(who)
    page = client_of(who.publisher).get(addresses.case_url(case.pk)).content.decode()
    assert f"Công khai câu trả lời đã duyệt: {SENTENCE}." in page
    with on_tuesday():
        OutgoingMail.objects.all().delete()
        sweep_deadlines()
        assert told("publication_overdue") == {"bientap", "bientap2"}
        OutgoingMail.objects.all().delete()
        sweep_deadlines()
        assert told("publication_overdue") == set()


def test_the_unit_hears_until_the_text_is_with_the_publisher(who: Ministry, client_of: Any) -> None:
    """The days run from the approval, not from the request."""
    case = make_case(Status.ANSWERED, who)
    client = client_of(who.officer)
    for address in (addresses.case_url(case.pk), addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT)):
        assert f"Công khai câu trả lời đã duyệt: {SENTENCE}." in client.get(address).content.decode()
    with clock.acting_at(MONDAY + timedelta(days=7)):  # its last day
        sweep_deadlines()
        assert told("public_text_overdue") == set()
    with on_tuesday():
        sweep_deadlines()
        assert told("public_text_overdue") == {"chuyenvien", "lanhdaodonvi"}
        assert told("publication_overdue") == set()
        OutgoingMail.objects.all().delete()
        sweep_deadlines()
        assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("section")
def test_a_late_request_is_the_publishers_from_then_on(who: Ministry) -> None:
    from pakn_portal.pages.answers import actions as publishing
    from tests.factories import _prepare

    case = make_case(Status.ANSWERED, who)
    with on_tuesday():
        sweep_deadlines()
        _prepare(case, who)
        publishing.request_publication(Case.objects.get(pk=case.pk), by=who.officer)
        OutgoingMail.objects.all().delete()
        sweep_deadlines()
        assert told("publication_overdue") == {"bientap", "bientap2"}
        assert told("public_text_overdue") == set()


def test_an_answer_that_nobody_put_forward_is_not_asked_for_forever(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    with clock.acting_at(MONDAY + timedelta(days=61)):
        sweep_deadlines()
        assert told("public_text_overdue") == set()
        assert [one.due_on for one in limits_of(case)] == [date(2026, 6, 8)]


@pytest.mark.usefixtures("section")
def test_a_second_release_has_a_start_of_its_own(who: Ministry, client_of: Any) -> None:
    """Taken off on 01/07; asked for again on Wednesday 15/07, so due on Wednesday 22/07."""
    from pakn_portal.pages.answers import actions as publishing

    case = make_case(Status.PUBLISHED, who)
    with clock.acting_at(MONDAY + timedelta(days=30)):
        publishing.unpublish_answer(case, by=who.publisher, note="Số liệu đã cũ.")
        assert limits_of(Case.objects.get(pk=case.pk)) == []
        sweep_deadlines()
        assert told("public_text_overdue") == set()
    with clock.acting_at(MONDAY + timedelta(days=44)):
        publishing.request_publication(Case.objects.get(pk=case.pk), by=who.officer)
        (limit,) = limits_of(Case.objects.get(pk=case.pk))
        assert (limit.deadline and limit.deadline.starts_on, limit.due_on) == (
            date(2026, 7, 15),
            date(2026, 7, 22),
        )
    with clock.acting_at(MONDAY + timedelta(days=51)):
        sweep_deadlines()
        assert told("publication_overdue") == set()
    with clock.acting_at(MONDAY + timedelta(days=52)):
        sweep_deadlines()
        assert told("publication_overdue") == {"bientap", "bientap2"}


def asked_and_answered(case: Case, who: Ministry) -> Case:
    """The sender was asked on Tuesday 02/06 and answered on Thursday 04/06: three days not counted."""
    with clock.acting_at(MONDAY + timedelta(days=1)):
        actions.request_supplement(case, by=who.intake, note="Xin cho biết ngày nghỉ việc.")
    with clock.acting_at(MONDAY + timedelta(days=3)):
        actions.supplement_case(case, supplement=add_supplement(case.submission, content="Ngày 01/05."))
    OutgoingMail.objects.all().delete()
    return Case.objects.get(pk=case.pk)


def test_a_referral_waits_for_the_sender(who: Ministry) -> None:
    """5, 8, 9, 10 and 11 June."""
    case = asked_and_answered(make_case(Status.RECEIVED, who), who)
    (limit,) = [one for one in limits_of(case) if one.limit.step == Step.REFER]
    assert limit.due_on == date(2026, 6, 11)
    assert "5 ngày làm việc từ 01/06/2026; tạm dừng 02–04/06" in limit.sentence
    with clock.acting_at(MONDAY + timedelta(days=10)):
        sweep_deadlines()
        assert told("referral_overdue") == set()
    with clock.acting_at(MONDAY + timedelta(days=11)):
        sweep_deadlines()
        assert told("referral_overdue") == {"vanphong"}


def test_intake_waits_for_the_sender(who: Ministry) -> None:
    """Two working days after Monday 01/06, without 02-04/06: Friday 05/06 and Monday 08/06."""
    case = make_case(Status.SUBMITTED, who)
    assert case.intake_due_on == date(2026, 6, 3)
    case = asked_and_answered(case, who)
    assert (case.status, case.intake_due_on) == (Status.SUBMITTED, date(2026, 6, 8))
    assert moved_dates(case) == {}
    with clock.acting_at(MONDAY + timedelta(days=7)):
        sweep_deadlines()
        assert told("intake_overdue") == set()
    with clock.acting_at(MONDAY + timedelta(days=8)):
        sweep_deadlines()
        assert told("intake_overdue") == {"vanphong"}


def test_a_limit_says_which_rows_are_missing(who: Ministry, client_of: Any) -> None:
    case = make_case(Status.RECEIVED, who)
    Holiday.objects.filter(date__year=2026).delete()
    client = client_of(who.intake)
    for address in (addresses.case_url(case.pk), addresses.move_url(case.pk, Verb.REFER)):
        page = client.get(address).content.decode()
        assert "Chuyển cơ quan khác: Danh mục ngày nghỉ năm 2026" in page
    with on_tuesday():
        sweep_deadlines()
    assert not DeadlineNotice.objects.filter(kind="referral_overdue").exists()


def test_without_a_rule_there_is_no_limit(who: Ministry) -> None:
    DeadlineRule.objects.filter(step__in=[limit.step for limit in LIMITS]).delete()
    case = make_case(Status.RECEIVED, who)
    assert limits_of(case) == []
    with on_tuesday():
        sweep_deadlines()
    assert not DeadlineNotice.objects.filter(kind="referral_overdue").exists()


def test_limits_cost_the_same_for_one_and_for_thirty(who: Ministry) -> None:
    counts = []
    for more in (1, 29):
        make_many_cases(more, unit=who.unit, officer=who.officer, status=Status.RECEIVED)
        make_many_cases(more, unit=who.unit, officer=who.officer, status=Status.ANSWERED)
        Case.objects.filter(status=Status.ANSWERED).update(closed_on=MONDAY.date())
        DeadlineNotice.objects.all().delete()
        with on_tuesday(), CaptureQueriesContext(connection) as queries:
            sweep_deadlines()
        counts.append(len(queries))
    for kind in ("referral_overdue", "public_text_overdue"):
        assert DeadlineNotice.objects.filter(kind=kind).count() == 30
    assert counts[0] == counts[1]


def refuse_on_paper(who: Ministry) -> Case:
    case = make_case(Status.RECEIVED, who)
    Sender.objects.filter(pk=case.submission.sender_id).update(email="")
    case = Case.objects.get(pk=case.pk)
    reason = RefusalReason.objects.get(code="unclear")
    reason.needs_written_notice = True
    reason.save()
    actions.refuse_case(case, reason=reason, by=who.intake)
    return case


def test_each_step_within_the_ministry_has_its_term(who: Ministry) -> None:
    """Regulations, section 3, rows 4 to 6, 12, 13 and 16."""
    due = {one.limit.step: one.due_on for one in limits_of(make_case(Status.RECEIVED, who))}
    assert due[Step.FORWARD] == date(2026, 6, 3)
    due = {one.limit.step: one.due_on for one in limits_of(make_case(Status.ROUTED, who))}
    assert due == {Step.SEND_BACK: date(2026, 6, 2), Step.DRAFT: date(2026, 6, 15)}
    assert limits_of(make_case(Status.EXTENDED, who)) == []
    with clock.acting_at(MONDAY + timedelta(days=60)):
        case = refuse_on_paper(who)
        (owed,) = limits_of(case)
    assert (owed.limit.step, owed.due_on) == (Step.REFUSAL_NOTICE, date(2026, 8, 5))
    assert "154/2026" in owed.legal_basis


def answer_on_paper(who: Ministry) -> Case:
    return make_case(Status.ANSWERED, who, sender={"email": "", "address": "Số 5, phường Mẫu"})


def test_an_answer_that_nobody_sent_is_owed_until_somebody_did(who: Ministry, client_of: Any) -> None:
    with clock.acting_at(MONDAY):
        case = answer_on_paper(who)
        owed = next(one for one in limits_of(case) if one.limit.step == Step.ANSWER_NOTICE)
        assert owed.due_on == date(2026, 6, 4)
        assert make_case(Status.ANSWERED, who) not in Case.objects.filter(
            ANSWER_NOTICE.runs_for(MONDAY.date())
        )
        page = client_of(who.officer).get(addresses.case_url(case.pk)).content.decode()
        assert "Báo kết quả cho người gửi không có thư điện tử: " in page
        listed = client_of(who.officer).get(addresses.notices_url()).content.decode()
        assert "gửi văn bản trước hết ngày 04/06/2026" in listed
    with on_tuesday():
        sweep_deadlines()
        assert told("answer_untold") == {who.officer.username, who.focal.username, who.head.username}
        notice = ManualNotice.objects.get(mail__template="answered")
        give_notice(notice, way=ToldBy.LETTER, by=who.officer)
        assert Step.ANSWER_NOTICE not in [one.limit.step for one in limits_of(case)]


def test_a_referral_is_owed_until_number_and_date_of_its_slip_are_kept(who: Ministry) -> None:
    with clock.acting_at(MONDAY):
        case = make_case(Status.FORWARDED, who)
        (owed,) = limits_of(case)
        assert (owed.limit, owed.due_on) == (SLIP, date(2026, 6, 8))
        assert "Số và ngày của phiếu chuyển" in owed.sentence
    with on_tuesday():
        sweep_deadlines()
        assert told("slip_overdue") == {who.intake.username}
        slip: dict[str, Any] = {"signature_title": "", "signatory": "", "by": who.intake}
        number_letter(case, LetterKind.FORWARDING, reference_number="05/PC-VP", dated_on=None, **slip)
        assert limits_of(case) != []
        number_letter(
            case, LetterKind.FORWARDING, reference_number="05/PC-VP", dated_on=date(2026, 6, 3), **slip
        )
        assert limits_of(case) == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.step}-{limit.verbs[0]}")
def test_a_limit_runs_for_the_same_cases_one_by_one_and_together(
    limit: StepLimit, who: Ministry, section: Any
) -> None:
    for status in Status:
        make_case(status, who)
    wait_for_publisher(who)
    find_wrong(who)
    refuse_on_paper(who)
    answer_on_paper(who)
    together = set(Case.objects.filter(limit.runs_for(clock.today())).values_list("pk", flat=True))
    assert together == {case.pk for case in Case.objects.all() if limit.runs_in(case)}
    assert together


@pytest.fixture
def found_wrong(section: Any, who: Ministry) -> Case:
    case = find_wrong(who)
    OutgoingMail.objects.all().delete()
    return case


def test_a_correction_waits_for_the_publisher_and_says_by_when(
    found_wrong: Case, who: Ministry, client_of: Any
) -> None:
    client = client_of(who.publisher)
    page = client.get(addresses.case_url(found_wrong.pk)).content.decode()
    assert f"Đính chính câu trả lời đã công khai: {SENTENCE}." in page
    assert "104/2016/QH13, Điều 32" in page
    home = client.get("/admin/").content.decode()
    address = re.search(r'href="([^"]*to_correct=true[^"]*)" data-counts="1"', home)
    assert address
    for url in (unescape(address[1]), addresses.list_url(scope="mine")):
        assert found_wrong.number in client.get(url).content.decode()


def test_the_publishers_hear_once_of_a_correction_that_is_late(found_wrong: Case, who: Ministry) -> None:
    with on_tuesday():
        sweep_deadlines()
        sweep_deadlines()
        assert told("correction_overdue") == {who.publisher.username, who.second_publisher.username}
        assert DeadlineNotice.objects.filter(kind="correction_overdue").count() == 1


def test_nothing_is_owed_once_it_is_corrected_or_while_the_words_are_the_same(
    found_wrong: Case, who: Ministry
) -> None:
    correct_answer(found_wrong, by=who.publisher, note="Sửa thời hạn nộp.")
    corrected = Case.objects.get(pk=found_wrong.pk)
    assert limits_of(corrected) == []
    with on_tuesday():
        sweep_deadlines()
    assert told("correction_overdue") == set()


def test_whoever_was_told_the_answer_is_told_what_was_corrected(found_wrong: Case, who: Ministry) -> None:
    correct_answer(found_wrong, by=who.publisher, note="Thời hạn nộp là 3 tháng, không phải 30 ngày.")
    mail = OutgoingMail.objects.get(template="corrected")
    words = words_of(mail)
    assert mail.to_sender_id == found_wrong.submission.sender_id
    assert words.subject == f"Hồ sơ {found_wrong.number}: câu trả lời công khai đã được đính chính"
    assert "Thời hạn nộp là 3 tháng, không phải 30 ngày." in words.body
    assert "/hoi-dap/" in words.body


def test_on_paper_the_answer_stands_as_it_is_now_and_the_older_one_does_not(
    section: Any, who: Ministry
) -> None:
    case = find_wrong(who)
    correct_answer(case, by=who.publisher, note="Thời hạn nộp là 3 tháng.")
    answered = OutgoingMail.objects.get(template="answered")
    corrected = OutgoingMail.objects.get(template="corrected")
    page = AnswerPage.objects.get(pk=corrected.context["page"])
    AnswerPage.objects.filter(pk=page.pk).update(answer="Câu trả lời hiện hành, nguyên văn.")
    old = words_of(answered).body
    body = letter_of([answered, corrected]).body
    assert "Câu trả lời hiện hành, nguyên văn." in body
    assert "Câu trả lời đó nay đã được thay thế." in body
    assert case.answer.body.strip() in old
    assert case.answer.body.strip() not in body


def test_the_publisher_reads_that_mail_before_it_leaves(
    found_wrong: Case, who: Ministry, client_of: Any
) -> None:
    address = addresses.move_url(found_wrong.pk, Verb.CORRECT)
    client = client_of(who.publisher)
    page = client.post(address, {"note": "Thời hạn là 3 tháng.", "letter": "letter"}).content.decode()
    assert f"Hồ sơ {found_wrong.number}: câu trả lời công khai đã được đính chính" in page
    assert not OutgoingMail.objects.exists()
    assert Case.objects.get(pk=found_wrong.pk).status == Status.PUBLISHED
