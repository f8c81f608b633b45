"""A case as a row of the list: the calendar is asked once for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pakn_portal import clock
from pakn_portal.cases.enums import OPEN, SEALED, Status
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.deadlines.time_left import TimeLeft, time_left
from pakn_portal.people.names import officer_name
from pakn_portal.staff.addresses import case_url

#: The colour beside the words of a status.
TONES = {
    Status.SUBMITTED: "new",
    Status.RETURNED: "warn",
    Status.NEED_INFO: "wait",
    Status.COORDINATING: "wait",
    Status.DRAFT_REVIEW: "warn",
    Status.ANSWERED: "good",
    Status.PUBLISHED: "good",
}


@dataclass(frozen=True)
class Row:
    case: Case
    left: TimeLeft
    url: str

    @property
    def tone(self) -> str:
        return tone_of(self.case)

    @property
    def officer(self) -> str:
        return officer_name(self.case.officer)


def tone_of(case: Case) -> str:
    """new, warn, wait, work, good, closed or sealed."""
    if case.status in SEALED:
        return "sealed"
    return TONES.get(Status(case.status), "work" if case.status in OPEN else "closed")


def rows_of(cases: Iterable[Case], *, back: str = "", calendar: Any = None) -> list[Row]:
    """One query for the calendar, none for a row; `cases` come from `with_names()`."""
    calendar = calendar or current_calendar()
    today = clock.today()
    return [
        Row(
            case,
            time_left(case.due_on if case.is_open else None, today, calendar),
            case_url(case.pk, back),
        )
        for case in cases
    ]
