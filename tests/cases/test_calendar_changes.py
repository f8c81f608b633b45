"""A change of the holiday list reaches the open cases, once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions, due_dates, tasks
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.history import history
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import scope_of
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


def test_the_terms_of_intake_and_of_the_sender_move_too(who: Ministry) -> None:
    with clock.acting_at(NOON):
        new, waiting = make_case(Status.SUBMITTED, who), make_case(Status.NEED_INFO, who)
    with clock.acting_at(NOON + timedelta(days=1)):
        actions.hold_case(waiting, by=who.intake)
        actions.release_hold(waiting, by=who.inspector, note="Không có bí mật.")
    assert (new.intake_due_on, waiting.supplement_due_on) == (date(2026, 6, 3), date(2026, 6, 16))
    holiday = Holiday.objects.create(date=EXTRA_DAY, name="Nghỉ bù")
    assert tasks.recalculate_open_cases() == 2
    new.refresh_from_db()
    waiting.refresh_from_db()
    assert (new.intake_due_on, waiting.supplement_due_on) == (date(2026, 6, 4), date(2026, 6, 17))
    assert waiting.due_on is None
    data = waiting.events.get(verb=Verb.RECALCULATE).data
    assert data == {"supplement_due_on_before": "2026-06-16", "supplement_due_on": "2026-06-17"}
    scope = scope_of(who.intake)
    with override("en"):
        assert history(new, scope)[-1].sentence.endswith("so it is to be received by 04/06/2026")
        assert history(waiting, scope)[-1].sentence.endswith("so the sender has until 17/06/2026")
    holiday.delete()
    with clock.acting_at(NOON + timedelta(days=3)):
        actions.receive_case(new, by=who.intake)
    assert tasks.recalculate_open_cases() == 2  # both move back
    new.refresh_from_db()
    assert new.intake_due_on == date(2026, 6, 4)  # received: how long that took is history


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
        due = due_dates.due_on(Case.objects.first())  # type: ignore[arg-type]
        Case.objects.update(due_on=due)
        Case.objects.filter(pk__in=[case.pk for case in Case.objects.order_by("pk")[:15]]).update(
            status=Status.NEED_INFO, due_on=None
        )
        tasks.recalculate_open_cases()
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
        assert "Xác minh thêm" in due_dates.explanation(case)
        assert "0912345678" not in due_dates.explanation(case)
    assert len(due_dates.pauses_of(case)) == 1
    with clock.acting_at(NOON + timedelta(days=30)):
        answers.draft_answer(case, body="Trả lời.", by=who.officer)
        answers.submit_answer(case, by=who.officer)
        answers.approve_answer(case, by=who.head)
        actions.reopen_case(case, by=who.intake, note="Chưa đúng.")
    assert due_dates.pauses_of(case) == []
    assert due_dates.extensions_of(case) == []
