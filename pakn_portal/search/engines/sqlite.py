"""The archive in SQLite's FTS5; tables and triggers are made by migration 0002."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from pakn_portal.search import weights
from pakn_portal.search.engines.candidates import COLUMNS

_COLUMNS = ", ".join(f"e.{name}" for name in COLUMNS)
_CANDIDATES = f"""
    SELECT {_COLUMNS}, -bm25(pakn_portal_archivefts, %s, %s) AS score
    FROM pakn_portal_archivefts JOIN pakn_portal_archiveentry e ON e.id = pakn_portal_archivefts.rowid
    WHERE pakn_portal_archivefts MATCH %s AND e.is_public
    ORDER BY bm25(pakn_portal_archivefts, %s, %s) LIMIT %s"""  # noqa: S608
_BEGINNING = """
    SELECT e.id FROM pakn_portal_archivefts JOIN pakn_portal_archiveentry e ON e.id =
    pakn_portal_archivefts.rowid
    WHERE pakn_portal_archivefts MATCH %s AND e.is_public
    ORDER BY e.published_on IS NULL, e.published_on DESC, e.id DESC LIMIT %s"""
_LIKE = """
    SELECT term, doc FROM pakn_portal_archiveterms
    WHERE term >= %s AND term < %s ORDER BY doc DESC LIMIT 3000"""


class SQLiteIndex:
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def frequencies(self, terms: list[str]) -> dict[str, int]:
        marks = ", ".join(["%s"] * len(terms))
        statement = f"SELECT term, doc FROM pakn_portal_archiveterms WHERE term IN ({marks})"  # noqa: S608
        return dict(self._rows(statement, terms))

    def candidates(self, terms: dict[str, float], limit: int) -> list[tuple[Any, ...]]:
        """Rows of (*COLUMNS, score), best first. Tokens are letters, digits and underscores, so quoting is
        safe.
        """
        match = " OR ".join(f'"{term}"' for term in terms)
        columns = [weights.TITLE_PAIRS, weights.BODY_PAIRS]
        return self._rows(_CANDIDATES, [*columns, match, *columns, limit])

    def terms_like(self, term: str) -> list[tuple[str, int]]:
        """Indexed terms that begin like this one."""
        start = term[: max(1, len(term.split("_")[0]) - 1)]
        return [tuple(row) for row in self._rows(_LIKE, [start, start + "\U0010ffff"])]

    def beginning(self, whole: list[str], start: str, limit: int, *, is_title: bool) -> list[int]:
        """Entries, newest first, with all these terms and one that begins so, in the title or anywhere."""
        terms = " AND ".join([*(f'"{term}"' for term in whole), f'"{start}" *'])
        return [
            row[0] for row in self._rows(_BEGINNING, [f"title : ({terms})" if is_title else terms, limit])
        ]

    def refresh(self) -> None:
        """Merge the index's segments, which a large import leaves scattered."""
        with self.connection.cursor() as cursor:
            cursor.execute("INSERT INTO pakn_portal_archivefts(pakn_portal_archivefts) VALUES ('optimize')")

    def _rows(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
