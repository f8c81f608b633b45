"""What became of a text, word by word: for a reader who is to see it at once, not for a machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
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
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    runs = [_Run(tag == "equal", old[a:b], new[c:d]) for tag, a, b, c, d in codes]
    # changes are as long as they are once the spaces in them are theirs
    for run in _whole(_whole(runs, _is_space), _is_short):
        if run.is_same:
            yield Piece(DiffOp.SAME, "".join(run.old))
        else:
            yield Piece(DiffOp.REMOVED, "".join(run.old))
            yield Piece(DiffOp.ADDED, "".join(run.new))


class _Run(NamedTuple):
    is_same: bool
    old: list[str]
    new: list[str]

    @property
    def length(self) -> int:
        """In words; the spaces between them are none."""
        return max(sum(not word.isspace() for word in side) for side in (self.old, self.new))


def _whole(runs: list[_Run], is_theirs: Callable[[_Run, _Run, _Run], bool]) -> list[_Run]:
    """With what stayed between two changes taken into them where it `is_theirs`: a sentence that was replaced
    reads as one that went and one that came, though the two share a few words.
    """
    whole: list[_Run] = []
    for at, run in enumerate(runs):
        last = whole[-1] if whole else None
        is_joined = last is not None and not last.is_same
        if is_joined and run.is_same:
            is_joined = at + 1 < len(runs) and is_theirs(run, whole[-1], runs[at + 1])
        if last is not None and is_joined:
            whole[-1] = _Run(False, last.old + run.old, last.new + run.new)
        else:
            whole.append(run)
    return whole


def _is_space(same: _Run, before: _Run, behind: _Run) -> bool:
    return not same.length


def _is_short(same: _Run, before: _Run, behind: _Run) -> bool:
    return same.length < min(before.length, behind.length)


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
