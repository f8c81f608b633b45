"""What became of a text, word by word: for a reader who is to see it at once, not for a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\s+|[^\s]+")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
#: Of words before times words after in one changed passage; a larger one is told as a whole, so that the work
#: stays in proportion to the text.
_MOST_COMPARED: Final = 1_000_000


class DiffOp(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    change: DiffOp
    text: str


def word_differences(before: str, after: str) -> list[Piece]:
    """Pieces in their order; those that are the same or removed give `before`, the same or added `after`."""
    pieces: list[Piece] = []
    for old, new in _passages(_LINE.findall(before), _LINE.findall(after)):
        pieces += _by_words("".join(old), "".join(new))
    return list(_joined(pieces))


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Lines that are the same together, and lines that took the place of others."""
    # a text of many like lines is compared as a whole, so that nobody can make the work grow
    if len(before) * len(after) > _MOST_COMPARED:
        yield before, after
        return
    for _tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield before[first:last], after[start:end]


def _by_words(before: str, after: str) -> Iterator[Piece]:
    if before == after:
        yield Piece(DiffOp.SAME, before)
        return
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_COMPARED:
        yield from (Piece(DiffOp.REMOVED, before), Piece(DiffOp.ADDED, after))
        return
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(DiffOp.SAME, "".join(old[first:last]))
        else:
            yield Piece(DiffOp.REMOVED, "".join(old[first:last]))
            yield Piece(DiffOp.ADDED, "".join(new[start:end]))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, none of them empty."""
    kept: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if kept is not None and kept.change == piece.change:
            kept = Piece(kept.change, kept.text + piece.text)
            continue
        if kept is not None:
            yield kept
        kept = piece
    if kept is not None:
        yield kept
