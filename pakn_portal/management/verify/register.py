from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from django.contrib.auth.models import Permission

from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.register import state_of
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.register.chain import Fault, faults
from pakn_portal.register.models import FIRST_FORMAT

_FORBIDDEN = ("delete_case", "change_caseevent", "delete_caseevent", "add_caseevent")
_WORDS: Final = {
    "missing": "line {place} is missing",
    "unlinked": "line {place} does not follow the line before",
    "changed": "line {place} was changed",
    "keyless": "line {place} was sealed with a key that this site does not have; put it into REGISTER_KEYS",
    "downgraded": "line {place} was written without a key, behind lines that have one",
}


def intact(progress: Progress) -> Iterator[str]:
    """Every line is in its place and sealed over the line before; the case is as its last line says."""
    events = (
        CaseEvent.objects.select_related("case")
        .with_salts()
        .order_by("case_id", "sequence")
        .iterator(chunk_size=2000)
    )
    rows = counted(events, CaseEvent.objects.count(), progress)
    for _case, lines in groupby(rows, key=lambda line: line.case_id):
        yield from _of_case(list(lines))


def _of_case(lines: list[CaseEvent]) -> Iterator[str]:
    case, last = lines[0].case, lines[-1]
    for fault in faults(case.number, lines):
        yield f"{case.number}: {_told(fault)}"
    if last.to_status != case.status:
        yield f"{case.number} is {case.status}, but its register ends with {last.to_status}"
    if last.format != FIRST_FORMAT:
        yield from _moved(case, last.state)


def _told(fault: Fault) -> str:
    return _WORDS[fault.kind].format(place=fault.place)


def _moved(case: Case, sealed: dict[str, Any]) -> Iterator[str]:
    """Compares the columns that only verbs write: who has the case, how it is classified, its due dates."""
    now = state_of(case)
    for name in sorted(now.keys() | sealed.keys()):
        if now.get(name) != sealed.get(name):
            yield f"{case.number}: {name.removesuffix('_id')} is not what the register ends with"


def undeletable(progress: Progress) -> Iterator[str]:
    rights = Permission.objects.filter(content_type__app_label="pakn_portal", codename__in=_FORBIDDEN)
    for codename in rights.values_list("codename", flat=True):
        yield f"there is a right {codename}"
