"""Mending a typing error: pairs that no entry has give way to the likeliest neighbour that some have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pakn_portal.search import weights
from pakn_portal.search.query import Query
from pakn_portal.search.results import Hit
from pakn_portal.text import fold_aligned, read_keystrokes

Near = Mapping[str, list[tuple[str, int]]]


def correct(query: Query, near: Near) -> str:
    """The mended query without diacritics; empty where nothing better is known."""
    tokens = list(query.folded)
    if len(tokens) == 1:
        better = _best(tokens[0], near)
        return better if better != tokens[0] else ""
    for at in range(len(tokens) - 1):
        better = _best(f"{tokens[at]}_{tokens[at + 1]}", near)
        if better.count("_") == 1:
            tokens[at], tokens[at + 1] = better.split("_")
    return "" if tuple(tokens) == query.folded else " ".join(tokens)


def others(text: str, mended: str) -> list[str]:
    """What may have been meant where nothing was found, the likeliest first."""
    read = read_keystrokes(text)
    return [*([read] if read != text else []), *([mended] if mended else [])]


def spellable(query: Query) -> tuple[str, ...]:
    """Terms worth a look: none of a long query, nor numbers."""
    if len(query.folded) > weights.SPELLED_SYLLABLES:
        return ()
    return tuple(term for term in query.wordings[0].terms if len(term) > 2 and not _has_digit(term))


def as_printed(query: Query, hits: Sequence[Hit]) -> str:
    """The query as the hits spell it, with their diacritics; as it is where none of them has it entire."""
    words = r"[\W_]{1,3}".join(map(re.escape, query.folded))
    pattern = re.compile(rf"(?<![^\W_]){words}(?![^\W_])")
    for hit in hits:
        for text in (hit.entry.title, hit.entry.question, hit.entry.answer):
            match = pattern.search(fold_aligned(text))
            if match:
                return text[match.start() : match.end()].lower()
    return " ".join(query.folded)


def _best(term: str, near: Near) -> str:
    """The likeliest neighbour of a term that nothing has: the nearest, then the commonest; else the term."""
    most = 1 if len(term) < 9 else 2
    found = ((_distance(term, other), -count, other) for other, count in near.get(term, []))
    close = sorted(one for one in found if 0 < one[0] <= most)
    return close[0][2] if close else term


def _has_digit(term: str) -> bool:
    return any(char.isdigit() for char in term)


def _distance(left: str, right: str) -> int:
    """Insertions, deletions, substitutions, swaps of neighbours; 9 where lengths alone are too far apart."""
    if abs(len(left) - len(right)) > 2:
        return 9
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
