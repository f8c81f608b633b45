"""What every engine has in common: reading the query, presenting the hits, correcting the spelling."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from time import perf_counter

from pakn_portal.search import spelling
from pakn_portal.search.present import present
from pakn_portal.search.query import Query, load_synonyms, read_query
from pakn_portal.search.requests import SearchRequest
from pakn_portal.search.results import Found, SearchResult


class EngineUnavailable(Exception):
    """The engine's server does not answer, or not in time."""


class RequestRefused(Exception):
    """The engine's server is there and refuses this one request: a fault of ours, or no index."""


class TooBroad(Exception):
    """So much matches that the database would take longer than a reader waits."""


class SearchEngine(ABC):
    """Subclasses find; this class does the rest.

    `search` costs a constant number of database queries. It raises EngineUnavailable when the engine's server
    is not there, and RequestRefused when it is and does not take the request.
    """

    name: str

    def search(self, request: SearchRequest) -> SearchResult:
        started = perf_counter()
        try:
            result = self._search(request)
        except TooBroad:
            result = SearchResult([], 0, {}, self.name, 0, is_too_broad=True)
        return replace(
            result,
            took_ms=(perf_counter() - started) * 1000,
            page=request.page,
            page_size=request.page_size,
        )

    def _search(self, request: SearchRequest) -> SearchResult:
        synonyms = load_synonyms() if request.text else []
        query = read_query(request.text, synonyms)
        found = self.find(query, request)
        meant, is_corrected = spelling.correct(query, found.near), False
        if not found.total:
            for other in spelling.others(request.text, meant):
                better = read_query(other, synonyms)
                meant, again = "", self.find(better, request)
                if again.total:
                    query, found, is_corrected = better, again, True
                    break
        hits = present(found.ids, query, found.scores)
        if is_corrected:
            meant = spelling.as_printed(query, hits)
        return SearchResult(
            hits=hits,
            # what just left the site is counted by the server still
            total=max(found.total - (len(found.ids) - len(hits)), 0),
            facets=found.facets,
            is_bounded=found.is_bounded,
            engine=self.name,
            took_ms=0,
            did_you_mean=meant,
            is_corrected=is_corrected,
        )

    @abstractmethod
    def find(self, query: Query, request: SearchRequest) -> Found:
        """One page of ids with the counts over everything that matches; an empty query lists all by date.

        Of a short query's terms that nothing has, it also tells which indexed terms are like them.
        """


def with_fallback_mark(result: SearchResult) -> SearchResult:
    return replace(result, is_fallback=True)
