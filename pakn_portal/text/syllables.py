"""Text as the list of syllables that search compares, with document numbers kept whole.

A token with an underscore is the key of a document number; no syllable has one. Both survive the standard
tokenizer of the search server, which breaks no token at an underscore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pakn_portal.text.alignment import align
from pakn_portal.text.documents.numbers import key_of, spans_in
from pakn_portal.text.folding import lower
from pakn_portal.text.tones import move_tones

#: a longer run of letters is cut into pieces: no index takes a token of a megabyte
LONGEST_TOKEN: Final = 100
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[\u0300-\u036f]){{0,{LONGEST_TOKEN - 1}}}")


class Span(NamedTuple):
    """A token and the part ``text[start:end]`` it stands for."""

    start: int
    end: int
    token: str


def syllables(text: str) -> list[str]:
    """Tokens of the exact search form, in order: syllables, words, numbers, keys of document numbers."""
    return [span.token for span in _spans_in(align(text).clean)]


def syllable_spans(text: str) -> list[Span]:
    """The tokens of :func:`syllables` with their offsets in the text as given, normalized or not."""
    aligned = align(text)
    return [Span(*aligned.span(start, end), token) for start, end, token in _spans_in(aligned.clean)]


def pairs(tokens: Sequence[str]) -> list[str]:
    """Neighbouring tokens joined by an underscore (often a word); never across a document number."""
    return ["_".join(pair) for pair in pairwise(tokens) if not any("_" in token for token in pair)]


def _spans_in(clean: str) -> Iterator[Span]:
    lowered = move_tones(lower(clean))
    at = 0
    for start, end, number in spans_in(clean):
        if start < at:
            continue
        yield from _words(lowered, at, start)
        yield Span(start, end, key_of(number))
        at = end
    yield from _words(lowered, at, len(lowered))


def _words(lowered: str, start: int, end: int) -> Iterator[Span]:
    for match in _WORD.finditer(lowered, start, end):
        yield Span(match.start(), match.end(), match[0])
