"""Which day a demo case was sent on, so that today it is as near to its deadline as its row asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.count import MoreTime, compute_deadline
from pakn_portal.deadlines.rules import rule_for, term_of
from pakn_portal.deadlines.time_left import time_left
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import Sector

MOST_DAYS_BACK = 60


def days_back(row: dict[str, Any], days: list[date], today: date, calendar: Calendar) -> int:
    """How many working days ago it was sent: as the row says, or the nearest that gives the wished state."""
    wished = int(row["sent_working_days_ago"])
    if row["due"] == "none" or row["state"] == "reopened":
        return wished
    nearest = sorted(range(MOST_DAYS_BACK), key=lambda count: (abs(count - wished), -count))
    fitting = (count for count in nearest if _state(row, days[count], today, calendar) == row["due"])
    # on a weekend nothing can be due today; then the row's own day must do
    return next(fitting, wished)


def _state(row: dict[str, Any], registered_on: date, today: date, calendar: Calendar) -> str:
    # A case nobody has taken in yet is late when the intake term has passed, long before its answer is due.
    step = Step.INTAKE if row["state"] == "submitted" and row["due"] == "overdue" else Step.REPLY
    extensions = []
    if row["state"] == "extended":
        extensions = [MoreTime(term_of(_rule(row, Step.EXTENSION, registered_on)))]
    term = term_of(_rule(row, step, registered_on))
    due_on = compute_deadline(term, registered_on, [], extensions, calendar=calendar).due_on
    return time_left(due_on, today, calendar).state


def _rule(row: dict[str, Any], step: Step, on: date) -> Any:
    return rule_for(
        step=step,
        kind=row["kind"],
        sender_kind=row["sender"]["kind"],
        sector=Sector.objects.get(code=row["sector"]),
        urgency=row["urgency"],
        on=on,
    )
