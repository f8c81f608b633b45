"""The second stage of the database engines: BM25 over single syllables, folded and exact, of the best
candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from pakn_portal.search.engines.database.candidates import Candidate
from pakn_portal.search.query import weights
from pakn_portal.search.query.reading import Query
from pakn_portal.text import fold_aligned


def rescore(best: list[Candidate], exact: Mapping[int, str], query: Query, top: float) -> None:
    """Add to each score what the second stage gives, as a share of `top`, the best score of the first stage.

    `exact`: the exact syllables of each entry; the first line is the title.
    """
    folded = {pk: fold_aligned(text) for pk, text in exact.items()}
    gains = Counter(_share(folded, set(query.folded), weights.RESCORE_FOLDED))
    if query.is_accented:
        gains.update(_share(exact, set(query.exact), weights.RESCORE_EXACT))
    for one in best:
        one.score += top * (gains[one.pk] + _title_share(folded.get(one.pk, ""), one, query))


def phrase_share(query: Query) -> float:
    """The share that an entry gains whose title has the words side by side."""
    return weights.TITLE_PHRASE_SHARE if query.is_matter else weights.LONG_TITLE_PHRASE_SHARE


def _title_share(folded: str, one: Candidate, query: Query) -> float:
    """The share that an entry gains whose title has the words side by side, or all of them somewhere."""
    if one.has_phrase:
        return 0.0
    title = folded.partition("\n")[0].split(" ")
    short = [one.folded for one in query.wordings if len(one.folded) <= weights.PHRASE_SYLLABLES]
    line = f" {' '.join(title)} "
    if any(f" {' '.join(words)} " in line for words in short):
        return phrase_share(query)
    has_words = query.is_matter and any(set(title).issuperset(words) for words in short)
    return weights.TITLE_WORDS_SHARE if has_words else 0.0


def _share(texts: Mapping[int, str], terms: set[str], weight: float) -> dict[int, float]:
    scores = _bm25(texts, terms)
    top = max(scores.values(), default=0.0)
    return {pk: weight * score / top for pk, score in scores.items()} if top else {}


def _bm25(texts: Mapping[int, str], terms: Iterable[str]) -> dict[int, float]:
    """BM25. Rarity is judged among the candidates: a term that all of them have decides nothing."""
    counts = {pk: Counter(text.split()) for pk, text in texts.items()}
    lengths = {pk: sum(count.values()) for pk, count in counts.items()}
    average = sum(lengths.values()) / max(len(lengths), 1) or 1.0
    scores = dict.fromkeys(texts, 0.0)
    for term in terms:
        having = [pk for pk, count in counts.items() if term in count]
        rarity = log(1 + (len(texts) - len(having) + 0.5) / (len(having) + 0.5))
        for pk in having:
            often = counts[pk][term]
            length = 1 - weights.BM25_B + weights.BM25_B * lengths[pk] / average
            scores[pk] += rarity * often * (weights.BM25_K1 + 1) / (often + weights.BM25_K1 * length)
    return scores
