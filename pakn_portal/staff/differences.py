"""Two texts that were written in one form at once, field by field and word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pakn_portal.answers.differences import Piece, word_differences

#: Fields in which one writes; keys, versions and choices are not compared.
WRITTEN: Final = (
    "title",
    "content",
    "body",
    "question",
    "answer",
    "legal_bases",
    "note",
    "full_name",
    "address",
)
#: Longer texts are not compared: the work grows with both.
_LONGEST: Final = 60_000


@dataclass(frozen=True)
class Compared:
    """One field that reads otherwise."""

    name: str
    pieces: list[Piece]


def compared(before: Any, after: Any) -> list[Compared]:
    """What stands in `after` against `before`, both by the names of the form's fields."""
    found = []
    for name in WRITTEN:
        old, new = (str(values.get(name) or "").replace("\r\n", "\n") for values in (before, after))
        if old != new and len(old) + len(new) <= _LONGEST:
            found.append(Compared(name, word_differences(old, new)))
    return found
