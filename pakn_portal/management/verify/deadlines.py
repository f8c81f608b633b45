from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.cases import due_dates
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.management.verify.progress import Progress, counted


def recomputed(progress: Progress) -> Iterator[str]:
    """Recomputes due dates from terms, pauses, extensions and the current holidays;
    closed cases keep their dates.
    """
    calendar = current_calendar()
    rows = Case.objects.open().prefetch_related("pauses", "extensions").order_by("pk")
    for case in counted(rows.iterator(chunk_size=500), rows.count(), progress):
        again = due_dates.due_on(case, calendar)
        if again != case.due_on:
            yield f"{case.number} is due on {case.due_on}, computed again on {again}"
