"""The archive in SQLite's FTS5; tables and triggers are made by migration 0002."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from pakn_portal.search.engines.database.candidates import Bounds, Terms, columns
from pakn_portal.search.engines.database.time_limit import sqlite_limit
from pakn_portal.search.query import weights

_CANDIDATES = """
    SELECT {columns}, -bm25(pakn_portal_archivefts, %s, %s) AS score, {phrase}, {number}
    FROM pakn_portal_archivefts JOIN pakn_portal_archiveentry e ON e.id = pakn_portal_archivefts.rowid
    WHERE pakn_portal_archivefts MATCH %s AND e.is_public {only}
    ORDER BY bm25(pakn_portal_archivefts, %s, %s) LIMIT %s"""
#: Those of the rare terms, and the newest of the common ones; the score is not even computed of the others.
_MATCHING = "SELECT rowid FROM pakn_portal_archivefts WHERE pakn_portal_archivefts MATCH %s"
_FIRST = f"SELECT rowid FROM ({_MATCHING} {{within}} ORDER BY rowid {{order}} LIMIT %s)"  # noqa: S608
_NEWEST = _FIRST.format(within="", order="DESC")
#: The sign keeps SQLite from asking the index again for each of the keys.
_WITHIN = "AND +rowid IN ({keys})"
#: The newest of what matches, by key: sorting all of it would take as long as it is large.
_BEGINNING = f"""
    SELECT e.id FROM pakn_portal_archiveentry e
    WHERE e.id IN ({_NEWEST}) AND e.is_public
    ORDER BY e.published_on IS NULL, e.published_on DESC, e.id DESC LIMIT %s"""  # noqa: S608
_LOOKED_AT = 500
_EXISTS = f"EXISTS ({_MATCHING})"
_HAS = f"e.id IN ({_MATCHING})"


class SQLiteIndex:
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def frequencies(self, terms: list[str]) -> dict[str, int]:
        marks = ", ".join(["%s"] * len(terms))
        statement = f"SELECT term, doc FROM pakn_portal_archiveterms WHERE term IN ({marks})"  # noqa: S608
        return dict(self._rows(statement, terms))

    def present(self, terms: list[str]) -> set[str]:
        if not terms:
            return set()
        row = self._rows(f"SELECT {', '.join([_EXISTS] * len(terms))}", list(map(_quoted, terms)))[0]
        return {term for term, is_there in zip(terms, row, strict=True) if is_there}

    def candidates(self, terms: Terms, bounds: Bounds) -> list[tuple[Any, ...]]:
        """Rows of (*columns(), score, has_phrase, has_number), best first. Tokens are letters, digits and
        underscores, so quoting is safe.
        """
        shares = [weights.TITLE_PAIRS, weights.BODY_PAIRS]
        only, values = _only(terms, bounds)
        phrase = f"title : ({' OR '.join(f'({_all(one)})' for one in terms.titles)})" if terms.titles else ""
        marks = [match for match in (phrase, _any(terms.numbers)) if match]
        statement = _CANDIDATES.format(
            columns=", ".join(f"e.{name}" for name in columns()),
            only=only,
            phrase=_HAS if phrase else "0",
            number=_HAS if terms.numbers else "0",
        )
        return self._rows(statement, [*shares, *marks, _any(terms.ranking), *values, *shares, bounds.rows])

    def beginning(self, whole: list[str], start: str, limit: int, *, is_title: bool) -> list[int]:
        """Entries, newest first, with all these terms and one that begins so, in the title or anywhere."""
        terms = " AND ".join([*(f'"{term}"' for term in whole), f'"{start}" *'])
        match = f"title : ({terms})" if is_title else terms
        return [row[0] for row in self._rows(_BEGINNING, [match, _LOOKED_AT, limit])]

    def limited(self, seconds: float) -> AbstractContextManager[None]:
        return sqlite_limit(self.connection, seconds)

    def refresh(self) -> None:
        """Merge the segments of the index; a large import leaves many."""
        with self.connection.cursor() as cursor:
            cursor.execute("INSERT INTO pakn_portal_archivefts(pakn_portal_archivefts) VALUES ('optimize')")

    def _rows(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _only(terms: Terms, bounds: Bounds) -> tuple[str, list[Any]]:
    """The condition that bounds the rows to rank; empty where all may be ranked."""
    if not terms.common:
        return "", []
    common = " OR ".join(f"({_all(pair)})" for pair in terms.pairs_of_common())
    if terms.required:
        common = " AND ".join(f"({_any(group)})" for group in terms.required)
    parts = [_FIRST.format(within="", order=bounds.order)]
    values: list[Any] = [common, bounds.limit]
    if bounds.within:
        keys, chosen = bounds.within
        parts.append(_FIRST.format(within=_WITHIN.format(keys=keys), order=bounds.order))
        values += [common, *chosen, bounds.limit]
    if terms.rare:
        parts, values = [_MATCHING, *parts], [_any(terms.rare), *values]
    # the sign keeps SQLite from asking the index again for each of them
    return f"AND +pakn_portal_archivefts.rowid IN ({' UNION '.join(parts)})", values


def _any(terms: Iterable[str]) -> str:
    return " OR ".join(map(_quoted, terms))


def _all(terms: Iterable[str]) -> str:
    return " AND ".join(map(_quoted, terms))


def _quoted(term: str) -> str:
    return f'"{term}"'
