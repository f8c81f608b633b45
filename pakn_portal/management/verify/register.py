from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

from django.contrib.auth.models import Permission
from django.db.models import F

from pakn_portal.cases.models import CaseEvent
from pakn_portal.cases.register import is_sealed
from pakn_portal.management.verify.progress import Progress, counted

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _OfCase(TypedDict):
        number: str
        status: str

    Line = WithAnnotations[CaseEvent, _OfCase]

_FORBIDDEN = ("delete_case", "change_caseevent", "delete_caseevent", "add_caseevent")


def intact(progress: Progress) -> Iterator[str]:
    """Every line in its place, sealed over the line before; the case stands where the last line left it."""
    events = (
        CaseEvent.objects.annotate(number=F("case__number"), status=F("case__status"))
        .order_by("case_id", "sequence")
        .iterator(chunk_size=2000)
    )
    last: Line | None = None
    for event in counted(events, CaseEvent.objects.count(), progress):
        if last is not None and last.case_id != event.case_id:
            yield from _ended(last)
            last = None
        yield from _broken(event, last)
        last = event
    if last is not None:
        yield from _ended(last)


def _broken(event: Line, last: Line | None) -> Iterator[str]:
    place = last.sequence + 1 if last else 1
    if event.sequence != place:
        yield f"{event.number}: line {place} is missing"
    elif event.previous_hash != (last.hash if last else ""):
        yield f"{event.number}: line {event.sequence} does not follow the line before"
    elif not is_sealed(event, event.number):
        yield f"{event.number}: line {event.sequence} was changed"


def _ended(last: Line) -> Iterator[str]:
    if last.to_status != last.status:
        yield f"{last.number} is {last.status}, but its register ends with {last.to_status}"


def undeletable(progress: Progress) -> Iterator[str]:
    rights = Permission.objects.filter(content_type__app_label="pakn_portal", codename__in=_FORBIDDEN)
    for codename in rights.values_list("codename", flat=True):
        yield f"there is a right {codename}"
