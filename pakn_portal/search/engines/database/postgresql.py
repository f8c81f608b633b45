"""The archive in PostgreSQL: a generated tsvector with a GIN index, made by migration 0002.

PostgreSQL's own ranking does not know how rare a term is. Its planner does: ANALYZE keeps the commonest
lexemes of the column with their shares. These weigh the terms, so no table of our own is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from math import log
from time import monotonic
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from pakn_portal.search.engines.database.candidates import Bounds, Terms, columns
from pakn_portal.search.engines.database.time_limit import postgresql_limit

_STATISTICS = """
    SELECT (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'pakn_portal_archivetext'::regclass),
           most_common_elems::text::text[], most_common_elem_freqs
    FROM pg_stats WHERE schemaname = ANY (current_schemas(false))
      AND tablename = 'pakn_portal_archivetext' AND attname = 'terms'"""
_MATCHING = "SELECT entry_id FROM pakn_portal_archivetext WHERE terms @@ %s::tsquery"
#: The first of what matches. Where little does, the sum keeps the planner from walking along the keys, which
#: it takes for cheap because it does not know what reading `terms` costs.
_FIRST = f"({_MATCHING} {{within}} ORDER BY entry_id + 0 {{order}} LIMIT %s)"
_FIRST_OF_MANY = f"({_MATCHING} ORDER BY entry_id {{order}} LIMIT %s)"
_WITHIN = "AND entry_id IN ({keys})"
_NEWEST_OF_MANY = _FIRST_OF_MANY.format(order="DESC")
_BEGINNING = f"""
    SELECT e.id FROM pakn_portal_archiveentry e WHERE e.id IN {_NEWEST_OF_MANY} AND e.is_public
    ORDER BY e.published_on DESC NULLS LAST, e.id DESC LIMIT %s"""  # noqa: S608
_LOOKED_AT: Final = 500
#: A term of which so many share is found soon, wherever one begins.
_MANY: Final = 0.2
#: A term that is not among the commonest is counted up to here.
_COUNTED: Final = 500
_EXISTS = f"EXISTS ({_MATCHING})"
_COUNT = f"(SELECT count(*) FROM ({_MATCHING} LIMIT {_COUNTED}) s)"  # noqa: S608
_STATISTICS_SECONDS: Final = 300
#: title, …, body
_WEIGHTS: Final = "{0.5, 0.5, 0.5, 1.0}"


class _Statistics:
    """Shares of the commonest terms, read again now and then."""

    def __init__(self) -> None:
        self.read_at = -float(_STATISTICS_SECONDS)
        self.rows = 0.0
        self.shares: dict[str, float] = {}


_statistics: dict[str, _Statistics] = {}


class PostgreSQLIndex:
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def frequencies(self, terms: list[str]) -> dict[str, int]:
        """Estimates for the commonest terms. One query counts the others, each up to `_COUNTED`."""
        known = self._known()
        counts = {term: round(known.shares.get(_lexeme(term), 0.0) * known.rows) for term in terms}
        rare = [term for term, count in counts.items() if not count]
        return counts | dict(zip(rare, self._count(rare), strict=True))

    def present(self, terms: list[str]) -> set[str]:
        common = {term for term in terms if self._share(term)}
        rare = [term for term in terms if term not in common]
        if not rare:
            return common
        row = self._rows(f"SELECT {', '.join([_EXISTS] * len(rare))}", list(map(_quoted, rare)))[0]
        return common | {term for term, is_there in zip(rare, row, strict=True) if is_there}

    def candidates(self, terms: Terms, bounds: Bounds) -> list[tuple[Any, ...]]:
        """Rows of (*columns(), score, has_phrase, has_number), best first.

        The column is read out of its storage once for each row (`|| ''`), not once for each term.
        """
        gains, values = self._gains(terms)
        picked, picking = self._picked(terms, bounds)
        marks = [_title_query(terms.titles), _any(terms.numbers)]
        phrase, number = ("f.v @@ %s::tsquery" if mark else "false" for mark in marks)
        shown = ", ".join(f"e.{name}" for name in columns())
        statement = f"""
            SELECT {shown}, ({gains}) / (1 + ln(length(f.v) + 1)) AS score, {phrase}, {number}
            FROM (SELECT entry_id, terms || ''::tsvector AS v FROM pakn_portal_archivetext
                  WHERE entry_id IN ({picked}) OFFSET 0) f
            JOIN pakn_portal_archiveentry e ON e.id = f.entry_id AND e.is_public
            ORDER BY score DESC LIMIT %s"""  # noqa: S608
        return self._rows(statement, [*values, *filter(None, marks), *picking, bounds.rows])

    def beginning(self, whole: list[str], start: str, limit: int, *, is_title: bool) -> list[int]:
        """Entries, newest first, with all these terms and one that begins so, in the title or anywhere."""
        mark = "A" if is_title else ""
        terms = [f"{_quoted(term)}:{mark}" if mark else _quoted(term) for term in whole]
        match = " & ".join([*terms, f"{_quoted(start)}:*{mark}"])
        return [row[0] for row in self._rows(_BEGINNING, [match, _LOOKED_AT, limit])]

    def refresh(self) -> None:
        """Gather statistics now; autovacuum does the same a little after a large import."""
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE pakn_portal_archivetext")
        forget_statistics()

    def limited(self, seconds: float) -> AbstractContextManager[None]:
        return postgresql_limit(self.connection, seconds)

    def _gains(self, terms: Terms) -> tuple[str, list[Any]]:
        """SQL that sums the gain of each term; a rare term gains more."""
        rows = max(self._known().rows, 1.0)
        values: list[Any] = []
        for term in terms.ranking:
            rarity = log(1 + rows / terms.frequencies[term])
            values += [terms.weights[term] * rarity, _WEIGHTS, _quoted(term)]
        return " + ".join(["%s * ts_rank(%s, f.v, %s::tsquery)"] * len(terms.ranking)), values

    def _picked(self, terms: Terms, bounds: Bounds) -> tuple[str, list[Any]]:
        """SQL for the keys to rank: entries with a rare term, and the first entries with two common ones."""
        first = _FIRST.format(within="", order=bounds.order)
        parts: list[str] = []
        values: list[Any] = []
        if terms.rare:
            parts.append(first)
            values += [_any(terms.rare), 2 * bounds.limit]
        if terms.common:
            common = " | ".join(f"({' & '.join(map(_quoted, pair))})" for pair in terms.pairs_of_common())
            if terms.required:
                common = " & ".join(f"({_any(group)})" for group in terms.required)
            is_many = len(terms.common) == 1 and self._share(terms.common[0]) > _MANY
            parts.append(_FIRST_OF_MANY.format(order=bounds.order) if is_many else first)
            values += [common, bounds.limit]
            if bounds.within:
                keys, chosen = bounds.within
                parts.append(_FIRST.format(within=_WITHIN.format(keys=keys), order=bounds.order))
                values += [common, *chosen, bounds.limit]
        return " UNION ".join(parts), values

    def _share(self, term: str) -> float:
        return self._known().shares.get(_lexeme(term), 0.0)

    def _count(self, terms: list[str]) -> list[int]:
        if not terms:
            return []
        rows = self._rows(f"SELECT {', '.join([_COUNT] * len(terms))}", [_quoted(term) for term in terms])
        return list(rows[0])

    def _known(self) -> _Statistics:
        name = str(self.connection.settings_dict["NAME"])
        known = _statistics.setdefault(name, _Statistics())
        if monotonic() - known.read_at > _STATISTICS_SECONDS:
            known.read_at = monotonic()
            for rows, terms, shares in self._rows(_STATISTICS, []):
                known.rows = float(rows or 0)
                known.shares = dict(zip(terms or [], shares or [], strict=False))
        return known

    def _rows(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def forget_statistics() -> None:
    """What is known of an archive is read anew at the next search; for one that is another than before."""
    _statistics.clear()


def _lexeme(term: str) -> str:
    return term.replace("_", "zz")


def _any(terms: Iterable[str]) -> str:
    return " | ".join(map(_quoted, terms))


def _title_query(phrases: Iterable[tuple[str, ...]]) -> str:
    return " | ".join(f"({' & '.join(f'{_quoted(term)}:A' for term in phrase)})" for phrase in phrases)


def _quoted(term: str) -> str:
    """Safe, because tokens are letters, digits and underscores only."""
    return f"'{_lexeme(term)}'"
