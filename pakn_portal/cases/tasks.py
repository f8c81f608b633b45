"""What time does to cases by itself. Each task may run again and again, and in two workers at once."""

from __future__ import annotations

import logging
from collections.abc import Callable

from pakn_portal import clock
from pakn_portal.cases import actions, deadline
from pakn_portal.cases.enums import Status
from pakn_portal.cases.errors import CaseError
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar

logger = logging.getLogger(__name__)
_CHUNK = 500


def recalculate_open_cases() -> int:
    """Compute every running case's due date again, after the holiday list changed; returns how many moved.

    Event for each that moved: recalculate. Closed cases keep theirs.
    """
    calendar = current_calendar()
    running = Case.objects.open().exclude(status=Status.NEED_INFO)
    rows = running.prefetch_related("pauses", "extensions").order_by("pk").iterator(chunk_size=_CHUNK)
    moved = [case for case in rows if deadline.due_on(case, calendar) != case.due_on]
    return sum(_quietly(case, actions.recalculate_deadline) for case in moved)


def close_unanswered_cases() -> int:
    """Close the cases whose sender did not add in time what was asked; returns how many. Event: refuse."""
    late = Case.objects.filter(status=Status.NEED_INFO, supplement_due_on__lt=clock.today())
    return sum(_quietly(case, _close) for case in list(late.order_by("pk")))


def _close(case: Case) -> bool:
    actions.close_unanswered(case)
    return True


def _quietly(case: Case, act: Callable[[Case], bool]) -> bool:
    """Somebody else may have moved the case meanwhile, another worker too; the next run looks again."""
    try:
        return bool(act(case))
    except CaseError as error:
        logger.info("Case %s was left as it is: %s", case.number, error)
        return False
