"""The embedded engine and the fallback: the database's own full-text index, some of the terms, ranked.

First stage in the database: a bounded set of candidates by folded pairs. Second stage here: the best of them
looked
at again with single syllables, folded and as typed.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.db import connections, router
from django.db.models import Count, F, QuerySet

from pakn_portal import clock
from pakn_portal.search import weights
from pakn_portal.search.engines import candidates as found_rows
from pakn_portal.search.engines.base import SearchEngine
from pakn_portal.search.engines.postgresql import PostgreSQLIndex
from pakn_portal.search.engines.rescoring import rescore
from pakn_portal.search.engines.sqlite import SQLiteIndex
from pakn_portal.search.enums import Sort
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from pakn_portal.search.query import Query
from pakn_portal.search.requests import FACETS, Filters, SearchRequest
from pakn_portal.search.results import Counts, Found
from pakn_portal.search.spelling import spellable


class FullTextIndex(Protocol):
    """What a database must offer. `frequencies`: number of entries with each term; what is missing is in
    none.
    """

    def frequencies(self, terms: list[str]) -> dict[str, int]: ...

    def candidates(self, terms: dict[str, float], limit: int) -> list[tuple[Any, ...]]: ...

    def terms_like(self, term: str) -> list[tuple[str, int]]: ...

    def beginning(self, whole: list[str], start: str, limit: int, *, is_title: bool) -> list[int]: ...

    def refresh(self) -> None: ...


INDEXES: dict[str, type] = {"sqlite": SQLiteIndex, "postgresql": PostgreSQLIndex}
#: facet → lookup of its code
_LOOKUPS = {
    "kind": "kind",
    "sector": "sector__code",
    "unit": "unit__code",
    "sender": "sender_kind",
    "year": "year",
}


class DatabaseEngine(SearchEngine):
    """SQLite FTS5 or PostgreSQL full text, whichever database the site has."""

    def __init__(self) -> None:
        connection = connections[router.db_for_read(ArchiveEntry)]
        if connection.vendor not in INDEXES:
            raise NotImplementedError(f"No archive search for {connection.vendor}: use SQLite or PostgreSQL.")
        self.name = f"database-{connection.vendor}"
        self.index: FullTextIndex = INDEXES[connection.vendor](connection)

    def find(self, query: Query, request: SearchRequest) -> Found:
        return self._listed(request) if query.is_empty else self._ranked(query, request)

    def _ranked(self, query: Query, request: SearchRequest) -> Found:
        frequencies = self.index.frequencies(_all_terms(query))
        rows = self.index.candidates(_chosen_terms(query, frequencies), weights.CANDIDATES)
        everything = found_rows.worth_listing(
            found_rows.read_candidates(rows, found_rows.Codes()), request.sort
        )
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
        )

    def _near(self, query: Query, frequencies: dict[str, int]) -> dict[str, list[tuple[str, int]]]:
        unknown = [term for term in spellable(query) if not frequencies.get(term)]
        return {term: self.index.terms_like(term) for term in unknown[: weights.SPELLED_TERMS]}

    def _listed(self, request: SearchRequest) -> Found:
        """No words: everything by date."""
        public = ArchiveEntry.objects.filter(is_public=True)
        matching = _filter(public, request.filters)
        by_date = F("published_on").asc(nulls_last=True) if request.sort == Sort.OLDEST else None
        ordered = matching.order_by(by_date or F("published_on").desc(nulls_last=True), "-pk")
        ids = ordered.values_list("pk", flat=True)[request.start : request.start + request.page_size]
        facets = {name: _facet(_filter(public, request.others(name)), name) for name in FACETS}
        return Found(ids=list(ids), total=matching.count(), facets=facets)


def _all_terms(query: Query) -> list[str]:
    return list(dict.fromkeys(term for wording in query.wordings for term in wording.terms))


def _chosen_terms(query: Query, frequencies: dict[str, int]) -> dict[str, float]:
    """Terms with their weights: rare ones first, common ones as long as the candidates stay few."""
    weighted: dict[str, float] = {}
    for wording in query.wordings:
        for term in wording.terms:
            weighted.setdefault(term, weights.DOCUMENT_NUMBER if term in query.numbers else wording.weight)
    chosen: dict[str, float] = {}
    total = 0
    for term in sorted(weighted, key=lambda one: frequencies.get(one, 0)):
        total += frequencies.get(term, 0)
        if total > weights.CANDIDATES and len(chosen) >= weights.FEWEST_TERMS:
            break
        chosen[term] = weighted[term]
    return chosen


def _filter(entries: QuerySet[ArchiveEntry], filters: Filters) -> QuerySet[ArchiveEntry]:
    lookups: dict[str, Any] = {f"{_LOOKUPS[name]}__in": values for name, values in filters.items()}
    return entries.filter(**lookups)


def _facet(entries: QuerySet[ArchiveEntry], name: str) -> Counts:
    rows = entries.order_by().values_list(_LOOKUPS[name]).annotate(count=Count("pk")).order_by("-count")
    return {str(value): count for value, count in rows if value not in (None, "")}
