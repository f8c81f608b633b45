"""The word to a sender who waits: by the rule of the case, from the term without its extension."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case, Extension
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.routing import actions as routing
from pakn_portal.routing.guards import no_later_date
from pakn_portal.snippets.enums import Kind, Step
from pakn_portal.snippets.models import DeadlineRule
from tests.factories import Ministry, make_case, make_many_cases, make_ministry

#: A Monday: 20 calendar days end on Sunday 22/03, so on Monday 23/03.
RECEIVED = timezone.make_aware(datetime(2026, 3, 2, 9))
RULES = DeadlineRule.objects.filter(step=Step.PROGRESS_NOTICE)


@pytest.fixture
def who(db: None) -> Ministry:
    return make_ministry()


def case_of_march(who: Ministry, **values: Any) -> Case:
    with clock.acting_at(RECEIVED):
        case = make_case(Status.PROCESSING, who, **values)
    assert case.due_on == date(2026, 3, 23)
    return case


def told_until(last: date) -> list[date]:
    """The days up to `last` on which a sender was written to, with a sweep every morning from 02/03 on."""
    days = []
    for n in range((last - RECEIVED.date()).days + 1):
        with clock.acting_at(RECEIVED + timedelta(days=n)):
            before = OutgoingMail.objects.filter(template="progress").count()
            sweep_deadlines()
            if OutgoingMail.objects.filter(template="progress").count() > before:
                days.append(clock.today())
    return days


def test_an_extension_does_not_silence_the_ministry(who: Ministry) -> None:
    """Every 7 days from 23/03, through the extension to 06/04 and past it. The 27th of April is a day off
    (Hùng Kings on a Sunday), which moves no later notice.
    """
    case = case_of_march(who)
    with clock.acting_at(RECEIVED + timedelta(days=18)):
        routing.extend_deadline(case, by=who.head, note="Phức tạp.")
    assert case.due_on == date(2026, 4, 6)
    assert told_until(date(2026, 5, 5)) == [
        date(2026, 3, 30),
        date(2026, 4, 6),
        date(2026, 4, 13),
        date(2026, 4, 20),
        date(2026, 4, 28),
        date(2026, 5, 4),
    ]


def test_what_is_told_while_the_extended_term_runs(who: Ministry) -> None:
    case = case_of_march(who)
    with clock.acting_at(RECEIVED + timedelta(days=18)):
        routing.extend_deadline(case, by=who.head, note="Phức tạp.")
    RULES.update(amount=6)  # Sunday 29/03, so Monday 30/03
    with clock.acting_at(RECEIVED + timedelta(days=28)):
        sweep_deadlines()
        send_due_mails()
    (message,) = [m for m in outbox.outbox if "chưa xử lý xong" in m.subject]
    assert "đến nay chưa xong. Bộ vẫn đang xử lý. Việc này cần thêm thời gian, đến thứ Hai 06/04/2026." in (
        " ".join(message.body.split())
    )
    assert "Bộ sẽ báo lại sau 6 ngày" in message.body


def test_an_interval_in_working_days_is_counted_in_working_days(who: Ministry) -> None:
    """5 working days after 23/04: 24/04, 28/04 (27/04 is off), 29/04, 04/05 (30/04 and 01/05), 05/05."""
    RULES.update(amount=5, unit="wd")
    case = case_of_march(who)
    Case.objects.filter(pk=case.pk).update(due_on=date(2026, 4, 23))
    assert told_until(date(2026, 5, 13)) == [date(2026, 5, 5), date(2026, 5, 12)]


def test_a_later_rule_is_for_later_cases(who: Ministry) -> None:
    case_of_march(who)
    old = RULES.get()
    RULES.update(valid_until=date(2026, 3, 31))
    old.pk, old.amount, old.valid_from, old.valid_until = None, 2, date(2026, 4, 1), None
    old.save()
    assert told_until(date(2026, 4, 10)) == [date(2026, 3, 30), date(2026, 4, 6)]


def test_a_rule_for_another_kind_is_not_taken(who: Ministry) -> None:
    case_of_march(who, kind=Kind.PETITION)
    RULES.update(kind=Kind.QUESTION)
    assert told_until(date(2026, 4, 10)) == []


def test_without_a_rule_there_is_no_notice_and_none_is_promised(who: Ministry) -> None:
    case = case_of_march(who)
    RULES.update(amount=9)
    with clock.acting_at(RECEIVED + timedelta(days=30)):
        assert "Cứ sau 9 ngày" in no_later_date(case, who.head)
        RULES.delete()
        assert "báo tình hình" not in no_later_date(case, who.head)
    assert told_until(date(2026, 4, 10)) == []


def test_notices_cost_the_same_for_one_and_for_thirty(who: Ministry) -> None:
    counts = []
    for more in (1, 29):
        with clock.acting_at(RECEIVED):
            cases = make_many_cases(more, unit=who.unit, officer=who.officer)
        Extension.objects.bulk_create(
            Extension(case=case, amount=2, unit="wd", reason="Phức tạp.", granted_on=RECEIVED.date())
            for case in cases
        )
        DeadlineNotice.objects.all().delete()
        with clock.acting_at(RECEIVED + timedelta(days=60)), CaptureQueriesContext(connection) as queries:
            sweep_deadlines()
        counts.append(len(queries))
    assert DeadlineNotice.objects.filter(kind="progress").count() == 30
    assert counts[0] == counts[1]
