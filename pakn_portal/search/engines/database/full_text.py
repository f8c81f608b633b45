"""The database's own full-text index, whichever database the site has."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.db import connections, router

from pakn_portal.search.engines.database.candidates import Bounds, Terms
from pakn_portal.search.engines.database.postgresql import PostgreSQLIndex
from pakn_portal.search.engines.database.sqlite import SQLiteIndex
from pakn_portal.search.models import ArchiveEntry


class FullTextIndex(Protocol):
    """What a database must offer.

    `frequencies`: the number of entries with each term; a term that is left out is in none. `present`: the
    terms that any entry has, found without counting. `limited`: raises TooBroad when its block takes longer.
    """

    def frequencies(self, terms: list[str]) -> dict[str, int]: ...

    def present(self, terms: list[str]) -> set[str]: ...

    def candidates(self, terms: Terms, bounds: Bounds) -> list[tuple[Any, ...]]: ...

    def beginning(self, whole: list[str], start: str, limit: int, *, is_title: bool) -> list[int]: ...

    def limited(self, seconds: float) -> AbstractContextManager[None]: ...

    def refresh(self) -> None: ...


INDEXES: dict[str, type] = {"sqlite": SQLiteIndex, "postgresql": PostgreSQLIndex}


def full_text_index() -> FullTextIndex:
    """Raises NotImplementedError on a database without one."""
    connection = connections[router.db_for_read(ArchiveEntry)]
    if connection.vendor not in INDEXES:
        raise NotImplementedError(f"No archive search for {connection.vendor}: use SQLite or PostgreSQL.")
    index: FullTextIndex = INDEXES[connection.vendor](connection)
    return index
