"""What staff attach to their words about a case: taken over from the form, and proved by the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import WithFiles
from pakn_portal.cases.models import Case, CaseEvent, CaseFile
from pakn_portal.cases.moves import CaseMove
from pakn_portal.cases.texts import what_was_stored
from pakn_portal.people.actor import Account, Actor
from pakn_portal.submissions.storage import drop_bytes
from pakn_portal.submissions.tray import take_over_uploads

#: What each row takes over from the one that waited for the form.
_TAKEN = ("key", "file", "name", "size", "content_type", "sha256", "state", "warnings", "uploaded_at")


def take_over(case: Case, form_key: str, *, by: Account) -> list[CaseFile]:
    """The files that wait under the form's key belong to the case from now on; in the caller's transaction,
    in the order of their arrival.
    """
    if not form_key:
        return []
    return [
        CaseFile.objects.create(case=case, attached_by=by, **{name: getattr(each, name) for name in _TAKEN})
        for each in take_over_uploads(form_key)
    ]


def attach_to(move: CaseMove, form_key: str, *, by: Actor) -> None:
    """The waiting files belong to what is written with this move, and its line proves them."""
    if by is not None and (files := take_over(move.subject, form_key, by=by)):
        move.payload = WithFiles(files=tuple(file.key for file in files))
        move.texts = {**move.texts, **what_was_stored(files)}


def file_keys(line: CaseEvent) -> tuple[str, ...]:
    """Of the files that came with what was written, see `WithFiles`; none in most lines."""
    return tuple(line.data.get("files", ()))


def files_by_key(case: Case, keys: Iterable[str]) -> dict[str, CaseFile]:
    """Those of the case with these keys. One query; none without keys."""
    wanted = list(keys)
    return {file.key: file for file in CaseFile.objects.filter(case=case, key__in=wanted)} if wanted else {}


def asked_files(case: Case, line: CaseEvent | None = None) -> list[CaseFile]:
    """What went to the sender with the last question, or with that of this line. Two queries at most."""
    line = line or case.events.filter(verb=Verb.REQUEST_SUPPLEMENT).order_by("sequence").last()
    return list(files_by_key(case, file_keys(line)).values()) if line is not None else []


def is_as_stored(file: Any) -> bool:
    """Whether the bytes are those that were attached. Reads the file."""
    try:
        with file.file.open("rb") as stored:
            return bool(hashlib.file_digest(stored, "sha256").hexdigest() == file.sha256)
    except FileNotFoundError:
        return False


def wipe_files(case: Case) -> None:
    """Every file that staff attached, in the caller's transaction; the bytes go once it is committed."""
    for file in CaseFile.objects.filter(case=case):
        file.delete()
        drop_bytes(file.file)
