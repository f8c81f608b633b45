"""What whoever keeps sealed cases does with a complaint or a denunciation: guide, hand over, settle."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import broken_lines
from pakn_portal.cases.tasks import recalculate_open_cases
from pakn_portal.deadlines.count import Term, compute_deadline
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.management.verify.progress import silent
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.people.scope import scope_of
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import Agency, DeadlineRule, Holiday
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.home import sections_of
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.submissions import secrets
from tests.factories import Ministry, make_case
from tests.pages.test_tracking import open_case
from tests.staff.conftest import As
from tests.staff.test_home import figures
from tests.staff.test_moves import press

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

NOON = timezone.make_aware(datetime(2026, 6, 1, 12))  # a Monday
ACTS = (Verb.GUIDE_AGAIN, Verb.HAND_OVER, Verb.SETTLE, Verb.TAKE_UP_AGAIN)


@pytest.fixture(params=[Status.COMPLAINT, Status.DENUNCIATION])
def case(request: Any, ministry: Ministry) -> Case:
    with clock.acting_at(NOON):
        return make_case(request.param, ministry)


@pytest.fixture
def keeper(ministry: Ministry, as_user: As) -> Client:
    return as_user(ministry.inspector)


def paper(**values: Any) -> dict[str, Any]:
    agency = Agency.objects.order_by("pk")[0]
    return {"agency": agency.pk, "paper_number": "12/BNV-TTr", "paper_dated_on": "03/06/2026", **values}


def by_law(case: Case) -> date | None:
    """Ten days of the calendar, to a working day; five working days."""
    is_complaint = case.status == Status.COMPLAINT
    term = Term(10, "cd") if is_complaint else Term(5, "wd")
    return compute_deadline(term, case.registered_on, calendar=current_calendar()).due_on


def mine(ministry: Ministry) -> list[Case]:
    return list(worklists.cases_in(scope_of(ministry.inspector), worklists.MINE))


def offences() -> list[str]:
    """Of a case that came months ago: that its mails wait for longer than a day is none."""
    rules = [rule for rule in INVARIANTS if rule.code != "I10"]
    return [f"{rule.code}: {sentence}" for rule in rules for sentence in rule.find(silent)]


def test_the_sender_is_guided_again_and_the_mail_tells_nothing_of_it(
    case: Case, keeper: Client, ministry: Ministry
) -> None:
    before = case.version
    words = "Xin gửi đơn đến Ban Tiếp công dân tỉnh."
    url = addresses.move_url(case.pk, Verb.GUIDE_AGAIN)
    looked = keeper.post(url, {"version": before, "note": words, "letter": "letter"}).content.decode()
    letter = looked[looked.index("data-pakn-letter") :]
    letter = letter[: letter.index("</section>")]
    assert words in letter and case.submission.title not in letter
    done = press(keeper, case, Verb.GUIDE_AGAIN, note=words, inner_note="Đã gọi ban tiếp dân.")
    assert done.status_code == 302
    OutgoingMail.objects.exclude(template="guided_again").delete()
    send_due_mails()
    (sent,) = django_mail.outbox
    assert words in sent.body and "ban tiếp dân." not in sent.body
    for secret in (case.submission.title, case.submission.content, "tố cáo", "khiếu nại"):
        assert secret not in f"{sent.subject}{sent.body}"
    case.refresh_from_db()
    assert case.status in (Status.COMPLAINT, Status.DENUNCIATION)
    assert case in mine(ministry)


def test_the_mail_that_seals_it_tells_nothing_of_it_either(case: Case) -> None:
    send_due_mails()
    assert [sent for sent in django_mail.outbox if case.submission.title in sent.body] == []
    assert len(django_mail.outbox) >= 1


@pytest.mark.usefixtures("section")
def test_the_sender_reads_it_where_they_follow_their_case(case: Case, client: Client, keeper: Client) -> None:
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    press(keeper, case, Verb.GUIDE_AGAIN, note="Xin gửi đơn đến Ban Tiếp công dân tỉnh.", inner_note="Riêng.")
    press(keeper, case, Verb.HAND_OVER, **paper(note="Kèm bản chính."))
    press(keeper, case, Verb.SETTLE, settled_as="handed_over", note="Xong.")
    page = open_case(client, case, "ABC")
    shown = page.content.decode()
    assert "Xin gửi đơn đến Ban Tiếp công dân tỉnh." in shown
    for inner in ("Riêng.", "Kèm bản chính.", "12/BNV-TTr", "Xong."):
        assert inner not in shown
    assert page.context["status"] == "Đã hướng dẫn"


def test_their_first_page_says_by_when_and_awaits_no_publication(case: Case, keeper: Client) -> None:
    html = keeper.get(reverse("wagtailadmin_home")).content.decode()
    row = html[html.index('<ol class="pakn-day">') :].split("</ol>")[0]
    assert case.number in row and "quá hạn" in row
    assert "chờ công khai" not in row


def test_whoever_sees_all_too_has_the_order_that_the_index_has(case: Case, admin_client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        listed = admin_client.get(addresses.list_url(scope=worklists.ALL)).content.decode()
    assert case.number in listed
    assert [query["sql"] for query in queries if "ORDER BY CASE" in query["sql"]] == []


def test_the_day_names_the_law_that_sets_it_and_no_other(case: Case, keeper: Client) -> None:
    rule = DeadlineRule.objects.get(step="hand_over", procedure=case.status)
    Case.objects.filter(pk=case.pk).update(legal_basis="Luật về hạn trả lời")
    page = keeper.get(addresses.case_url(case.pk)).content.decode()
    assert rule.legal_basis in page and str(rule.doubt) in page
    assert "Luật về hạn trả lời" not in page
    press(keeper, case, Verb.HAND_OVER, **paper())
    assert rule.legal_basis not in keeper.get(addresses.case_url(case.pk)).content.decode()


def test_what_is_not_chosen_yet_says_so_in_words(case: Case, keeper: Client) -> None:
    form = keeper.get(addresses.move_url(case.pk, Verb.HAND_OVER)).content.decode()
    assert form.count('<option value="" selected>Chọn…</option>') == 2
    assert "---------" not in form


def test_it_is_handed_over_and_corrected_and_both_are_kept(
    case: Case, keeper: Client, ministry: Ministry
) -> None:
    mails = OutgoingMail.objects.count()
    assert press(keeper, case, Verb.HAND_OVER, **paper()).status_code == 302
    corrected = paper(agency="", unit=ministry.other_unit.pk, paper_number="13/BNV-TTr")
    assert press(keeper, case, Verb.HAND_OVER, **corrected).status_code == 302
    lines = case.events.filter(verb=Verb.HAND_OVER).order_by("sequence")
    assert [line.data["paper_number"] for line in lines] == ["12/BNV-TTr", "13/BNV-TTr"]
    assert [line.unit for line in lines] == [None, ministry.other_unit]
    page = keeper.get(addresses.case_url(case.pk)).content.decode()
    assert "theo văn bản số 12/BNV-TTr ngày 03/06/2026" in page
    assert f"ghi lại việc chuyển: đến {ministry.other_unit} theo văn bản số 13/BNV-TTr" in page
    case.refresh_from_db()
    assert (str(case.handed_over_on), case.hand_over_due_on) == ("2026-06-03", None)
    # another receiver is told, a corrected number is not
    assert OutgoingMail.objects.count() == mails + 2
    renumbered = {**corrected, "paper_number": "14/BNV-TTr"}
    assert press(keeper, case, Verb.HAND_OVER, **renumbered).status_code == 302
    assert OutgoingMail.objects.count() == mails + 2
    assert (list(broken_lines(case)), offences()) == ([], [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agency": ""}, "agency"),
        ({"unit": "other"}, "agency"),
        ({"paper_number": "Gửi ông Nguyễn Văn A"}, "paper_number"),
        ({"paper_number": ""}, "paper_number"),
        ({"paper_number": "12"}, "paper_number"),
        ({"paper_dated_on": "01/05/2026"}, "paper_dated_on"),
        ({"paper_dated_on": "01/05/2046"}, "paper_dated_on"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_with_what_was_typed(
    case: Case, keeper: Client, ministry: Ministry, wrong: dict[str, str], field: str
) -> None:
    other = {"unit": ministry.other_unit.pk} if "unit" in wrong else {}
    values = paper(**{**wrong, **other})
    answer = press(keeper, case, Verb.HAND_OVER, **values, note="Kèm bản chính.")
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert "Kèm bản chính." in answer.content.decode()
    assert not case.events.filter(verb=Verb.HAND_OVER).exists()


def test_a_settled_one_waits_for_nobody_until_it_is_taken_up_again(
    case: Case, keeper: Client, ministry: Ministry
) -> None:
    assert mine(ministry) == [case]
    refused = press(keeper, case, Verb.SETTLE, settled_as="handed_over")
    assert "settled_as" in refused.context["form"].errors
    assert press(keeper, case, Verb.SETTLE, note="Trùng đơn.").context["form"].errors
    assert press(keeper, case, Verb.SETTLE, settled_as="not_eligible", note="Trùng đơn.").status_code == 302
    assert mine(ministry) == []
    page = keeper.get(addresses.case_url(case.pk))
    assert [button.verb for button in page.context["buttons"].all] == [Verb.TAKE_UP_AGAIN, Verb.NOTE]
    assert "không đủ điều kiện thụ lý" in page.content.decode()
    for verb, data in {
        Verb.GUIDE_AGAIN: {"note": "Xin gửi nơi khác."},
        Verb.HAND_OVER: paper(),
        Verb.SETTLE: {"settled_as": "guided"},
    }.items():
        # the button is gone, and a forged POST changes nothing
        assert press(keeper, case, verb, **data).status_code in (302, 409)
    assert case.events.exclude(verb=Verb.NOTE).order_by("sequence").last().verb == Verb.SETTLE
    assert press(keeper, case, Verb.TAKE_UP_AGAIN).context["form"].errors
    assert press(keeper, case, Verb.TAKE_UP_AGAIN, note="Có tình tiết mới.").status_code == 302
    assert mine(ministry) == [case]
    case.refresh_from_db()
    assert (case.settled_as, case.hand_over_due_on is None) == ("", False)
    assert (list(broken_lines(case)), offences()) == ([], [])


def test_it_is_due_by_the_rule_and_follows_the_calendar(case: Case, keeper: Client) -> None:
    day = case.hand_over_due_on
    assert day == by_law(case)
    with clock.acting_at(NOON + timedelta(days=2)):
        page = keeper.get(addresses.case_url(case.pk)).content.decode()
        assert "Đến ngày này hồ sơ phải được chuyển cho nơi có thẩm quyền." in page
        Holiday.objects.create(date=day, name="Nghỉ bù")
        recalculate_open_cases()
        case.refresh_from_db()
        assert case.hand_over_due_on == by_law(case)
        assert "hạn chuyển là" in keeper.get(addresses.case_url(case.pk)).content.decode()
        press(keeper, case, Verb.HAND_OVER, **paper())
        assert recalculate_open_cases() == 0


def test_without_a_rule_there_is_no_date(ministry: Ministry, keeper: Client) -> None:
    DeadlineRule.objects.filter(step="hand_over").delete()
    case = make_case(Status.COMPLAINT, ministry)
    assert case.hand_over_due_on is None
    assert "chờ kết quả" in keeper.get(addresses.list_url(scope=worklists.MINE)).content.decode()


def test_what_is_due_first_stands_first(ministry: Ministry, keeper: Client) -> None:
    with clock.acting_at(NOON):
        late = make_case(Status.DENUNCIATION, ministry)
    with clock.acting_at(NOON + timedelta(days=7)):
        later, over = make_case(Status.COMPLAINT, ministry), make_case(Status.COMPLAINT, ministry)
        locked = make_case(Status.SECRET_HOLD, ministry)
        press(keeper, over, Verb.HAND_OVER, **paper(paper_dated_on="08/06/2026"))
        page = keeper.get(addresses.list_url(scope=worklists.MINE))
        assert [row.case for row in page.context["rows"]] == [late, later, locked, over]
        assert figures(keeper.get("/admin/"))["mine"] == 4


def test_nobody_else_knows_of_it(case: Case, ministry: Ministry, as_user: As) -> None:
    for person in (ministry.intake, ministry.officer, ministry.head, ministry.leader, ministry.auditor):
        client = as_user(person)
        for verb in ACTS:
            url = addresses.move_url(case.pk, verb)
            assert client.get(url).status_code == 404, (person, verb)
            data = {"version": case.version, "note": "Thử.", "settled_as": "guided", **paper(note="Thử.")}
            assert client.post(url, data).status_code == 404, (person, verb)
    assert not case.events.filter(verb__in=ACTS).exists()


def test_a_case_that_is_not_sealed_has_none_of_these_acts(ministry: Ministry, keeper: Client) -> None:
    for status in (Status.PROCESSING, Status.SECRET_HOLD):
        found = make_case(status, ministry)
        for verb in ACTS:
            assert keeper.get(addresses.move_url(found.pk, verb)).status_code in (302, 404)


def test_the_page_of_a_locked_case_shows_why_before_what(ministry: Ministry, keeper: Client) -> None:
    found = make_case(Status.PROCESSING, ministry)
    actions.hold_case(found, by=ministry.officer, note="Có dấu MẬT ở trang 2.")
    page = keeper.get(addresses.case_url(found.pk))
    html = page.content.decode()
    assert html.index("Có dấu MẬT ở trang 2.") < html.index("<details") < html.index("Tôi nghỉ việc")
    assert "<details open" not in html
    # what to do with it is a decision, so nothing is preset
    assert page.context["buttons"].primary is None


def listed(client: Client, **query: Any) -> list[Case]:
    return [row.case for row in client.get(addresses.list_url(scope=worklists.ALL, **query)).context["rows"]]


def test_the_day_to_hand_it_over_counts_wherever_days_count(
    case: Case, as_user: As, ministry: Ministry
) -> None:
    """In the filters, in the figures of the first page that lead there, and in the mail of the morning."""
    day = case.hand_over_due_on
    OutgoingMail.objects.all().delete()
    for moved, due, figure, words in (
        (-1, "soon", "soon", "Sắp đến hạn chuyển giải quyết"),
        (0, "today", "soon", "Đến hạn chuyển giải quyết hôm nay"),
        (1, "overdue", "overdue", "Quá hạn chuyển giải quyết"),
    ):
        with clock.acting_at(timezone.make_aware(datetime.combine(day, time(9))) + timedelta(days=moved)):
            keeper = as_user(ministry.inspector)
            assert listed(keeper, due=due) == [case]
            counted = figures(keeper.get("/admin/"))
            assert counted[figure] == len(listed(keeper, due=figure)) == 1
            for _again in range(2):
                sweep_deadlines()
            django_mail.outbox.clear()
            send_due_mails()
            (sent,) = [mail for mail in django_mail.outbox if case.number in mail.body]
            assert sent.to == [ministry.inspector.email] and words in sent.body
            assert case.submission.title not in sent.body
    with clock.acting_at(timezone.make_aware(datetime.combine(day, time(9))) + timedelta(days=2)):
        keeper = as_user(ministry.inspector)
        press(keeper, case, Verb.HAND_OVER, **paper())
        assert listed(keeper, due="overdue") == []
        assert figures(keeper.get("/admin/"))["overdue"] == 0


def test_it_counts_for_nobody_else(case: Case, ministry: Ministry, as_user: As) -> None:
    OutgoingMail.objects.all().delete()
    with clock.acting_at(NOON + timedelta(days=60)):
        sweep_deadlines()
        for person in (ministry.intake, ministry.head, ministry.leader):
            client = as_user(person)
            assert listed(client, due="overdue") == []
            assert figures(client.get("/admin/"))["overdue"] == 0
        assert {mail.to_user for mail in OutgoingMail.objects.all()} == {ministry.inspector}


def test_the_board_of_a_unit_leads_its_keeper_to_what_it_counts(ministry: Ministry, as_user: As) -> None:
    """Whoever heads a unit and keeps sealed cases."""
    with clock.acting_at(NOON):
        case = make_case(Status.PROCESSING, ministry)
        actions.move_to_complaint(case, by=ministry.head)
    ministry.head.groups.add(*ministry.inspector.groups.all())
    with clock.acting_at(NOON + timedelta(days=60)):
        client = as_user(ministry.head)
        sections = sections_of(scope_of(get_user_model().objects.get(pk=ministry.head.pk)))
        (unit,) = [section for section in sections if section.name == "unit"]
        for number in unit.numbers:
            if "scope=unit" in number.url:
                assert number.count == len(client.get(number.url).context["rows"]), number.label
        assert next(number.count for number in unit.numbers if number.label == "quá hạn") == 1


def test_nobody_keeps_what_is_sealed(case: Case, ministry: Ministry) -> None:
    ministry.inspector.groups.clear()
    assert f"I6: {case.number} waits for a keeper of sealed cases, and nobody is there" in offences()


def test_what_is_handed_over_after_it_was_taken_up_again_corrects_nothing(case: Case, keeper: Client) -> None:
    press(keeper, case, Verb.HAND_OVER, **paper())
    press(keeper, case, Verb.SETTLE, settled_as="handed_over")
    press(keeper, case, Verb.TAKE_UP_AGAIN, note="Nơi nhận gửi trả.")
    press(keeper, case, Verb.HAND_OVER, **paper(paper_number="21/BNV-TTr"))
    page = keeper.get(addresses.case_url(case.pk)).content.decode()
    assert "theo văn bản số 21/BNV-TTr" in page and "ghi lại việc chuyển" not in page
    press(keeper, case, Verb.HAND_OVER, **paper(paper_number="22/BNV-TTr"))
    page = keeper.get(addresses.case_url(case.pk)).content.decode()
    told = re.findall(r"ghi lại việc chuyển[^<]*văn bản số (\d+)/", page)
    assert set(told) == {"22"}


@pytest.mark.usefixtures("section")
@pytest.mark.parametrize("status", [Status.ANSWERED, Status.PUBLISHED, Status.REJECTED, Status.DRAFT_REVIEW])
def test_a_denunciation_found_late_is_sealed_where_it_stands(
    status: Status, ministry: Ministry, as_user: As
) -> None:
    late = make_case(status, ministry)
    done = press(as_user(ministry.intake), late, Verb.MOVE_TO_DENUNCIATION)
    assert done.status_code == 302
    late.refresh_from_db()
    assert late.status == Status.DENUNCIATION
    text = getattr(late, "public_text", None)
    assert text is None or not text.page.live
    assert as_user(ministry.officer).get(addresses.case_url(late.pk)).status_code in (302, 403, 404)
    assert late in mine(ministry)
    assert (list(broken_lines(late)), offences()) == ([], [])


def test_whoever_finds_a_denunciation_reports_it_and_a_keeper_moves_it_on(
    ministry: Ministry, as_user: As
) -> None:
    found = make_case(Status.PROCESSING, ministry)
    officer, url = as_user(ministry.officer), addresses.case_url(found.pk)
    done = press(
        officer, found, Verb.HOLD, suspected="denunciation", note="Đơn nêu đích danh người bị tố cáo."
    )
    assert done.status_code == 302, done.context["form"].errors
    found.refresh_from_db()
    line = found.events.order_by("sequence").last()
    assert line is not None
    assert (found.status, line.data["suspected"]) == (Status.SECRET_HOLD, "denunciation")
    told = [str(mail.context) for mail in OutgoingMail.objects.all()]
    assert [words for words in told if "đích danh" in words] == []
    for other in (ministry.officer, ministry.head, ministry.intake, ministry.leader, ministry.auditor):
        assert as_user(other).get(url).status_code in (302, 403, 404)
    shown = as_user(ministry.inspector).get(url).content.decode()
    assert "nghi là tố cáo" in shown
    assert found in mine(ministry)
    # straight on, so that nobody sees it in between
    moved = press(as_user(ministry.inspector), found, Verb.MOVE_TO_DENUNCIATION)
    assert moved.status_code == 302, moved.context["form"].errors
    found.refresh_from_db()
    assert (found.status, found.pauses.filter(ended_on=None).exists()) == (Status.DENUNCIATION, False)
    assert offences() == []


def test_the_mail_of_a_case_that_was_sent_back_says_nothing_of_why(ministry: Ministry) -> None:
    sent_back, recalled = make_case(Status.PROCESSING, ministry), make_case(Status.PROCESSING, ministry)
    note = "Đây là đơn tố cáo ông Trần Văn Bảy, Giám đốc Sở."
    routing.send_back(sent_back, by=ministry.head, note=note)
    routing.recall_case(recalled, by=ministry.intake, note=note)
    OutgoingMail.objects.exclude(template__in=("case_sent_back", "case_recalled")).delete()
    send_due_mails()
    told = {sent.subject.split(":")[0]: sent.body for sent in django_mail.outbox}
    assert set(told) == {sent_back.number, recalled.number}
    assert [body for body in told.values() if "Bảy" in body] == []
    assert "tố cáo" not in told[sent_back.number]
