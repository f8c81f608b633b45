"""The embedded engine and the fallback: the database's own full-text index, some of the terms, ranked.

First stage in the database: a bounded set of candidates by folded pairs, in bounded time. Second stage here:
the best of them looked at again with single syllables, folded and as typed.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Protocol

from django.db import connections, router

from pakn_portal import clock
from pakn_portal.search import weights
from pakn_portal.search.engines import candidates as found_rows
from pakn_portal.search.engines.base import SearchEngine
from pakn_portal.search.engines.by_date import list_by_date
from pakn_portal.search.engines.candidates import Bounds, Terms
from pakn_portal.search.engines.filtering import fitting_keys
from pakn_portal.search.engines.postgresql import PostgreSQLIndex
from pakn_portal.search.engines.rescoring import rescore
from pakn_portal.search.engines.sqlite import SQLiteIndex
from pakn_portal.search.enums import Sort
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from pakn_portal.search.query import Query
from pakn_portal.search.requests import SearchRequest
from pakn_portal.search.results import Found
from pakn_portal.search.spelling import spellable


class FullTextIndex(Protocol):
    """What a database must offer. `frequencies`: number of entries with each term; what is missing is in
    none. `limited`: TooBroad is raised when what is within takes longer.
    """

    def frequencies(self, terms: list[str]) -> dict[str, int]: ...

    def candidates(self, terms: Terms, bounds: Bounds) -> list[tuple[Any, ...]]: ...

    def terms_like(self, term: str) -> list[tuple[str, int]]: ...

    def beginning(self, whole: list[str], start: str, limit: int, *, is_title: bool) -> list[int]: ...

    def limited(self, seconds: float) -> AbstractContextManager[None]: ...

    def refresh(self) -> None: ...


INDEXES: dict[str, type] = {"sqlite": SQLiteIndex, "postgresql": PostgreSQLIndex}


class DatabaseEngine(SearchEngine):
    """SQLite FTS5 or PostgreSQL full text, whichever database the site has."""

    def __init__(self) -> None:
        connection = connections[router.db_for_read(ArchiveEntry)]
        if connection.vendor not in INDEXES:
            raise NotImplementedError(f"No archive search for {connection.vendor}: use SQLite or PostgreSQL.")
        self.name = f"database-{connection.vendor}"
        self.index: FullTextIndex = INDEXES[connection.vendor](connection)

    def find(self, query: Query, request: SearchRequest) -> Found:
        """Raises TooBroad."""
        if query.is_empty:
            return list_by_date(request)
        with self.index.limited(weights.DATABASE_SECONDS):
            return self._ranked(query, request)

    def _ranked(self, query: Query, request: SearchRequest) -> Found:
        frequencies = self.index.frequencies(_all_terms(query))
        codes = found_rows.Codes()
        rows, is_bounded = self._rows(_choose_terms(query, frequencies), _bounds(request, codes))
        everything = found_rows.worth_listing(found_rows.read_candidates(rows, codes), request.sort)
        matching = found_rows.filtered(everything, request.filters)
        if request.sort == Sort.RELEVANCE:
            best = found_rows.in_order(matching, request.sort)[: weights.DATABASE_RESCORED]
            texts = ArchiveText.objects.filter(pk__in=[one.pk for one in best])
            rescore(best, dict(texts.values_list("pk", "exact")), query)
            found_rows.weigh_time(matching, clock.today())
        page = found_rows.in_order(matching, request.sort)[request.start : request.start + request.page_size]
        return Found(
            ids=[one.pk for one in page],
            scores=[one.score for one in page],
            total=len(matching),
            facets=found_rows.count_facets(everything, request),
            near=self._near(query, frequencies),
            is_bounded=is_bounded,
        )

    def _rows(self, terms: Terms, bounds: Bounds) -> tuple[list[tuple[Any, ...]], bool]:
        """Candidates, and whether more than these may match."""
        if not (terms.rare or terms.common):
            return [], False
        rows = self.index.candidates(terms, bounds)
        if not rows and len(terms.common) > 1:  # no two of them ever stand in one entry
            rows = self.index.candidates(replace(terms, common=terms.common[:1]), bounds)
        is_all = terms.is_all and not terms.common and len(rows) < bounds.rows
        return rows, not is_all

    def _near(self, query: Query, frequencies: dict[str, int]) -> dict[str, list[tuple[str, int]]]:
        unknown = [term for term in spellable(query) if not frequencies.get(term)]
        return {term: self.index.terms_like(term) for term in unknown[: weights.SPELLED_TERMS]}


def _bounds(request: SearchRequest, codes: found_rows.Codes) -> Bounds:
    is_oldest_first = request.sort == Sort.OLDEST
    return Bounds(weights.CANDIDATES, is_oldest_first, fitting_keys(request.filters, codes))


def _all_terms(query: Query) -> list[str]:
    return list(dict.fromkeys(term for wording in query.wordings for term in wording.terms))


def _choose_terms(query: Query, frequencies: dict[str, int]) -> Terms:
    """Rare terms as long as the candidates stay few, then common ones until there are enough terms."""
    rare: list[str] = []
    common: list[str] = []
    total = 0
    known = [term for term in _all_terms(query) if frequencies.get(term)]
    for term in sorted(known, key=lambda one: frequencies[one]):
        total += frequencies[term]
        if total <= weights.CANDIDATES:
            rare.append(term)
        elif len(rare) + len(common) < weights.FEWEST_TERMS:
            common.append(term)
    is_all = len(rare) + len(common) == len(known)
    return Terms(_weigh(query), frequencies, tuple(rare), tuple(common), is_all)


def _weigh(query: Query) -> dict[str, float]:
    weighed: dict[str, float] = {}
    for wording in query.wordings:
        for term in wording.terms:
            weighed.setdefault(term, weights.DOCUMENT_NUMBER if term in query.numbers else wording.weight)
    return weighed
