"""Normalized text that remembers where each of its characters came from.

Whoever searches in text as it was typed (decomposed, with zero-width characters between digits …)
searches in the clean form and gives offsets into the original.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pakn_portal.text.normalize import is_invisible, is_mark, normalize


class Aligned(NamedTuple):
    """``clean`` is ``normalize(original)``; ``edges`` is None where offsets in both agree."""

    original: str
    clean: str
    #: for each character of ``clean`` the (start, end) it covers in ``original``
    edges: list[tuple[int, int]] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that gave ``clean[start:end]``, which must not be empty."""
        if self.edges is None:
            return start, end
        return self.edges[start][0], self.edges[end - 1][1]


def align(text: str) -> Aligned:
    """Normalize the text and keep the offsets."""
    clean = normalize(text)
    if clean == text:
        return Aligned(text, text, None)
    pieces: list[str] = []
    edges: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        piece = _normalize_cluster(text[start:end]) if end - start < 16 else normalize(text[start:end])
        pieces.append(piece)
        edges.extend([(start, end)] * len(piece))
    return Aligned(text, "".join(pieces), edges)


_normalize_cluster = lru_cache(maxsize=4096)(normalize)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that normalize independently of each other: a letter with all that hangs on it."""
    start = 0
    for index in range(1, len(text)):
        if not _hangs_on(text[index], text[index - 1]):
            yield start, index
            start = index
    if text:
        yield start, len(text)


def _hangs_on(char: str, before: str) -> bool:
    if char == "\n":
        return before == "\r"
    if " " <= char < "\x7f":
        return False
    # Korean vowels and finals compose with what stands before them.
    return is_mark(char) or "\u1160" <= char <= "\u11ff" or is_invisible(char)
