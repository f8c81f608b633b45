"""Excerpts with the found words marked, out of the text as it was published (and normalized with its entry).

Folding keeps the length of composed text, so what is found in the folded form stands at the same place in the
text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from pakn_portal.search.query.reading import Query
from pakn_portal.search.query.results import Segment
from pakn_portal.text import fold_aligned

EXCERPT_LENGTH: Final = 260
#: Characters that an excerpt shows before its first match.
_LEAD: Final = 40
#: Characters that are searched at a time until something is found, and the most of one text.
_PIECE: Final = 1_500
SCANNED: Final = 40_000
#: A match in a longer text is found in one of two parts that overlap so far.
LONGEST_MATCH: Final = 400
#: What may stand between the parts of a document number.
_BETWEEN: Final = r"[\W_]{1,3}"

#: Keeps the dots of a cut on the line of the word beside them.
_TIED: Final = "\u00a0"
#: A run without a blank that is longer is an address or the like, no word.
_LONG_WORD: Final = 40
_BULLET: Final = re.compile(r"^\s*[-–—•*+·]\s+")

MarkedSpan = tuple[int, int]


class Highlighter:
    """Marks the words of one query in many texts."""

    def __init__(self, query: Query) -> None:
        terms = {term for wording in query.wordings for term in wording.terms} - set(query.unmarked)
        #: neighbours with a space between, looked for as they are: many times faster than a pattern
        self.phrases = [term.replace("_", " ") for term in terms if not _is_number(term)]
        numbers = sorted(filter(_is_number, terms), key=len, reverse=True)
        self.numbers = [re.compile(_BETWEEN.join(map(re.escape, number.split("_")))) for number in numbers]
        #: no match is longer
        self._longest = max((len(term) + 2 * term.count("_") for term in terms), default=0)

    def whole(self, text: str) -> tuple[Segment, ...]:
        """The text entire, with its matches."""
        return _segments(text, 0, len(text), self._spans(text))

    def excerpt(self, text: str) -> tuple[Segment, ...]:
        """The part of the text with the most matches, or its beginning."""
        clean = _one_line(text[:SCANNED])
        spans, looked_at = self._first_spans(clean)
        start, end = _window(clean, spans)
        if end > looked_at:
            spans = self._spans_in(clean, start, end + self._longest)
        segments = _segments(clean, start, end, spans)
        before = (Segment(f"…{_TIED}"),) if start else ()
        after = (Segment(f"{_TIED}…"),) if end < len(clean) else ()
        return (*before, *segments, *after)

    def _first_spans(self, clean: str) -> tuple[list[MarkedSpan], int]:
        """The matches of the first piece that has any, and where that piece ends. Pieces overlap, so no
        match crosses an edge.
        """
        for at in range(0, len(clean), _PIECE):
            end = at + _PIECE + self._longest
            if spans := self._spans_in(clean, at, end):
                return spans, end
        return [], len(clean)

    def _spans_in(self, clean: str, start: int, end: int) -> list[MarkedSpan]:
        """Matches in this part. One character more on either side tells if a word at the edge is whole."""
        left, right = max(0, start - 1), min(len(clean), end + 1)
        spans = [(left + one, left + other) for one, other in self._spans(clean[left:right])]
        return [(one, other) for one, other in spans if one >= start and other <= end]

    def _spans(self, clean: str) -> list[MarkedSpan]:
        folded = fold_aligned(clean)
        spans = [match.span() for number in self.numbers for match in number.finditer(folded)]
        for phrase in self.phrases:
            at = folded.find(phrase)
            while at >= 0:
                spans.append((at, at + len(phrase)))
                at = folded.find(phrase, at + 1)
        return _merged(sorted(span for span in spans if _is_whole(folded, *span)))


def _is_number(term: str) -> bool:
    """A document number, or its beginning: `15_2025`."""
    return term.count("_") > 1 or term.replace("_", "").isdecimal()


def _is_whole(folded: str, start: int, end: int) -> bool:
    """Whether it is no part of a longer word."""
    return not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum()


def _merged(spans: Iterable[MarkedSpan]) -> list[MarkedSpan]:
    """Neighbouring pairs overlap; they become one."""
    merged: list[MarkedSpan] = []
    for left, right in spans:
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _window(text: str, spans: list[MarkedSpan]) -> MarkedSpan:
    if not spans:
        return 0, _word_end(text, EXCERPT_LENGTH)
    starts = [start for start, _end in spans]
    best = max(range(len(spans)), key=lambda index: (_reach(starts, index), -index))
    start = max(0, starts[best] - _LEAD)
    if len(text) - start < EXCERPT_LENGTH:
        start = max(0, len(text) - EXCERPT_LENGTH)
    start = _word_start(text, start)
    return start, _word_end(text, start + EXCERPT_LENGTH)


def _reach(starts: list[int], index: int) -> int:
    return bisect_right(starts, starts[index] + EXCERPT_LENGTH - _LEAD) - index


def _word_start(text: str, at: int) -> int:
    """The start of the word at this place; the place itself within a longer run."""
    if at <= 0:
        return 0
    space = text.rfind(" ", max(0, at - _LONG_WORD), at + 1)
    return space + 1 if space >= 0 or at < _LONG_WORD else at


def _word_end(text: str, at: int) -> int:
    """The end of the word at this place; of a run too long for a word its beginning, or the place itself."""
    space = text.find(" ", at, at + _LONG_WORD)
    if space >= 0 or len(text) - at < _LONG_WORD:
        return space if space >= 0 else len(text)
    return max(text.rfind(" ", at - _LONG_WORD, at), 0) or at


def _one_line(text: str) -> str:
    """The lines of a text joined into one: marks of lists are dropped, and semicolons part their points."""
    pieces: list[str] = []
    for line in text.splitlines():
        words = " ".join(_BULLET.sub("", line).split())
        if words:
            is_open = bool(pieces) and pieces[-1][-1].isalnum()
            pieces += ["; " if is_open else " ", words] if pieces else [words]
    return "".join(pieces)


def _segments(text: str, start: int, end: int, spans: list[MarkedSpan]) -> tuple[Segment, ...]:
    pieces: list[Segment] = []
    at = start
    shown = spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]
    for left, right in _joined(shown, text):
        if left > at:
            pieces.append(Segment(text[at:left]))
        pieces.append(Segment(text[left : min(right, end)], is_match=True))
        at = min(right, end)
    if at < end:
        pieces.append(Segment(text[at:end]))
    return tuple(pieces)


def _joined(spans: list[MarkedSpan], text: str) -> list[MarkedSpan]:
    """Matches with only a space between become one mark."""
    joined: list[MarkedSpan] = []
    for left, right in spans:
        if joined and not text[joined[-1][1] : left].strip():
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined
