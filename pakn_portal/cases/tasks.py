"""What time does to cases by itself. Each task may run again and again, and in two workers at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from pakn_portal import clock
from pakn_portal.cases import actions, due_dates
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent, Pause
from pakn_portal.cases.querysets import IS_OPEN, WAITS_FOR_KEEPERS
from pakn_portal.deadlines.due import overdue
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.flow.errors import MoveError
from pakn_portal.flow.moving import lock_row
from pakn_portal.snippets.models import DeadlineRule

logger = logging.getLogger(__name__)
_CHUNK = 500


#: So many cases are recalculated at once when somebody saves a holiday; more are left to the worker.
AT_ONCE = 500

Progress = Callable[[int, int], None]


def recalculate_open_cases(progress: Progress | None = None) -> int:
    """Compute every open case's dates again, after the holiday list changed; returns how many cases moved.

    Event for each that moved: recalculate. Closed cases keep theirs, but for the day by which a complaint or
    a denunciation is to be handed over. Reads in a constant number of queries for each 500 cases; `progress`
    hears (done, total) over the cases that move.
    """
    _stop_clocks_of_old_locks()
    calendar, rules = current_calendar(), list(DeadlineRule.objects.all())
    rows = Case.objects.filter(IS_OPEN | WAITS_FOR_KEEPERS).with_wait().select_related("submission__sender")
    rows = rows.prefetch_related("pauses", "extensions").order_by("pk")
    to_move = [
        case for case in rows.iterator(chunk_size=_CHUNK) if due_dates.moved_dates(case, calendar, rules)
    ]
    moved = 0
    for done, case in enumerate(to_move, start=1):
        moved += _quietly(case, actions.recalculate_deadline)
        if progress is not None:
            progress(done, len(to_move))
    return moved


def _stop_clocks_of_old_locks() -> None:
    """What was locked before a lock stopped the clock: it stands from the day of that lock. Its date follows
    with those of the calendar, and the register says so.
    """
    standing = Pause.objects.filter(case=OuterRef("pk"), reason=Verb.HOLD, ended_on=None)
    locks = CaseEvent.objects.filter(case=OuterRef("pk"), verb=Verb.HOLD).order_by("-sequence")
    running = Case.objects.filter(~Exists(standing), status=Status.SECRET_HOLD, closed_on=None)
    for case in running.annotate(locked_at=Subquery(locks.values("at")[:1])).exclude(locked_at=None):
        _quietly(case, _stop_clock)


@transaction.atomic
def _stop_clock(case: Any) -> bool:
    """Whoever unlocks the case in this moment waits and ends the pause, or was first: then none begins."""
    lock_row(case)
    standing = case.pauses.filter(reason=Verb.HOLD, ended_on=None)
    if standing.exists():  # another worker was faster
        return False
    since = clock.local_date(case.locked_at)
    case.pauses.create(term_number=case.term_number, started_on=since, reason=Verb.HOLD)
    return True


def follow_calendar(raw: bool = False, **kwargs: Any) -> None:
    """A holiday row was saved or deleted (signal receiver): once that is committed, due dates follow.

    With more than `AT_ONCE` cases nobody should wait at the screen; the worker sees the new calendar.
    Rows that `loaddata` brings (`raw`) come with the dates that they had.
    """
    if raw:
        return
    transaction.on_commit(_recalculate_few, robust=True)


def _recalculate_few() -> None:
    if Case.objects.filter(IS_OPEN | WAITS_FOR_KEEPERS)[: AT_ONCE + 1].count() <= AT_ONCE:
        recalculate_open_cases()


def close_unanswered_cases() -> int:
    """Close the cases whose sender did not add in time what was asked; returns how many. Event: refuse. Not
    those that were late already when the sender was asked: the ministry owed the answer then, so people
    decide, and the digest puts it before them.
    """
    today = clock.today()
    late = Case.objects.filter(overdue(today, "supplement_due_on"), status=Status.NEED_INFO)
    late = late.exclude(overdue(today))
    return sum(_quietly(case, _close) for case in list(late.order_by("pk")))


def _close(case: Case) -> bool:
    actions.close_unanswered(case)
    return True


def _quietly(case: Case, act: Callable[[Case], bool]) -> bool:
    """Somebody else may have moved the case meanwhile, another worker too; the next run looks again."""
    try:
        return bool(act(case))
    except MoveError as error:
        logger.info("Case %s was left as it is: %s", case.number, error)
        return False
