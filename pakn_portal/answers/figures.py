"""Every figure that is counted over cases, defined once: what a number on a screen, or in a report, means.

They stand here and not in `reports/`, for the section's home page shows some, and an import only looks up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from django.db.models import Exists, F, OuterRef, Q

from pakn_portal import clock
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import AT_INTAKE, DELIVERED, SEALED, Status
from pakn_portal.cases.models import CaseEvent, Pause
from pakn_portal.cases.querysets import IS_OPEN, WAITS_FOR_KEEPERS
from pakn_portal.deadlines import due
from pakn_portal.deadlines.calendar import Calendar

#: "In the last twelve months".
YEAR: Final = timedelta(days=365)
NEW: Final = Q(status=Status.SUBMITTED)
RETURNED: Final = Q(status=Status.RETURNED)
WAITING_FOR_APPROVAL: Final = Q(status=Status.DRAFT_REVIEW)
#: Waits for the Ministry Office, or for a unit to give it to somebody.
NOT_BEGUN: Final = AT_INTAKE | {Status.ROUTED}
#: What "on time" and "late" are told of: the sender has the answer, and there was a day to have it by.
ANSWERED_WITH_DUE: Final = Q(status__in=DELIVERED, due_on__isnull=False)
#: Sealed cases stand in no figure over days, months and units, whoever looks: few as they are, a number would
#: tell of one. So a figure is the same for everybody who sees all cases, and for the public.
COUNTED: Final = ~Q(status__in=SEALED)


def unfinished(keeper: bool) -> Q:
    """Open cases; for whoever keeps sealed cases (`keeper`), those that wait for them too."""
    return IS_OPEN | WAITS_FOR_KEEPERS if keeper else IS_OPEN


def _by_next_day(rule: Callable[[str], Q], keeper: bool) -> Q:
    """The day that counts where a case stands, as `Case.next_due_on`: of what waits for whoever keeps sealed
    cases that is the day to hand it over. Nobody else's rows are asked for it.
    """
    found = IS_OPEN & rule("due_on")
    return found | (WAITS_FOR_KEEPERS & rule("hand_over_due_on")) if keeper else found


def overdue(today: date, *, keeper: bool = False) -> Q:
    return _by_next_day(partial(due.overdue, today), keeper)


def due_today(today: date, *, keeper: bool = False) -> Q:
    return _by_next_day(partial(due.due_today, today), keeper)


def due_soon(today: date, calendar: Calendar, *, keeper: bool = False) -> Q:
    """Today's are among them."""
    return _by_next_day(partial(due.due_soon, today, calendar), keeper)


def due_later(today: date, calendar: Calendar, *, keeper: bool = False) -> Q:
    """Neither overdue nor soon."""
    return _by_next_day(partial(due.due_later, today, calendar), keeper)


def paused() -> Q:
    """The clock stands. What was late when its sender was asked, or when it was locked, is late all the same:
    nothing stops a clock that has run out, so no case is overdue and paused.
    """
    standing = Pause.objects.filter(case=OuterRef("pk"), term_number=OuterRef("term_number"), ended_on=None)
    return IS_OPEN & Q(Exists(standing), due_on=None)


def untouched(today: date, calendar: Calendar) -> Q:
    """Nobody has begun with it, and its register has no line since the last worked day began."""
    since = clock.start_of(calendar.worked_before(today))
    lines = CaseEvent.objects.filter(case=OuterRef("pk"), at__gte=since)
    return Q(~Exists(lines), status__in=NOT_BEGUN, closed_on=None)


def waiting_for_publisher() -> Q:
    """Not yet on the site. By key and without a join: the few texts are found first."""
    return with_public_text(PublicTextState.REQUESTED)


def with_public_text(state: PublicTextState) -> Q:
    """Answered, not on the site, and the text for it stands so: prepared, with the publisher, taken off."""
    texts = PublicText.objects.filter(state=state)
    return Q(status=Status.ANSWERED, pk__in=texts.values("case_id"))


def waiting_for_correction() -> Q:
    """On the site, and another text for it was prepared since. By key and without a join."""
    texts = PublicText.objects.filter(state=PublicTextState.DRAFT).exclude(content_hash=F("released_hash"))
    return Q(status=Status.PUBLISHED, pk__in=texts.exclude(released_hash="").values("case_id"))


def answered_lately(today: date) -> Q:
    """In the last twelve months, of the cases that had a due date."""
    return ANSWERED_WITH_DUE & Q(closed_on__gte=today - YEAR)


def answered_on_time(today: date) -> Q:
    return answered_lately(today) & due.on_time()


@dataclass(frozen=True)
class Flow:
    """A figure of a day: of the cases that `cases` finds as of today, those with this day in `column`.

    By the cases as they stand now: one that was re-opened is not done, one that was forwarded counts for the
    unit that has it.
    """

    name: str
    column: str
    cases: Callable[[date], Q]

    def between(self, first: date, last: date, today: date) -> Q:
        """The cases of these days, both included."""
        return COUNTED & self.cases(today) & Q(**{f"{self.column}__range": (first, last)})


def _overran(today: date) -> Q:
    return due.late() | overdue(today)


CAME_IN: Final = Flow("came_in", "registered_on", lambda today: Q())
#: Whatever the end: answered, refused, guided, joined to another case.
DONE: Final = Flow("done", "closed_on", lambda today: Q())
ON_TIME: Final = Flow("on_time", "closed_on", lambda today: ANSWERED_WITH_DUE & due.on_time())
LATE: Final = Flow("late", "closed_on", lambda today: ANSWERED_WITH_DUE & due.late())
#: Its last day went by and it was not done, whether it is by now or not; told of that last day.
OVERRAN: Final = Flow("overran", "due_on", _overran)
#: On time and late together.
ANSWERED: Final = Flow("answered", "closed_on", lambda today: ANSWERED_WITH_DUE)
#: Those that are counted for each day.
FLOWS: Final = (CAME_IN, DONE, ON_TIME, LATE, OVERRAN)


def open_after(day: date) -> Q:
    """Not done when this day was over; of today, as it stands now."""
    return COUNTED & Q(registered_on__lte=day) & (Q(closed_on__gt=day) | IS_OPEN)


def overdue_after(day: date, today: date) -> Q:
    """Not done when this day was over though it was due by then; of today, what is overdue now."""
    by = min(day + timedelta(days=1), today)
    return open_after(day) & due.overdue(by)
