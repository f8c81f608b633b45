"""A larger archive out of a smaller one: titles and clauses of one field put together anew.

Words and their frequencies stay those of real text; only how documents are made up is new.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

_SEED = 20260305


def recombine(documents: Sequence[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """The documents themselves first, then new ones, `count` in all; the same ones each time."""
    yield from documents[:count]
    chance = random.Random(_SEED)
    by_field: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in documents:
        by_field[row["field"]].append(row)
    for number in range(count - len(documents)):
        first = chance.choice(documents)
        second, third = chance.choices(by_field[first["field"]], k=2)
        yield {
            **first,
            "id": f"new-{number}",
            "title": _title(first, second),
            "body": _body(chance, second, third),
        }


def _title(first: dict[str, Any], second: dict[str, Any]) -> str:
    left, right = first["title"].split(), second["title"].split()
    return " ".join([*left[: max(3, len(left) // 2)], *right[len(right) // 2 :]])


def _body(chance: random.Random, *sources: dict[str, Any]) -> str:
    clauses = [clause for source in sources for clause in source["body"].split("\n") if clause]
    return "\n".join(chance.sample(clauses, k=max(1, len(clauses) // 2)))
