from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.notifications.petition.sweeps import Warnings, sweep_deadlines
from tests.factories import Ministry, make_case, make_many_cases, make_ministry

MONDAY = timezone.make_aware(datetime(2026, 6, 1, 9))


@pytest.fixture
def who(db: None) -> Ministry:
    return make_ministry()


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.acting_at(MONDAY):
        yield


def due(case: Case, on: date | None) -> Case:
    Case.objects.filter(pk=case.pk).update(due_on=on, intake_due_on=None)
    OutgoingMail.objects.all().delete()
    return case


def notices() -> list[tuple[str, date]]:
    return sorted(DeadlineNotice.objects.values_list("kind", "due_on"))


def told(template: str = "deadline_digest") -> dict[str, list[dict[str, str]]]:
    mails = OutgoingMail.objects.filter(template=template).select_related("to_user")
    return {mail.to_user.username: mail.context["cases"] for mail in mails if mail.to_user}


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 5, 29), "overdue"),
        (date(2026, 6, 1), "due_today"),
        (date(2026, 6, 2), "due_soon"),
        (date(2026, 6, 3), "due_soon"),
        (date(2026, 6, 4), None),
    ],
)
def test_each_kind_of_warning(who: Ministry, on: date, kind: str | None) -> None:
    due(make_case(Status.PROCESSING, who), on)
    sweep_deadlines()
    assert notices() == ([(kind, on)] if kind else [])


def test_soon_is_counted_in_working_days(who: Ministry) -> None:
    due(make_case(Status.PROCESSING, who), date(2026, 6, 8))
    with clock.acting_at(MONDAY + timedelta(days=3)):  # Thursday: Friday and Monday
        sweep_deadlines()
    assert notices() == [("due_soon", date(2026, 6, 8))]


def test_who_is_warned(who: Ministry) -> None:
    case = due(make_case(Status.PROCESSING, who), date(2026, 6, 2))
    sweep_deadlines()
    assert set(told()) == {"chuyenvien", "daumoi"}
    due(case, date(2026, 5, 28))
    sweep_deadlines()
    assert set(told()) == {"chuyenvien", "daumoi", "lanhdaodonvi"}
    assert told()["daumoi"] == [{"number": case.number, "kind": "overdue", "due_on": "2026-05-28"}]


def test_the_office_is_warned_while_no_unit_has_it(who: Ministry) -> None:
    case = due(make_case(Status.SUBMITTED, who), date(2026, 6, 20))
    Case.objects.filter(pk=case.pk).update(intake_due_on=date(2026, 5, 29))
    sweep_deadlines()
    assert told() == {"vanphong": [{"number": case.number, "kind": "intake_overdue", "due_on": "2026-05-29"}]}


def test_one_mail_to_each_person_whatever_the_number(who: Ministry) -> None:
    for on in (date(2026, 5, 28), date(2026, 6, 1), date(2026, 6, 2)):
        due(make_case(Status.PROCESSING, who), on)
    assert sweep_deadlines() == Warnings(notices=3, mails=3)
    assert [row["kind"] for row in told()["chuyenvien"]] == ["overdue", "due_today", "due_soon"]
    send_due_mails()
    (message,) = [message for message in outbox.outbox if message.to == ["chuyenvien@bo.example"]]
    assert "Quá hạn" in message.body
    assert "28/05/2026" in message.body


def test_a_second_sweep_gives_nothing_new(who: Ministry) -> None:
    due(make_case(Status.PROCESSING, who), date(2026, 5, 20))
    assert sweep_deadlines().notices == 2  # overdue, and the first weekly word to the sender
    assert sweep_deadlines() == Warnings()


def test_three_days_without_a_sweep_give_each_warning_once(who: Ministry) -> None:
    """F24."""
    due(make_case(Status.PROCESSING, who), date(2026, 6, 3))
    with clock.acting_at(MONDAY + timedelta(days=4)):
        assert sweep_deadlines().notices == 1
        assert sweep_deadlines().notices == 0
    assert notices() == [("overdue", date(2026, 6, 3))]


def test_a_new_due_date_is_warned_of_anew(who: Ministry) -> None:
    case = due(make_case(Status.PROCESSING, who), date(2026, 6, 2))
    sweep_deadlines()
    due(case, date(2026, 6, 3))
    assert sweep_deadlines().notices == 1


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.REJECTED, Status.NEED_INFO])
def test_what_is_closed_or_paused_is_not_warned_of(who: Ministry, status: Status) -> None:
    case = make_case(status, who)
    if status == Status.NEED_INFO:
        assert case.due_on is None
    else:
        due(case, date(2026, 5, 1))
    assert sweep_deadlines().notices == 0


def test_sealed_cases_are_kept_from_the_staff(who: Ministry) -> None:
    due(make_case(Status.SECRET_HOLD, who), date(2026, 5, 29))
    assert sweep_deadlines() == Warnings()


def test_the_sender_hears_every_week_that_the_answer_is_late(who: Ministry) -> None:
    """Decision 574/QĐ-TTg of 2017."""
    due(make_case(Status.PROCESSING, who), date(2026, 6, 1))
    given = []
    for day in range(1, 23):
        with clock.acting_at(MONDAY + timedelta(days=day)):
            sweep_deadlines()
            given.append(OutgoingMail.objects.filter(template="progress").count())
    assert [day for day, (a, b) in enumerate(zip([0, *given], given, strict=False), start=1) if b > a] == [
        7,
        14,
        21,
    ]
    outbox.outbox.clear()
    with clock.acting_at(MONDAY + timedelta(days=23)):
        send_due_mails()
    assert [message.to for message in outbox.outbox if "chưa xử lý xong" in message.subject] == [
        ["thucuc.nguyen@example.vn"]
    ] * 3


def test_the_sweep_costs_the_same_for_one_and_for_thirty(who: Ministry) -> None:
    counts = []
    for number in (1, 30):
        make_many_cases(number, unit=who.unit, officer=who.officer)
        Case.objects.update(due_on=date(2026, 6, 2))
        with CaptureQueriesContext(connection) as queries:
            assert sweep_deadlines().notices == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_give_each_warning_once() -> None:
    """F25."""
    who = make_ministry()
    make_many_cases(20, unit=who.unit, officer=who.officer)
    Case.objects.update(due_on=date(2026, 6, 2))

    def sweep(number: int) -> Any:
        try:
            with clock.acting_at(MONDAY):
                return sweep_deadlines().notices
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(sweep, range(2))) == [0, 20]
    assert OutgoingMail.objects.filter(template="deadline_digest").count() == 2
