"""The files of an answer. They stand in it as text, a line for each: key, SHA-256 and name. So every version
has its own, they are approved with the words, and the register proves them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from pakn_portal.answers.models import Answer
from pakn_portal.cases.files import files_by_key
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.submissions.enums import FileState


class Listed(NamedTuple):
    """A file as an answer lists it."""

    key: str
    sha256: str
    name: str


def listing(files: Iterable[Any]) -> str:
    """Stored files as an answer lists them."""
    return "\n".join(f"{file.key} {file.sha256} {file.name}" for file in files)


def listed(text: str) -> list[Listed]:
    return [Listed(*line.split(" ", 2)) for line in text.splitlines()]


def names_in(text: str) -> list[str]:
    return [one.name for one in listed(text)]


def files_of(answer: Answer) -> list[CaseFile]:
    """In their order; one that is no more what was listed is left out. One query, none without files."""
    named = listed(answer.files)
    found = files_by_key(answer.case, (one.key for one in named))
    return [found[one.key] for one in named if one.key in found and found[one.key].sha256 == one.sha256]


def without(text: str, dropped: Iterable[str]) -> str:
    """The same list without the files of these keys."""
    gone = set(dropped)
    return "\n".join(line for line in text.splitlines() if line.partition(" ")[0] not in gone)


def unready(case: Case, text: str) -> str:
    """Why an answer with these files goes to nobody yet; empty when it may. One query, none without files."""
    named = listed(text)
    found = files_by_key(case, (one.key for one in named))
    for one in named:
        state = found[one.key].state if one.key in found else FileState.UNREADABLE
        if state == FileState.RECEIVED:
            return _("“%(name)s” is still being checked. Try again in a moment.") % {"name": one.name}
        if state != FileState.AVAILABLE:
            return _("“%(name)s” cannot be opened. Remove it from the answer.") % {"name": one.name}
    return ""
