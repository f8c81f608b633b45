"""A term that has run out: nothing gives it back, and nobody is told a date that is past."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail as outbox

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.history import history
from pakn_portal.cases.models import Case
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.pages.tracking import words as public_words
from pakn_portal.people.scope import scope_of
from pakn_portal.staff import addresses
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case
from tests.staff.test_moves import press

pytestmark = pytest.mark.django_db

SENT = datetime(2026, 9, 15, 9, tzinfo=clock.zone())  # a Tuesday


def due_at(case: Case, hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """That time on the last day of the case's term, or days after it."""
    assert case.due_on is not None
    return datetime.combine(case.due_on + timedelta(days), time(hour, minute), clock.zone())


@pytest.fixture
def case(ministry: Ministry) -> Case:
    with clock.acting_at(SENT):
        return make_case(Status.PROCESSING, ministry)


@pytest.mark.parametrize("days_late", [1, 3, 60])
def test_what_is_overdue_is_not_extended(
    case: Case, days_late: int, ministry: Ministry, as_user: Any
) -> None:
    """Neither to a day that is past, nor so that a case that is late looks early."""
    due_on = f"{case.due_on:%d/%m/%Y}"
    with clock.acting_at(due_at(case, 0, 1, days=days_late)):
        head = as_user(ministry.head)
        page = head.get(addresses.move_url(case.pk, Verb.EXTEND_DEADLINE))
        assert due_on in page.context["shut"]
        assert page.context["outlook"] == ""
        refused = press(head, case, Verb.EXTEND_DEADLINE, note="Cần thêm số liệu.")
        assert refused.status_code == 409
        assert due_on in refused.context["sentence"]
        send_due_mails()
    found = Case.objects.get(pk=case.pk)
    assert (found.status, found.due_on) == (Status.PROCESSING, case.due_on)
    assert not [message for message in outbox.outbox if "thêm thời gian" in message.subject]


def test_the_last_day_lasts_until_midnight(case: Case, ministry: Ministry, as_user: Any) -> None:
    with clock.acting_at(due_at(case, 23, 59)):
        press(as_user(ministry.head), case, Verb.EXTEND_DEADLINE, note="Cần thêm số liệu.")
    found = Case.objects.get(pk=case.pk)
    assert found.status == Status.EXTENDED
    assert found.due_on > case.due_on


def test_asking_the_sender_does_not_stop_what_has_run_out(
    case: Case, ministry: Ministry, as_user: Any
) -> None:
    due_on = f"{case.due_on:%d/%m/%Y}"
    with clock.acting_at(due_at(case, 9, days=3)):
        officer = as_user(ministry.officer)
        page = officer.get(addresses.move_url(case.pk, Verb.REQUEST_SUPPLEMENT))
        assert due_on in page.context["outlook"]
        press(officer, case, Verb.REQUEST_SUPPLEMENT, note="Xin ghi rõ nơi làm việc.")
        asked = Case.objects.get(pk=case.pk)
        assert "tạm dừng" not in public_words.due_sentence(asked)
        assert "tạm dừng" not in history(asked, scope_of(ministry.officer))[-1].sentence
        send_due_mails()
        assert "tạm dừng" not in outbox.outbox[-1].body
        assert "bổ sung chậm nhất" in outbox.outbox[-1].body
        supplement = add_supplement(asked.submission, content="Ở Hà Nội.")
        actions.supplement_case(asked, supplement=supplement)
        send_due_mails()
        assert "đã quá hạn" in outbox.outbox[-1].body


def test_a_pause_within_the_term_is_told_as_one(case: Case, ministry: Ministry, as_user: Any) -> None:
    with clock.acting_at(due_at(case, 9)):
        press(as_user(ministry.officer), case, Verb.REQUEST_SUPPLEMENT, note="Xin ghi rõ nơi làm việc.")
        send_due_mails()
    assert "tạm dừng" in outbox.outbox[-1].body


def test_no_mail_promises_a_day_that_is_past(ministry: Ministry, as_user: Any) -> None:
    """A letter entered late, or a mail that leaves late: the date is left out."""
    with clock.acting_at(SENT):
        case = make_case(Status.RECEIVED, ministry)
    day = f"{case.due_on:%d/%m/%Y}"
    with clock.acting_at(due_at(case, 23)):
        told = send_bodies(case)
        assert sum(day in body for body in told) == len(told) == 2
        outbox.outbox.clear()
    with clock.acting_at(SENT):
        late = make_case(Status.RECEIVED, ministry)
    with clock.acting_at(due_at(late, 9, days=1)):
        told = send_bodies(late)
        assert [day in body for body in told] == [False, False]


def send_bodies(case: Case) -> list[str]:
    send_due_mails()
    return [message.body for message in outbox.outbox if case.number in message.subject]


def test_an_extended_case_that_is_late_promises_no_more_time(ministry: Ministry) -> None:
    with clock.acting_at(SENT):
        case = make_case(Status.EXTENDED, ministry)
        assert f"{case.due_on:%d/%m/%Y}" in public_words.public_status(case)
    with clock.acting_at(due_at(case, 9, days=1)):
        assert f"{case.due_on:%d/%m/%Y}" not in public_words.public_status(case)
