"""The sender of a locked case learns nothing of the lock, and nothing they do is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from pakn_portal.cases import actions
from pakn_portal.cases.enums import OPEN, SEALED, Status, Verb
from pakn_portal.cases.history import history
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import broken_lines
from pakn_portal.flow.errors import IllegalMove
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.people.scope import scope_of
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case, make_ministry
from tests.pages.forms import TRACKING, hidden
from tests.pages.test_tracking import act, open_case
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive, pytest.mark.usefixtures("section", "quick")]

SEEN = ("status", "next", "due", "badge", "explanation", "may_withdraw", "is_asked", "answer", "public_url")
WORK = sorted(OPEN - SEALED)


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


def mine(status: str, ministry: Ministry) -> Case:
    case = make_case(status, ministry)
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    return case


def seen(response: Any) -> list[Any]:
    lines = [(line.at, line.sentence) for line in response.context["milestones"]]
    return [*(response.context[name] for name in SEEN), lines]


@pytest.mark.parametrize("status", WORK)
def test_the_page_says_what_it_said_before(client: Client, ministry: Ministry, status: Status) -> None:
    case = mine(status, ministry)
    before = open_case(client, case, "ABC")
    actions.hold_case(case, by=ministry.inspector)
    after = open_case(client, case, "ABC")
    assert seen(after) == seen(before)
    for button in ('value="withdraw"', 'value="supplement"', 'value="attach"'):
        assert (button in after.content.decode()) == (button in before.content.decode())


@pytest.mark.parametrize("status", WORK)
def test_to_withdraw_is_answered_alike(client: Client, ministry: Ministry, status: Status) -> None:
    open_one, locked = mine(status, ministry), mine(status, ministry)
    actions.hold_case(locked, by=ministry.inspector)
    answers = []
    for case in (open_one, locked):
        page = open_case(client, case, "ABC")
        answer = act(client, page, "withdraw", sure="1")
        again = act(client, page, "withdraw", sure="1")
        said, more = answer.context["said"], again.context["said"]
        lines = [line.sentence for line in answer.context["milestones"]]
        answers.append(
            (answer.status_code, said, more, answer.context["status"], answer.context["due"], lines)
        )
    assert answers[0] == answers[1]
    assert (Case.objects.get(pk=locked.pk).status) == Status.SECRET_HOLD


def test_it_is_written_down_and_counts_when_the_lock_is_lifted(client: Client, ministry: Ministry) -> None:
    case = mine(Status.PROCESSING, ministry)
    actions.hold_case(case, by=ministry.inspector)
    OutgoingMail.objects.all().delete()
    told = act(client, open_case(client, case, "ABC"), "withdraw", sure="1")
    case.refresh_from_db()
    note = case.events.order_by("sequence").last()
    assert note is not None
    assert (note.verb, note.by, note.data, note.to_status) == (
        Verb.NOTE,
        None,
        {"sender": "withdraw"},
        Status.SECRET_HOLD,
    )
    assert [mail.template for mail in OutgoingMail.objects.all()] == ["withdrawn"]
    actions.release_hold(case, by=ministry.inspector, note="Không có bí mật.")
    assert (case.status, case.is_open, case.closed_on is not None) == (Status.WITHDRAWN, False, True)
    assert list(broken_lines(case)) == []
    after = open_case(client, case, "ABC")
    assert seen(after) == seen(told)
    assert [line.sentence for line in after.context["milestones"]].count("Ông/bà đã rút hồ sơ.") == 1


def test_what_was_asked_can_be_added(client: Client, ministry: Ministry) -> None:
    case = mine(Status.NEED_INFO, ministry)
    actions.hold_case(case, by=ministry.inspector)
    page = open_case(client, case, "ABC")
    key = hidden(page.content.decode(), "form_key")
    OutgoingMail.objects.all().delete()
    for _twice in range(2):
        done = act(client, page, "supplement", form_key=key, content="Tháng 3.", attachments=[pdf()])
        assert (done.status_code, bool(done.context["said"].good)) == (200, True)
    case.refresh_from_db()
    supplement = case.submission.supplements.get()
    assert (supplement.content, supplement.attachments.count()) == ("Tháng 3.", 1)
    assert (case.status, done.context["is_asked"]) == (Status.SECRET_HOLD, False)
    assert OutgoingMail.objects.count() == 0
    actions.release_hold(case, by=ministry.inspector, note="Không có bí mật.")
    assert (case.status, case.supplement_due_on) == (Status.RECEIVED, None)
    assert not case.pauses.filter(ended_on=None).exists()
    assert list(broken_lines(case)) == []


def test_the_staff_who_may_see_it_read_what_the_sender_did(client: Client, ministry: Ministry) -> None:
    case = mine(Status.NEED_INFO, ministry)
    actions.hold_case(case, by=ministry.inspector)
    actions.supplement_case(case, supplement=add_supplement(case.submission, content="Tháng 3."))
    actions.withdraw_case(case)
    with translation.override("en"):
        told = [line.sentence for line in history(case, scope_of(ministry.inspector))][-2:]
    assert told == [
        "The sender supplied more, not knowing of the lock",
        "The sender withdrew it, not knowing of the lock",
    ]


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.REJECTED, Status.NOTED])
def test_a_case_that_was_closed_before_can_be_neither_withdrawn_nor_added_to(
    ministry: Ministry, status: Status
) -> None:
    case = make_case(status, ministry)
    actions.hold_case(case, by=ministry.inspector)
    for press in (
        actions.withdraw_case,
        lambda case: actions.supplement_case(
            case, supplement=add_supplement(case.submission, content="Thêm.")
        ),
    ):
        with pytest.raises(IllegalMove):
            press(case)


def test_a_lock_that_falls_while_the_sender_writes_is_not_told(client: Client, ministry: Ministry) -> None:
    for verb, data in {
        "withdraw": {"sure": "1"},
        "supplement": {"content": "Tháng 3."},
    }.items():
        case = mine(Status.NEED_INFO, ministry)
        page = open_case(client, case, "ABC")
        key = hidden(page.content.decode(), "form_key")
        actions.hold_case(case, by=ministry.intake)
        answer = act(client, page, verb, form_key=key, **data)
        assert answer.status_code == 200
        assert ministry.intake.first_name not in answer.content.decode()


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED}))
def test_a_refusal_names_neither_people_nor_locks(client: Client, ministry: Ministry, status: Status) -> None:
    case = mine(status, ministry)
    grant = open_case(client, case, "ABC").context["grant"]
    for action in ("withdraw", "supplement", "attach"):
        answer = client.post(
            TRACKING, {"grant": grant, "action": action, "sure": "1", "content": "", "form_key": "x"}
        )
        html = answer.content.decode()
        for person in (ministry.officer, ministry.head, ministry.intake, ministry.inspector):
            assert person.first_name not in html
        assert str(Status.SECRET_HOLD.label) not in html
