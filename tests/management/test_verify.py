"""Each invariant holds after the product's own verbs, and is found when it is broken behind their back."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.models import PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import AnswerMoved, Approved
from pakn_portal.cases.models import Case
from pakn_portal.flow.moving import append_event
from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.management.verify.progress import silent
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers.actions import publish_answer, request_publication
from pakn_portal.pages.models import AnswerPage
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.snippets.models import Unit
from pakn_portal.submissions.models import Submission
from tests.factories import Ministry, make_case, make_many_cases, make_ministry, make_submission

pytestmark = pytest.mark.exhaustive

CODES = [f"I{number}" for number in range(1, 21)]


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


def offences(code: str) -> list[str]:
    (invariant,) = [invariant for invariant in INVARIANTS if invariant.code == code]
    return list(invariant.find(silent))


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_all_are_there() -> None:
    assert [invariant.code for invariant in INVARIANTS] == CODES


@pytest.fixture
def every_status(who: Ministry) -> Ministry:
    for status in Status:
        make_case(status, who)
    return who


def test_everything_holds_after_the_products_own_verbs(every_status: Ministry) -> None:
    out = StringIO()
    call_command("pakn_verify", stdout=out)
    assert out.getvalue().splitlines()[-1] == f"{len(CODES)} invariants checked, 0 offences."
    assert [offences(code) for code in CODES] == [[]] * len(CODES)


def test_an_offence_ends_with_one_and_names_numbers_only(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    Case.objects.update(lead_unit=None)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("pakn_verify", stdout=out)
    assert ended.value.code == 1
    assert f"I6 broken: {case.number} is processing without a lead unit" in out.getvalue()
    assert case.submission.sender.full_name not in out.getvalue()


def test_only_what_is_asked_for(db: None) -> None:
    out = StringIO()
    call_command("pakn_verify", "--only", "I5", stdout=out)
    assert out.getvalue().splitlines()[-1] == "1 invariants checked, 0 offences."


def test_i1(who: Ministry) -> None:
    lost = make_submission()
    case = make_case(Status.SUBMITTED, who)
    OutgoingMail.objects.filter(case=case).delete()
    sql("DELETE FROM pakn_portal_caseevent WHERE case_id=%s", case.pk)
    assert offences("I1") == [
        f"submission {lost.pk} has no case",
        f"{case.number} has no first line in its register",
        f"{case.number} has no receipt mail",
    ]


def test_i3_in_notes_mails_and_pages(who: Ministry) -> None:
    case = make_case(Status.PUBLISHED, who)
    sql(
        "UPDATE pakn_portal_caseevent SET note='bà NGUYEN THI  THU CUC' WHERE case_id=%s AND sequence=2",
        case.pk,
    )
    mail = OutgoingMail.objects.filter(case=case).order_by("pk")[0]
    OutgoingMail.objects.filter(pk=mail.pk).update(context={"note": "gọi 0900.000.101"})
    page = AnswerPage.objects.get()
    AnswerPage.objects.update(answer="Gửi thucuc.nguyen@example.vn", seo_title="Bà Nguyễn Thị Thu Cúc")
    ArchiveEntry.objects.update(question="Số 18, tổ 4, phường Dĩ An")
    assert offences("I3") == [
        f"{case.number}: line 2 of the register",
        f"{case.number}: mail {mail.pk}",
        f"{case.number}: the answer of page {page.pk}",
        f"{case.number}: the trace or the address of page {page.pk}",
        f"{case.number}: index row page:{page.pk}",
    ]


def test_i3_lets_pass_what_an_editor_confirmed(who: Ministry) -> None:
    from pakn_portal.answers.finds import open_finds

    case = make_case(Status.ANSWERED, who)
    words = {"title": "Hỏi", "question": "Gọi số nào?", "answer": "Gọi tổng đài 0900 000 101."}
    text = prepare_public_text(case, **words, by=who.officer)
    marks = [mark.fingerprint for mark in open_finds(text)]
    prepare_public_text(case, **words, by=who.officer, confirmed=marks)
    request_publication(case, by=who.officer)
    publish_answer(case, by=who.publisher)
    assert offences("I3") == []


def test_i4(who: Ministry) -> None:
    changed, gone = make_case(Status.PUBLISHED, who), make_case(Status.PUBLISHED, who)
    page = AnswerPage.objects.get(public_text__case=changed)
    AnswerPage.objects.filter(pk=page.pk).update(answer="Khác")
    AnswerPage.objects.filter(public_text__case=gone).update(live=False)
    assert offences("I4") == [
        f"{changed.number}: page {page.pk} has other words",
        f"{gone.number} is published, but has no live page",
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE pakn_portal_caseevent SET note='x' WHERE sequence=2", "{}: line 2 was changed"),
        ("DELETE FROM pakn_portal_caseevent WHERE sequence=2", "{}: line 2 is missing"),
        (
            "UPDATE pakn_portal_caseevent SET previous_hash='x' WHERE sequence=2",
            "{}: line 2 does not follow the line before",
        ),
        (
            "UPDATE pakn_portal_case SET status='answered'",
            "{} is answered, but its register ends with routed",
        ),
    ],
)
def test_i5(who: Ministry, change: str, found: str) -> None:
    case = make_case(Status.ROUTED, who)
    sql(change)
    assert offences("I5") == [found.format(case.number)]


def test_i6_a_closed_unit(who: Ministry) -> None:
    case = make_case(Status.ROUTED, who)
    Unit.objects.filter(pk=who.unit.pk).update(is_active=False)
    assert offences("I6") == [f"{case.number} lies with a unit that is closed"]


def leave(*users: Any) -> None:
    for user in users:
        user.is_active = False
        user.save()


def test_i6_a_role_that_nobody_holds(who: Ministry) -> None:
    locked, new = make_case(Status.SECRET_HOLD, who), make_case(Status.SUBMITTED, who)
    received, returned = make_case(Status.RECEIVED, who), make_case(Status.RETURNED, who)
    assert offences("I6") == []
    leave(who.inspector, who.intake, who.leader)
    office = "waits for the Ministry Office, and nobody is there"
    assert offences("I6") == [
        *(f"{case.number} {office}" for case in (new, received, returned)),
        f"{locked.number} waits for a keeper of sealed cases, and nobody is there",
    ]
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pakn_verify", "--only", "I6", stdout=out)
    assert f"I6 broken: {new.number} {office}" in out.getvalue()


def test_i6_an_approval_that_nobody_can_give(who: Ministry) -> None:
    case = make_case(Status.DRAFT_REVIEW, who)
    leave(who.head)
    assert offences("I6") == []
    leave(who.leader)
    assert offences("I6") == [f"{case.number} waits for a head or a leader, and there is none"]


def test_i6_an_opinion_that_nobody_can_give(who: Ministry) -> None:
    case = make_case(Status.COORDINATING, who)
    leave(who.other_head)
    assert offences("I6") == []
    leave(who.other_officer)
    assert offences("I6") == [f"{case.number} waits for the opinion of a unit where nobody can act"]


def test_i6_a_publication_without_a_publisher(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=who.officer)
    leave(who.publisher, who.second_publisher)
    assert offences("I6") == []
    request_publication(case, by=who.officer)
    assert offences("I6") == [f"{case.number} waits for a publisher, and nobody is there"]


def test_i6_asks_no_more_of_many_cases(who: Ministry) -> None:
    statuses = (Status.SUBMITTED, Status.SECRET_HOLD, Status.COORDINATING, Status.DRAFT_REVIEW)
    for status in statuses:
        make_case(status, who)
    leave(who.inspector, who.intake, who.leader, who.head, who.other_head, who.other_officer)
    counts = []
    for number in (0, 20):
        make_many_cases(number)
        for status in statuses[1:]:
            make_many_cases(number, unit=who.unit, status=status)
        with CaptureQueriesContext(connection) as queries:
            assert len(offences("I6")) >= 4 + 2 * number
        counts.append(len(queries))
    assert counts[1] == counts[0]


def test_i7(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    closed = make_case(Status.REJECTED, who)
    assert case.due_on is not None
    Case.objects.filter(pk__in=[case.pk, closed.pk]).update(due_on=case.due_on + timedelta(days=1))
    assert len(offences("I7")) == 1
    assert offences("I7")[0].startswith(case.number)


def test_i8(who: Ministry) -> None:
    case = make_case(Status.PUBLISHED, who)
    Case.objects.filter(pk=case.pk).update(status=Status.SECRET_HOLD)
    page = AnswerPage.objects.get()
    assert offences("I8") == [
        f"{case.number} is sealed, but its page is live",
        f"a sealed case has the index row page:{page.pk}",
    ]


def test_i9(db: None) -> None:
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(Case)
    Permission.objects.create(content_type=kind, codename="delete_case", name="Delete")
    assert offences("I9") == ["there is a right delete_case"]


def test_i10(who: Ministry) -> None:
    make_case(Status.RECEIVED, who)
    first, second = OutgoingMail.objects.order_by("pk")
    OutgoingMail.objects.filter(pk=first.pk).update(state=MailState.SENT, sealed="x")
    OutgoingMail.objects.filter(pk=second.pk).update(due_at=clock.now() - timedelta(days=2))
    assert offences("I10") == [
        f"mail {first.pk} is marked sent without a time",
        f"mail {first.pk} is done with and still holds a sealed secret",
        f"mail {second.pk} has waited for more than a day; is a worker running?",
    ]


def test_i11(who: Ministry) -> None:
    from pakn_portal.submissions.storage import private_storage
    from tests.management.test_worker import upload

    attachment = upload("mat.txt")
    private_storage().delete(attachment.file.name)
    assert offences("I11") == [f"attachment {attachment.pk} of no case has no file"]


def test_i12(who: Ministry) -> None:
    kept, renamed = make_case(Status.SUBMITTED, who), make_case(Status.SUBMITTED, who)
    Case.objects.filter(pk=renamed.pk).update(number="PAKN-LẠ")
    assert kept.number.endswith("000001")
    assert offences("I12") == [f"{renamed.number} is missing", "1 cases have a number that was not given out"]


def test_i13(who: Ministry) -> None:
    kept, approved, released, again = (make_case(Status.PUBLISHED, who) for _each in range(4))
    line = "UPDATE pakn_portal_caseevent SET by_id=%s WHERE case_id=%s AND verb=%s"
    sql(line, who.officer.pk, approved.pk, Verb.APPROVE_ANSWER)
    sql(line, who.head.pk, released.pk, Verb.PUBLISH)
    actions.hold_case(again, by=who.publisher)
    actions.release_hold(again, by=who.inspector, note="Không có bí mật.")
    request_publication(again, by=who.second_publisher)
    publish_answer(again, by=who.second_publisher)
    assert kept.status == again.status == Status.PUBLISHED
    assert offences("I13") == [
        f"{approved.number}: line 7, who approved the answer had written it",
        f"{released.number}: line 10, who released the text had a hand in it",
    ]


def test_i13_of_a_secret_that_was_confirmed(who: Ministry) -> None:
    kept, alone = make_case(Status.ON_PAPER, who), make_case(Status.ON_PAPER, who)
    line = "UPDATE pakn_portal_caseevent SET by_id=%s WHERE case_id=%s AND verb=%s"
    sql(line, who.inspector.pk, alone.pk, Verb.HOLD)
    assert kept.status == Status.ON_PAPER
    number = alone.events.get(verb=Verb.CONFIRM_SECRET).sequence
    assert offences("I13") == [f"{alone.number}: line {number}, who confirmed the secret had locked the case"]


def test_i13_looks_at_everybody_who_saved_the_words(who: Ministry) -> None:
    case = make_case(Status.DRAFT_REVIEW, who)
    saved, approved = AnswerMoved(version=1), Approved(version=1)
    append_event(case, Verb.DRAFT_ANSWER, by=who.head, from_status=case.status, data=saved)
    append_event(case, Verb.DRAFT_ANSWER, by=who.officer, from_status=case.status, data=saved)
    append_event(case, Verb.APPROVE_ANSWER, by=who.head, from_status=case.status, data=approved)
    assert offences("I13") == [f"{case.number}: line 9, who approved the answer had written it"]


def test_the_cost_does_not_grow_with_the_rows(who: Ministry) -> None:
    counts = []
    for number in (1, 10):
        for _case in range(number):
            make_case(Status.PUBLISHED, who)
        with CaptureQueriesContext(connection) as queries:
            for code in CODES:
                assert offences(code) == []
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Submission.objects.count() == PublicText.objects.count() == 11


def test_i14(who: Ministry) -> None:
    """A ring, a chain, and a master that ended unheard; not one whose end the office was told."""
    from pakn_portal.cases.actions import mark_duplicate, withdraw_case

    one, two, first, second, last, lost, heard = (make_case(Status.RECEIVED, who) for _each in range(7))
    ended, known = make_case(Status.RECEIVED, who), make_case(Status.RECEIVED, who)
    mark_duplicate(lost, master=ended, by=who.intake)
    mark_duplicate(heard, master=known, by=who.intake)
    withdraw_case(known)
    assert offences("I14") == []
    withdraw_case(ended)
    OutgoingMail.objects.filter(template="duplicates_waiting", context__of=ended.number).delete()
    for case, master in ((one, two), (two, one), (first, second), (second, last)):
        Case.objects.filter(pk=case.pk).update(status=Status.DUPLICATE, master=master)
    assert offences("I14") == [
        f"{one.number} is joined to {two.number}, which is joined to {one.number} itself",
        f"{two.number} is joined to {one.number}, which is joined to {two.number} itself",
        f"{first.number} is joined to {second.number}, which is joined to {last.number} itself",
        f"{lost.number} is joined to {ended.number}, which is withdrawn, and nobody was told",
    ]


def test_i15_holds_whatever_the_zone_in_which_it_was_entered(who: Ministry) -> None:
    """Staff enter hours of Vietnam, and the database gives them back as those of Greenwich."""
    at = clock.now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    case = make_case(received_at=at)
    assert case.submission.received_at.utcoffset() == at.utcoffset()
    assert offences("I15") == []
    Submission.objects.update(received_at=at - timedelta(hours=1))
    assert len(offences("I15")) == 1
