from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery

from pakn_portal import clock
from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.management.verify.progress import Progress, counted


def recomputed(progress: Progress) -> Iterator[str]:
    """Recomputes due dates from terms, pauses, extensions and the current holidays;
    closed cases keep their dates. The days from which they count are held against what was sent and against
    the line of the last re-opening.
    """
    yield from _counted_otherwise()
    calendar = current_calendar()
    rows = Case.objects.open().prefetch_related("pauses", "extensions").order_by("pk")
    for case in counted(rows.iterator(chunk_size=500), rows.count(), progress):
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
