"""Excerpts with the found words marked, out of the text as it was published.

Folding keeps the length of composed text, so what is found in the folded form stands at the same place in the
text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from pakn_portal.search.query import Query
from pakn_portal.search.results import Segment
from pakn_portal.text import fold_aligned, normalize

EXCERPT_LENGTH: Final = 260
#: No reader waits for more of one text than this.
_SCANNED: Final = 40_000
_SPACES = re.compile(r"\s+")
_BETWEEN: Final = r"[\W_]{1,3}"

Span = tuple[int, int]


class Highlighter:
    """Marks the words of one query in many texts."""

    def __init__(self, query: Query) -> None:
        self.pattern = _pattern(query)

    def whole(self, text: str) -> tuple[Segment, ...]:
        """The text entire, with its matches."""
        clean = normalize(text)
        return _segments(clean, 0, len(clean), self._spans(clean))

    def excerpt(self, text: str) -> tuple[Segment, ...]:
        """The part of the text with the most different matches, or its beginning."""
        clean = _SPACES.sub(" ", normalize(text)[:_SCANNED]).strip()
        spans = self._spans(clean)
        start, end = _window(clean, spans)
        segments = _segments(clean, start, end, spans)
        before = (Segment("… "),) if start else ()
        return (*before, *segments, Segment(" …")) if end < len(clean) else (*before, *segments)

    def _spans(self, clean: str) -> list[Span]:
        if self.pattern is None:
            return []
        return _merged(match.span(1) for match in self.pattern.finditer(fold_aligned(clean)))


def _pattern(query: Query) -> re.Pattern[str] | None:
    """Runs of the query's words: two or more neighbours, a document number, or the one word there is."""
    alternatives: dict[str, None] = {}
    for wording in query.wordings:
        for term in wording.terms:
            alternatives[_BETWEEN.join(map(re.escape, term.split("_")))] = None
    if not alternatives:
        return None
    longest_first = sorted(alternatives, key=len, reverse=True)
    # a look-ahead, because neighbouring pairs overlap
    return re.compile(rf"(?<![^\W_])(?=((?:{'|'.join(longest_first)})(?![^\W_])))")


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for left, right in spans:
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _window(text: str, spans: list[Span]) -> Span:
    if not spans:
        return 0, _word_end(text, EXCERPT_LENGTH)
    starts = [start for start, _end in spans]
    best = max(range(len(spans)), key=lambda index: (_reach(starts, index), -index))
    start = max(0, starts[best] - 40)
    if len(text) - start < EXCERPT_LENGTH:
        start = max(0, len(text) - EXCERPT_LENGTH)
    start = text.rfind(" ", 0, start + 1) + 1 if start else 0
    return start, _word_end(text, start + EXCERPT_LENGTH)


def _reach(starts: list[int], index: int) -> int:
    return bisect_right(starts, starts[index] + EXCERPT_LENGTH - 40) - index


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.find(" ", at)
    return space if 0 <= space < at + 40 else at


def _segments(text: str, start: int, end: int, spans: list[Span]) -> tuple[Segment, ...]:
    pieces: list[Segment] = []
    at = start
    first = bisect_left(spans, (start, 0))
    for left, right in _joined(spans[first:], text):
        if left >= end:
            break
        if left > at:
            pieces.append(Segment(text[at:left]))
        pieces.append(Segment(text[left : min(right, end)], is_match=True))
        at = min(right, end)
    if at < end:
        pieces.append(Segment(text[at:end]))
    return tuple(pieces)


def _joined(spans: list[Span], text: str) -> list[Span]:
    """Matches with only a space between become one mark."""
    joined: list[Span] = []
    for left, right in spans:
        if joined and not text[joined[-1][1] : left].strip():
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined
