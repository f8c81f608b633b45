"""The engines that are measured, each filled and behind the same two calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

NAMES = ("elasticsearch", "plain", "database-postgresql", "database-sqlite")
#: Which process measures which: one has SQLite (and the search server), one PostgreSQL.
PLACES = {
    "sqlite": ("elasticsearch", "plain", "database-sqlite"),
    "postgresql": ("database-postgresql",),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """`rank`: ids of entries, best first. `page`: all that a reader's page needs, facets and excerpts too."""

    name: str
    rank: Callable[[str, int], list[int]]
    page: Callable[[str], object]


def prepare(name: str) -> Measured:
    """Fill the engine from the archive's rows."""
    if name == "plain":
        return _plain()
    if name == "elasticsearch":
        from pakn_portal.search.index.rebuild import rebuild

        rebuild()
        from pakn_portal.search.engines.elasticsearch import ElasticsearchEngine
        from pakn_portal.search.index import server

        return _ours(name, ElasticsearchEngine(server.writing()))
    from pakn_portal.search.engines import DatabaseEngine

    engine = DatabaseEngine()
    engine.index.refresh()
    return _ours(name, engine)


def _plain() -> Measured:
    from bench.plain import PlainEngine
    from pakn_portal.search.index import server

    engine = PlainEngine(server.writing(), f"{server.alias()}-plain")
    engine.fill()
    return Measured("plain", engine.page, engine.readable_page)


def _ours(name: str, engine) -> Measured:  # type: ignore[no-untyped-def]
    from pakn_portal.search.query.reading import load_synonyms, read_query
    from pakn_portal.search.query.request import SearchRequest

    synonyms = load_synonyms()

    def rank(text: str, size: int) -> list[int]:
        return engine.find(read_query(text, synonyms), SearchRequest(text=text, page_size=size)).ids

    return Measured(name, rank, lambda text: engine.search(SearchRequest(text=text, page_size=10)))
