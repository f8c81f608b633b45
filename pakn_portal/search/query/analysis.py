"""Text as the engines index it. All that is particular to Vietnamese happens here, by way of
`pakn_portal.text`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pakn_portal.search.query import weights
from pakn_portal.text import document_number_prefixes, fold, pairs, syllables


@dataclass(frozen=True, slots=True)
class Analysed:
    """One field: exact and folded syllables and the folded pairs, each as one line of tokens."""

    exact: str
    folded: str
    pairs: str


def analyse(text: str) -> Analysed:
    exact = syllables(text)[: weights.TEXT_MAX_SYLLABLES]
    folded = folded_tokens(exact)
    return Analysed(" ".join(exact), " ".join(folded), " ".join(indexed_pairs(folded)))


def folded_tokens(exact: list[str]) -> list[str]:
    """The same tokens without diacritics."""
    return fold(" ".join(exact)).split(" ") if exact else []


def indexed_pairs(folded: list[str]) -> list[str]:
    """Pairs, document numbers, and what people type of a number who leave out its end (`15_2025`)."""
    numbers = [token for token in folded if "_" in token]
    starts = [start for number in numbers for start in document_number_prefixes(number)]
    return [*pairs(folded), *numbers, *starts]
