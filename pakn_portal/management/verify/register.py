from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Permission

from pakn_portal.flow.procedure import Procedure, procedures
from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.register.chain import Fault, faults
from pakn_portal.register.models import FIRST_FORMAT, SECOND_FORMAT

_WORDS: Final = {
    "missing": "line {place} is missing",
    "unlinked": "line {place} does not follow the line before",
    "changed": "line {place} was changed",
    "keyless": "line {place} was sealed with a key that this site does not have; put it into REGISTER_KEYS",
    "downgraded": "line {place} was written without a key, behind lines that have one",
}


def intact(progress: Progress) -> Iterator[str]:
    """Every line is in its place and sealed over the line before; the subject is as its last line says. Of
    every procedure.
    """
    for procedure in procedures():
        yield from _of_procedure(procedure, progress)


def _of_procedure(procedure: Procedure, progress: Progress) -> Iterator[str]:
    model: Any = procedure.event_model
    field = model.subject_field
    events = model.objects.select_related(field).with_salts().order_by(f"{field}_id", "sequence")
    events = events.prefetch_related(*(f"{field}__{name}" for name in procedure.state_relations))
    rows = counted(events.iterator(chunk_size=2000), model.objects.count(), progress)
    for _subject, lines in groupby(rows, key=lambda line: getattr(line, f"{field}_id")):
        read = list(lines)
        number = getattr(read[0], field).number
        yield from guarded(number, _of_subject, procedure, field, read)


def _of_subject(procedure: Procedure, field: str, lines: list[Any]) -> Iterator[str]:
    subject, last = getattr(lines[0], field), lines[-1]
    for fault in faults(subject.number, lines):
        yield f"{subject.number}: {_told(fault)}"
    if last.to_status != subject.status:
        yield f"{subject.number} is {subject.status}, but its register ends with {last.to_status}"
    if last.format != FIRST_FORMAT:
        yield from _moved(
            subject.number, procedure.state_to_hold_against(subject, last), _told_state(procedure, last)
        )


def _told(fault: Fault) -> str:
    return _WORDS[fault.kind].format(place=fault.place)


def _moved(number: str, now: dict[str, Any], sealed: dict[str, Any]) -> Iterator[str]:
    """Compares the columns that only verbs write and that the line tells: who has the case, how it is
    classified, its due dates.
    """
    for name in sorted(sealed):
        if _or_none(now.get(name)) != _or_none(sealed[name]):
            yield f"{number}: {name.removesuffix('_id')} is not what the register ends with"


def _told_state(procedure: Procedure, line: Any) -> dict[str, Any]:
    """Every column that the line tells of, also those that its format left out because they were empty."""
    empty = procedure.state_of_second_format if line.format == SECOND_FORMAT else ()
    return {**dict.fromkeys(empty), **line.state}


def _or_none(value: Any) -> Any:
    return None if value == "" else value


def undeletable(progress: Progress) -> Iterator[str]:
    for procedure in procedures():
        for app_label, codename in _forbidden(procedure):
            if Permission.objects.filter(content_type__app_label=app_label, codename=codename).exists():
                yield f"there is a right {codename}"


def _forbidden(procedure: Procedure) -> Iterator[tuple[str, str]]:
    """To delete a subject, and to write, change or delete a line: the app and the name of each right."""
    events = procedure.event_model._meta
    subjects = events.get_field(procedure.event_model.subject_field).related_model._meta  # type: ignore[union-attr]
    yield subjects.app_label, get_permission_codename("delete", subjects)
    for action in ("add", "change", "delete"):
        yield events.app_label, get_permission_codename(action, events)
