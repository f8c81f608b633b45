from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery

from pakn_portal import clock
from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import Clock, Verb
from pakn_portal.cases.models import Case, CaseEvent, Extension, Pause
from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.lines import APART
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.register.models import FIRST_FORMAT

_CHUNK: Final = 500
_PAUSES: Final = frozenset(row.verb for row in TRANSITIONS if row.clock == Clock.PAUSE)
_ENDS: Final = frozenset(row.verb for row in TRANSITIONS if row.clock in (Clock.RESUME, Clock.STOP))


def recomputed(progress: Progress) -> Iterator[str]:
    """Recomputes due dates from terms, pauses, extensions and the current holidays;
    closed cases keep their dates. The days from which they count are held against what was sent and against
    the line of the last re-opening.
    """
    yield from guarded("the days from which terms count", _counted_otherwise)
    yield from guarded("the days on which clocks stood", _stood_otherwise)
    calendar = current_calendar()
    rows = Case.objects.open().prefetch_related("pauses", "extensions").order_by("pk")
    for case in counted(rows.iterator(chunk_size=_CHUNK), rows.count(), progress):
        yield from guarded(case.number, _due_otherwise, case, calendar)


def _due_otherwise(case: Case, calendar: Calendar) -> Iterator[str]:
    again = due_dates.due_on(case, calendar)
    if again != case.due_on:
        yield f"{case.number} is due on {case.due_on}, computed again on {again}"


def _counted_otherwise() -> Iterator[str]:
    moved = Case.objects.exclude(registered_on=F("submission__registered_on")).order_by("pk")
    for number in moved.values_list("number", flat=True).iterator():
        yield f"{number} is not registered on the day of its receipt"
    first = Case.objects.filter(term_number=1).exclude(term_started_on=F("registered_on")).order_by("pk")
    for number in first.values_list("number", flat=True).iterator():
        yield f"{number} does not count its term from the day of its receipt"
    reopened = CaseEvent.objects.filter(case=OuterRef("pk"), verb=Verb.REOPEN).order_by("-sequence")
    again = Case.objects.filter(term_number__gt=1).annotate(reopened_at=Subquery(reopened.values("at")[:1]))
    for case in again.order_by("pk").iterator():
        if case.reopened_at is None or clock.local_date(case.reopened_at) != case.term_started_on:
            yield f"{case.number} does not count its term from the day of its re-opening"


def _stood_otherwise() -> Iterator[str]:
    """Each pause and each extension against the lines that tell of it, in both directions; of closed cases
    too, and of those whose clock stands, which have no due date to compute again.
    """
    of_case = {"case": OuterRef("pk")}
    begins = CaseEvent.objects.filter(**of_case, verb__in=[*_PAUSES, Verb.EXTEND_DEADLINE])
    rows = (Pause.objects.filter(**of_case), Extension.objects.filter(**of_case))
    cases = Case.objects.filter(Exists(begins) | Exists(rows[0]) | Exists(rows[1])).order_by("pk")
    is_move = Q(verb__in=[*_PAUSES, *_ENDS, Verb.EXTEND_DEADLINE])
    # what a sender did to a locked case ended its pause on that day
    moves = CaseEvent.objects.filter(is_move | Q(verb=Verb.NOTE, data__has_key="sender")).order_by("sequence")
    read = cases.prefetch_related("pauses", "extensions", Prefetch("events", moves, to_attr="moves"))
    for case in read.iterator(chunk_size=_CHUNK):
        yield from guarded(case.number, _unlike_its_lines, case)


def _unlike_its_lines(case: Any) -> Iterator[str]:
    # a lock of a closed case stops no clock; lines of the first format do not tell whether it was closed
    begun = [
        line
        for line in case.moves
        if line.verb in _PAUSES and line.from_status != line.to_status and not line.state.get("closed_on")
    ]
    for pause in case.pauses.all():
        line = next((line for line in begun if _begins(line, pause)), None)
        if line is None:
            yield f"{case.number}: a pause from {pause.started_on} on stands in no line of its register"
            continue
        begun.remove(line)
        if pause.ended_on is not None and not any(
            one.sequence > line.sequence and _is_on(pause.ended_on, one.at) for one in case.moves
        ):
            yield f"{case.number}: a pause ended on {pause.ended_on}, of which its register has no line"
    for line in begun:
        # without a due date the clock stood; once a lock did not stop it, and the first format does not tell
        if line.format != FIRST_FORMAT and not line.state.get("due_on"):
            yield f"{case.number}: the pause of line {line.sequence} of its register is gone"
    if not _are_as_told(list(case.extensions.all()), case.moves):
        yield f"{case.number}: its extensions are not those of its register"


def _are_as_told(granted: list[Extension], lines: list[Any]) -> bool:
    """Whether each line that extends has its row, and no row is beside."""
    for line in lines:
        if line.verb == Verb.EXTEND_DEADLINE:
            row = next((row for row in granted if _grants(line, row)), None)
            if row is None:
                return False
            granted.remove(row)
    return not granted


def _begins(line: Any, pause: Pause) -> bool:
    return line.verb == pause.reason and _is_of_its_term(line, pause) and _is_on(pause.started_on, line.at)


def _grants(line: Any, row: Extension) -> bool:
    is_same = (row.amount, str(row.unit)) == (line.data.get("amount"), line.data.get("unit"))
    return is_same and _is_of_its_term(line, row) and _is_on(row.granted_on, line.at)


def _is_of_its_term(line: Any, row: Any) -> bool:
    """Lines of the first format do not tell of which."""
    return bool(line.state.get("term_number", row.term_number) == row.term_number)


def _is_on(day: date, at: datetime) -> bool:
    """The day is taken in the transaction of the line, a little before."""
    return day in (clock.local_date(at), clock.local_date(at - APART))
