"""Relevance measures over one ranking: nDCG@10 with graded gain, MRR@10 and recall@10."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

DEPTH = 10


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Gain 2^grade - 1, discounted by the logarithm of the rank, as a share of the best possible."""
    gains = [2 ** relevant.get(pk, 0) - 1 for pk in ranking[:DEPTH]]
    ideal = sorted((2**grade - 1 for grade in relevant.values()), reverse=True)[:DEPTH]
    return _discounted(gains) / _discounted(ideal) if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    return next((1 / rank for rank, pk in enumerate(ranking[:DEPTH], 1) if pk in relevant), 0.0)


def recall(ranking: Sequence[str], relevant: Mapping[str, int]) -> float:
    return len(set(ranking[:DEPTH]) & set(relevant)) / len(relevant) if relevant else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
