"""A change of the holiday list reaches the open cases, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.cases import actions, deadline, tasks
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import Holiday
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case, make_many_cases

NOON = timezone.make_aware(datetime(2026, 6, 1, 12))
EXTRA_DAY = date(2026, 6, 3)


def recalculations(case: Case) -> int:
    return case.events.filter(verb=Verb.RECALCULATE).count()


@pytest.fixture
def cases(who: Ministry) -> tuple[Case, Case]:
    with clock.acting_at(NOON):
        return make_case(Status.PROCESSING, who), make_case(Status.ANSWERED, who)


def test_saving_and_deleting_a_holiday_moves_open_cases_only(
    cases: tuple[Case, Case], django_capture_on_commit_callbacks: Any
) -> None:
    running, closed = cases
    before, closed_before = running.due_on, closed.due_on
    with django_capture_on_commit_callbacks(execute=True):
        holiday = Holiday.objects.create(date=EXTRA_DAY, name="Nghỉ bù")
    running.refresh_from_db()
    closed.refresh_from_db()
    assert (running.due_on, closed.due_on) == (before + timedelta(days=1), closed_before)
    assert (recalculations(running), recalculations(closed)) == (1, 0)
    with django_capture_on_commit_callbacks(execute=True):
        holiday.save()
    assert recalculations(running) == 1
    with django_capture_on_commit_callbacks(execute=True):
        holiday.delete()
    running.refresh_from_db()
    assert running.due_on == before
    assert recalculations(running) == 2


def test_a_proposed_day_moves_nothing(
    cases: tuple[Case, Case], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Holiday.objects.create(date=EXTRA_DAY, name="Nghỉ bù", status="proposed")
    assert recalculations(cases[0]) == 0


def test_many_cases_are_left_to_the_worker(
    cases: tuple[Case, Case], django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "AT_ONCE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        Holiday.objects.create(date=EXTRA_DAY, name="Nghỉ bù")
    assert recalculations(cases[0]) == 0
    heard: list[tuple[int, int]] = []
    assert tasks.recalculate_open_cases(lambda done, total: heard.append((done, total))) == 1
    assert heard == [(1, 1)]


def test_looking_costs_the_same_for_many_cases(who: Ministry) -> None:
    with clock.acting_at(NOON):
        make_many_cases(1, unit=who.unit)
        tasks.recalculate_open_cases()
        with CaptureQueriesContext(connection) as few:
            assert tasks.recalculate_open_cases() == 0
        make_many_cases(29, unit=who.unit)
        due = deadline.due_on(Case.objects.first())  # type: ignore[arg-type]
        Case.objects.update(due_on=due)
        with CaptureQueriesContext(connection) as many:
            assert tasks.recalculate_open_cases() == 0
    assert len(many) == len(few)


def test_after_reopening_old_pauses_and_extensions_are_history(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case(Status.NEED_INFO, who)
    with clock.acting_at(NOON + timedelta(days=3)):
        supplement = add_supplement(case.submission, content="Tôi bổ sung.")
        actions.supplement_case(case, supplement=supplement)
        if case.status == Status.RECEIVED:
            routing.forward_case(case, to_unit=who.unit, by=who.intake)
        routing.assign_case(case, officer=who.officer, by=who.focal)
        routing.extend_deadline(case, by=who.head, note="Xác minh thêm, gọi 0912345678.")
        assert "Xác minh thêm" in deadline.explanation(case)
        assert "0912345678" not in deadline.explanation(case)
    assert len(deadline.pauses_of(case)) == 1
    later = (NOON + timedelta(days=30)).date()
    case.registered_on = later
    assert deadline.pauses_of(case) == []
    assert deadline.extensions_of(case) == []
