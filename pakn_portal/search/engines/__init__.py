"""Engines of the archive search. `PAKN_PORTAL["SEARCH_ENGINE"]` names one; views ask :func:`get_engine`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pakn_portal.conf import portal_settings
from pakn_portal.search.engines.base import EngineUnavailable, SearchEngine
from pakn_portal.search.engines.database.engine import DatabaseEngine
from pakn_portal.search.engines.fallback import CircuitBreaker, FallbackEngine

if TYPE_CHECKING:
    from pakn_portal.search.engines.elasticsearch import ElasticsearchEngine
    from pakn_portal.search.query.request import SearchRequest
    from pakn_portal.search.query.results import SearchResult

__all__ = [
    "CircuitBreaker",
    "DatabaseEngine",
    "ElasticsearchEngine",
    "EngineUnavailable",
    "FallbackEngine",
    "SearchEngine",
    "breaker",
    "get_engine",
]

#: Shared by reading and by the sync after a publication: both stop waiting for a server that is gone.
breaker = CircuitBreaker()


class Engine(Protocol):
    name: str

    def search(self, request: SearchRequest) -> SearchResult: ...


def get_engine() -> Engine:
    """The site's engine; one that needs a server is backed by the database."""
    first = portal_settings.load("SEARCH_ENGINE")()
    return first if isinstance(first, DatabaseEngine) else FallbackEngine(first, DatabaseEngine(), breaker)


def __getattr__(name: str) -> Any:
    if name == "ElasticsearchEngine":
        from pakn_portal.search.engines.elasticsearch import ElasticsearchEngine  # inside: optional library

        return ElasticsearchEngine
    raise AttributeError(name)
