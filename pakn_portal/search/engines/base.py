"""What every engine has in common: reading the query, presenting the hits, correcting the spelling."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from time import perf_counter

from pakn_portal.search import spelling, weights
from pakn_portal.search.present import present
from pakn_portal.search.query import Query, load_synonyms, read_query
from pakn_portal.search.requests import SearchRequest
from pakn_portal.search.results import Found, SearchResult


class EngineUnavailable(Exception):
    """The engine's server does not answer, or not in time."""


class SearchEngine(ABC):
    """Subclasses find; this class does the rest.

    `search` costs a constant number of database queries and raises EngineUnavailable, nothing else, when the
    engine's server is not there.
    """

    name: str

    def search(self, request: SearchRequest) -> SearchResult:
        started = perf_counter()
        synonyms = load_synonyms() if request.text else []
        query = read_query(request.text, synonyms)
        found = self.find(query, request)
        corrected = self._corrected(query, found, request)
        if corrected and not found.total:
            better = read_query(corrected, synonyms)
            found = self.find(better, request)
            hits = present(found.ids, better, found.scores)
            corrected, is_corrected = spelling.as_printed(better, hits), bool(hits)
        else:
            hits, is_corrected = present(found.ids, query, found.scores), False
        return SearchResult(
            hits=hits,
            total=found.total,
            facets=found.facets,
            engine=self.name,
            took_ms=(perf_counter() - started) * 1000,
            page=request.page,
            page_size=request.page_size,
            did_you_mean=corrected,
            is_corrected=is_corrected,
        )

    def _corrected(self, query: Query, found: Found, request: SearchRequest) -> str:
        """The query with its spelling mended, where it found next to nothing and a mended one finds more."""
        if query.is_empty or query.numbers or request.page > 1 or found.total > weights.FEW_RESULTS:
            return ""
        return spelling.correct(query, self.terms_like)

    @abstractmethod
    def find(self, query: Query, request: SearchRequest) -> Found:
        """One page of ids with the counts over everything that matches; an empty query lists all by date."""

    @abstractmethod
    def terms_like(self, term: str) -> list[tuple[str, int]]:
        """Indexed terms (with the number of entries that have each) near this one; may be generous."""


def with_fallback_mark(result: SearchResult) -> SearchResult:
    return replace(result, is_fallback=True)
