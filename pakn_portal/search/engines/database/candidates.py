"""What the database's full-text index hands over, and what Python makes of it: filters, facets, order.

Both databases give the same rows, so that SQLite and PostgreSQL count, filter and sort alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from operator import getitem
from typing import Any

from pakn_portal.search.enums import Sort
from pakn_portal.search.facet_fields import FACET_FIELDS, FacetField
from pakn_portal.search.query import weights
from pakn_portal.search.query.request import Filters, SearchRequest
from pakn_portal.search.query.results import Counts

#: A statement that gives keys of entries, with its values.
Keys = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the index looks for.

    An entry with a `rare` term is a candidate. Of the entries with two `common` terms (or the only one), the
    bounds say how many are. `frequencies`: the number of entries with each term, estimated where it is large.
    `is_all`: no term of the query was left out.
    """

    weights: dict[str, float]
    frequencies: dict[str, int]
    rare: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    is_all: bool = True
    #: Phrases (all terms of one) that lift what has them in its title, and numbers that lift what has one.
    titles: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    #: Only what has a term of each of these groups is a candidate.
    required: tuple[tuple[str, ...], ...] = ()

    @property
    def ranking(self) -> tuple[str, ...]:
        """The terms that count for ranking."""
        return (*self.rare, *self.common)

    def pairs_of_common(self) -> list[tuple[str, ...]]:
        """Combinations of common terms, of which an entry must have one: any two, or the only one."""
        return list(combinations(self.common, min(2, len(self.common)))) if self.common else []


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many candidates with common terms are taken: `limit`, the newest or the oldest, and `limit` more of
    those that the chosen filters leave (`within`).
    """

    limit: int
    is_oldest_first: bool = False
    within: Keys | None = None

    @property
    def rows(self) -> int:
        """The most there may be, those with rare terms included."""
        return self.limit * (2 if self.within is None else 3)

    @property
    def order(self) -> str:
        return "ASC" if self.is_oldest_first else "DESC"


@dataclass(slots=True)
class Candidate:
    pk: int
    score: float
    values: dict[str, str]
    published_on: date | None
    is_superseded: bool
    has_phrase: bool = False
    has_number: bool = False


class Codes:
    """Translates what the columns of the facets hold into codes, and back; one query for each list."""

    def __init__(self) -> None:
        self._of = {name: _CodeOf(field) for name, field in FACET_FIELDS.items()}
        self._in_order = tuple(self._of.values())

    def read(self, held: Iterable[Any]) -> dict[str, str]:
        """Codes by facet, out of the columns of all facets in their order; empty where there is none."""
        # no loop of ours: it runs for thousands of candidates
        return dict(zip(self._of, map(getitem, self._in_order, held), strict=True))

    def held(self, name: str, chosen: Sequence[str]) -> Sequence[Any]:
        """What the column of this facet holds for the chosen codes."""
        if FACET_FIELDS[name].rows is None:
            return chosen
        return [held for held, code in self._of[name].items() if code in chosen]


class _CodeOf(dict[Any, str]):
    """Codes of the rows of a list; where the facet has none, what the column holds is the code."""

    def __init__(self, field: FacetField) -> None:
        super().__init__(field.codes())
        self._is_list = field.rows is not None

    def __missing__(self, value: Any) -> str:
        if self._is_list:
            return ""
        self[value] = code = str(value) if value else ""
        return code


def columns() -> list[str]:
    """Columns of ArchiveEntry that every candidate brings."""
    return ["id", *(field.column for field in FACET_FIELDS.values()), "published_on", "is_superseded"]


def read_candidates(rows: Iterable[Sequence[Any]], codes: Codes) -> list[Candidate]:
    """Rows of (*columns(), score, has_phrase, has_number) as candidates."""
    found = []
    for pk, *held, published_on, is_superseded, score, has_phrase, has_number in rows:
        day = date.fromisoformat(published_on) if isinstance(published_on, str) else published_on
        marks = bool(is_superseded), bool(has_phrase), bool(has_number)
        found.append(Candidate(pk, float(score), codes.read(held), day, *marks))
    return found


def without(candidates: list[Candidate], hidden: Collection[int]) -> list[Candidate]:
    return [one for one in candidates if one.pk not in hidden] if hidden else candidates


def filtered(candidates: list[Candidate], filters: Filters) -> list[Candidate]:
    for name, chosen in filters.items():
        candidates = [one for one in candidates if one.values[name] in chosen]
    return candidates


def count_facets(candidates: list[Candidate], request: SearchRequest) -> dict[str, Counts]:
    """Each facet counts what the other filters leave, so that a second value can be added to the first."""
    return {name: _count(filtered(candidates, request.others(name)), name) for name in FACET_FIELDS}


def _count(candidates: list[Candidate], name: str) -> Counts:
    counts = Counter(one.values[name] for one in candidates)
    del counts[""]
    return dict(counts.most_common())


def in_order(candidates: list[Candidate], sort: Sort) -> list[Candidate]:
    if sort == Sort.RELEVANCE:
        return sorted(candidates, key=lambda one: (-one.score, -one.pk))
    sign = -1 if sort == Sort.NEWEST else 1
    # what has no date comes last either way
    return sorted(candidates, key=lambda one: (one.published_on is None, sign * _ordinal(one), sign * one.pk))


def worth_listing(candidates: list[Candidate], sort: Sort) -> list[Candidate]:
    """Without weak matches, where the list is sorted by date: they would come first."""
    if sort == Sort.RELEVANCE or not candidates:
        return candidates
    least = weights.DATED_SHARE_OF_BEST * max(one.score for one in candidates)
    return [one for one in candidates if one.score >= least]


def lift(candidates: list[Candidate], top: float, phrase_share: float) -> None:
    """Lift entries with a document number of the query, then entries with its words in their title."""
    for one in candidates:
        one.score += top * weights.DOCUMENT_SHARE * one.has_number
        one.score += top * phrase_share * one.has_phrase


def weigh_time(candidates: list[Candidate], today: date) -> None:
    """Lift fresh entries and those still in force a little."""
    for one in candidates:
        age = max((today - one.published_on).days, 0) if one.published_on else 0
        fresh = weights.RECENCY * 0.5 ** (age / weights.RECENCY_HALF_LIFE_DAYS)
        one.score *= 1 + fresh + (0 if one.is_superseded else weights.IN_FORCE)


def _ordinal(one: Candidate) -> int:
    return one.published_on.toordinal() if one.published_on else 0
