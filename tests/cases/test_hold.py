"""The lock: from wherever a case stands, and back to there; its clock is neither restarted nor lost."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions, due_dates, tasks
from pakn_portal.cases.enums import OPEN, SEALED, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import broken_lines
from pakn_portal.cases.tasks import close_unanswered_cases, recalculate_open_cases
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.flow.errors import IllegalMove, NotAllowed
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import Holiday
from pakn_portal.staff import addresses
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case

NOON = timezone.make_aware(datetime(2026, 6, 1, 12))  # a Monday
CLOSED = sorted(set(Status) - OPEN - SEALED - {Status.PUBLISHED})


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_case_stays_closed_through_the_lock(who: Ministry, status: Status) -> None:
    with clock.acting_at(NOON):
        case = make_case(status, who)
    before = (case.due_on, case.closed_on, case.registered_on)
    holder = who.publisher if status == Status.ANSWERED else who.intake
    with clock.acting_at(NOON + timedelta(days=40)):
        actions.hold_case(case, by=holder, note="Có dấu MẬT.")
        assert (case.status, case.is_open) == (Status.SECRET_HOLD, False)
        assert not Case.objects.visible_to(holder).filter(pk=case.pk).exists()
        Holiday.objects.create(date=date(2026, 6, 3), name="Nghỉ bù")
        recalculate_open_cases()
        sweep_deadlines()
        assert not DeadlineNotice.objects.filter(case=case).exists()
        actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    assert not case.events.filter(verb=Verb.RECALCULATE).exists()
    assert (case.status, case.due_on, case.closed_on, case.registered_on) == (status, *before)
    assert case.due_on is not None


@pytest.mark.parametrize("status", sorted(OPEN - SEALED))
def test_an_open_case_goes_on_where_it_was(who: Ministry, status: Status) -> None:
    """Nobody may work meanwhile, so these days are not counted; the other days of the term are left."""
    with clock.acting_at(NOON):
        case = make_case(status, who)
        before = case.due_on
        actions.hold_case(case, by=who.leader)
        assert (case.is_open, case.due_on) == (True, None)
    with clock.acting_at(NOON + timedelta(days=3)):
        assert recalculate_open_cases() == 0
        actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    if before is not None:
        # from a Monday to a Thursday; the day of receipt itself never counts
        before = current_calendar().add_working_days(before, 3)
    assert (case.status, case.due_on, case.closed_on) == (status, before, None)
    assert case.due_on == due_dates.due_on(case)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a table of SQLite")
@pytest.mark.parametrize("status", [Status.PROCESSING, Status.PUBLISHED])
def test_the_search_is_made_to_forget_where_a_text_was_made_for_the_site(
    who: Ministry, section: Any, status: Status
) -> None:
    case = make_case(status, who)
    with CaptureQueriesContext(connection) as queries:
        actions.hold_case(case, by=who.publisher if status == Status.PUBLISHED else who.leader)
    merged = [query for query in queries if "'optimize'" in query["sql"]]
    assert bool(merged) == (status == Status.PUBLISHED)


def locked_before_a_lock_stopped_the_clock(who: Ministry, at: datetime) -> Case:
    with clock.acting_at(at):
        case = make_case(Status.RECEIVED, who)
        actions.hold_case(case, by=who.intake)
    case.pauses.all().delete()
    return case


def test_the_clock_of_an_old_lock_stands_from_its_own_day(who: Ministry) -> None:
    """Also where the term begins after it: on a Saturday, and unlocked on the Sunday."""
    saturday = NOON - timedelta(days=2)
    case = locked_before_a_lock_stopped_the_clock(who, saturday)
    with clock.acting_at(saturday + timedelta(days=1)):
        recalculate_open_cases()
        assert [row.started_on for row in case.pauses.all()] == [clock.local_date(saturday)]
        recalculate_open_cases()
        actions.release_hold(Case.objects.get(pk=case.pk), by=who.inspector, note="Không có bí mật.")
    assert [row.ended_on for row in case.pauses.all()] == [date(2026, 5, 31)]


def test_no_clock_is_stopped_that_runs_again_by_now(who: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    case = locked_before_a_lock_stopped_the_clock(who, NOON)
    whole = tasks._stop_clock

    def unlocked_meanwhile(read: Case) -> bool:
        actions.release_hold(Case.objects.get(pk=case.pk), by=who.inspector, note="Không có bí mật.")
        return whole(read)

    monkeypatch.setattr(tasks, "_stop_clock", unlocked_meanwhile)
    recalculate_open_cases()
    assert not case.pauses.exists()


def test_the_clock_of_a_late_case_is_not_started_anew(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case(Status.PROCESSING, who)
    due = case.due_on
    with clock.acting_at(NOON + timedelta(days=60)):
        actions.hold_case(case, by=who.head)
        assert (case.due_on, due_dates.is_late(case)) == (due, True)
    with clock.acting_at(NOON + timedelta(days=65)):
        actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
        assert (case.due_on, due_dates.is_late(case)) == (due, True)


def test_a_lock_over_a_pause_and_an_answer_behind_it(who: Ministry) -> None:
    """What the sender was asked ends with their answer, the lock with its release."""
    with clock.acting_at(NOON):
        case = make_case(Status.NEED_INFO, who)
    with clock.acting_at(NOON + timedelta(days=1)):
        actions.hold_case(case, by=who.intake)
    with clock.acting_at(NOON + timedelta(days=2)):
        actions.supplement_case(case, supplement=add_supplement(case.submission, content="Số 01."))
    with clock.acting_at(NOON + timedelta(days=9)):
        actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    told = [(row.reason, row.started_on.day, row.ended_on.day) for row in case.pauses.all() if row.ended_on]
    assert told == [("request_supplement", 1, 3), ("hold", 2, 10)]
    assert (case.status, case.due_on) == (Status.RECEIVED, due_dates.due_on(case))
    assert list(broken_lines(case)) == []


def test_only_a_publisher_of_what_can_be_public_locks(who: Ministry) -> None:
    with pytest.raises(NotAllowed):
        actions.hold_case(make_case(Status.PROCESSING, who), by=who.publisher)
    sealed = make_case(Status.COMPLAINT, who)
    with pytest.raises(IllegalMove):
        actions.hold_case(sealed, by=who.inspector)


def test_pauses_and_locks_within_one_another(who: Ministry) -> None:
    """need_info → lock → unlock → need_info → supplement → where it was first asked."""
    with clock.acting_at(NOON):
        case = make_case(Status.PROCESSING, who)
        actions.request_supplement(case, by=who.officer, note="Số sổ?")
        assert case.supplement_due_on == date(2026, 6, 15)
        actions.hold_case(case, by=who.head)
    with clock.acting_at(NOON + timedelta(days=18)):  # a Friday, after the supplement was due
        assert close_unanswered_cases() == 0
        actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
        assert (case.status, case.due_on, case.supplement_due_on) == (
            Status.NEED_INFO,
            None,
            date(2026, 7, 3),
        )
        assert close_unanswered_cases() == 0
        assert recalculate_open_cases() == 0
        supplement = add_supplement(case.submission, content="Số 01.")
        actions.supplement_case(case, supplement=supplement)
    assert (case.status, case.supplement_due_on) == (Status.PROCESSING, None)
    assert case.pauses.get(reason=Verb.REQUEST_SUPPLEMENT).ended_on == date(2026, 6, 19)
    assert case.pauses.get(reason=Verb.HOLD).ended_on == date(2026, 6, 19)
    assert case.due_on == due_dates.due_on(case)
    with clock.acting_at(NOON + timedelta(days=19)):
        actions.request_supplement(case, by=who.officer, note="Ngày nào?")
        actions.hold_case(case, by=who.head)
        actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
        actions.hold_case(case, by=who.head)
        actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
        actions.supplement_case(case, supplement=add_supplement(case.submission, content="Ngày 1."))
    assert case.status == Status.PROCESSING


def test_a_lock_while_another_unit_is_asked(who: Ministry) -> None:
    case = make_case(Status.EXTENDED, who)
    routing.request_opinion(case, unit=who.other_unit, by=who.officer, note="Xin ý kiến.")
    actions.hold_case(case, by=who.other_officer)
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    assert case.status == Status.COORDINATING
    routing.continue_without(case, by=who.head, note="Không chờ nữa.")
    assert case.status == Status.EXTENDED


def test_a_second_road_is_not_taken_for_the_first(who: Ministry) -> None:
    """What happened before the present pause does not decide where it leads back to."""
    case = make_case(Status.NEED_INFO, who)
    actions.supplement_case(case, supplement=add_supplement(case.submission, content="Ngày 1."))
    assert case.status == Status.RECEIVED
    routing.forward_case(case, to_unit=who.unit, by=who.intake)
    routing.assign_case(case, officer=who.officer, by=who.focal)
    actions.request_supplement(case, by=who.officer, note="Số sổ?")
    actions.hold_case(case, by=who.intake)
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    actions.supplement_case(case, supplement=add_supplement(case.submission, content="Số 01."))
    assert case.status == Status.PROCESSING
    answers.draft_answer(case, body="Trả lời.", by=who.officer)
    answers.submit_answer(case, by=who.officer)
    actions.hold_case(case, by=who.head)
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    answers.approve_answer(case, by=who.head)
    assert case.status == Status.ANSWERED


def test_the_lock_does_not_ask_who_was_faster(who: Ministry) -> None:
    """Somebody saw a secret in public: whatever a colleague did meanwhile, it is gone at once."""
    case = make_case(Status.ROUTED, who)
    seen = Case.objects.get(pk=case.pk)
    routing.assign_case(case, officer=who.officer, by=who.focal)
    actions.hold_case(seen, by=who.intake, note="Có dấu MẬT.")
    assert (seen.status, seen.version) == (Status.SECRET_HOLD, case.version + 1)
    actions.release_hold(seen, by=who.inspector, note="Không có bí mật.")
    assert seen.status == Status.PROCESSING


def test_the_second_who_locks_finds_it_done(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    first, second = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    actions.hold_case(first, by=who.intake)
    actions.hold_case(second, by=who.publisher)
    assert second.status == Status.SECRET_HOLD
    assert case.events.filter(verb=Verb.HOLD).count() == 1
    with pytest.raises(IllegalMove):
        actions.hold_case(second, by=who.publisher)


def test_who_lost_the_case_from_sight_in_that_moment_locks_it_still(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    seen = Case.objects.get(pk=case.pk)
    actions.reopen_case(case, by=who.intake, note="Trả lời lại.")
    actions.hold_case(seen, by=who.publisher)
    assert seen.status == Status.SECRET_HOLD
    assert list(broken_lines(seen)) == []


def test_who_never_saw_it_does_not(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    for stranger in (who.other_officer, who.auditor, who.nobody):
        with pytest.raises(NotAllowed):
            actions.hold_case(Case.objects.get(pk=case.pk), by=stranger)


def test_the_button_is_never_answered_with_a_conflict(who: Ministry, client: Client) -> None:
    case = make_case(Status.ROUTED, who)
    seen = case.version
    routing.assign_case(case, officer=who.officer, by=who.focal)
    client.force_login(who.intake)
    answer = client.post(addresses.move_url(case.pk, Verb.HOLD), {"version": seen, "note": "Có dấu MẬT."})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.status == Status.SECRET_HOLD


def test_a_case_locked_before_locks_stopped_the_clock_stands_too(who: Ministry) -> None:
    """As it was: locked, with a date and without a pause. The worker mends it, and once."""
    with clock.acting_at(NOON):
        case = make_case(Status.PROCESSING, who)
        plain = make_case(Status.PROCESSING, who)
    due_on = case.due_on
    with clock.acting_at(NOON + timedelta(days=1)):
        actions.hold_case(case, by=who.leader)
        actions.hold_case(plain, by=who.leader)
    case.pauses.all().delete()
    line = case.events.order_by("sequence").last()
    state = {**line.state, "due_on": due_on.isoformat()}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pakn_portal_case SET due_on=%s WHERE id=%s", [due_on, case.pk])
        cursor.execute("UPDATE pakn_portal_caseevent SET state=%s WHERE id=%s", [json.dumps(state), line.pk])
    with clock.acting_at(NOON + timedelta(days=9)):
        assert (recalculate_open_cases(), recalculate_open_cases()) == (1, 0)
        case.refresh_from_db()
        assert case.due_on is None
        pause = case.pauses.get()
        assert (pause.reason, pause.started_on) == (Verb.HOLD, (NOON + timedelta(days=1)).date())
        for each in (case, plain):
            each.refresh_from_db()
            actions.release_hold(each, by=who.inspector, note="Không có bí mật.")
        assert case.due_on == plain.due_on > due_on
