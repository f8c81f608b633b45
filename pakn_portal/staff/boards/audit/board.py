"""The auditor's board: on the first page in short, and a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pakn_portal import clock
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.people.scope import Scope
from pakn_portal.staff.boards.audit.addresses import audit_url, lines_url, of_days
from pakn_portal.staff.boards.audit.chain_state import chain_lines
from pakn_portal.staff.boards.audit.figures import ActorCounts, WatchedCounts, counted
from pakn_portal.staff.boards.audit.filters import (
    NOBODY,
    in_days,
    usual_days,
    visible_lines,
    within_years,
)
from pakn_portal.staff.boards.audit.kinds import FOREMOST, WATCH, WATCHED, WatchedKind
from pakn_portal.staff.boards.sections import BoardNumber, Section, Table, TableRow

#: So many people stand on the first page; so many open on the board, and so many more when one asks.
NAMED: Final = 8
SHOWN: Final = 20
MOST: Final = 200
#: Spans that are one click away, in days.
SPANS: Final = (7, 30, 90, 365)


@dataclass(frozen=True)
class Links:
    """To the lines behind a number: `query` has the days, and whatever else the numbers are limited by."""

    query: dict[str, str]

    def of(self, kind: str = WATCH, actor: ActorCounts | None = None) -> str:
        by = {} if actor is None else {"by": NOBODY if actor.key is None else str(actor.key)}
        return lines_url(kind=kind, **by, **self.query)


@dataclass(frozen=True)
class KindTile:
    kind: WatchedKind
    number: BoardNumber
    #: In as many days before; None where there is no such span.
    before: BoardNumber | None = None


def of_auditor(scope: Scope, calendar: Calendar) -> Section:
    """A constant number of queries."""
    days = usual_days()
    counts = counted(visible_lines(scope).filter(in_days(days.first, days.last)))
    links = Links(of_days(days.first, days.last))
    shown = [kind for kind in WATCHED if kind.code in FOREMOST or counts.of(kind.code)]
    columns = [kind for kind in WATCHED if kind.code in FOREMOST]
    numbers = [
        BoardNumber(
            pgettext("watched act", "worth a look in 30 days"), counts.total, links.of(), is_bad=False
        ),
        *(_number(kind, counts, links) for kind in shown),
    ]
    return Section(
        "auditor",
        _("Watch over the register"),
        numbers=numbers,
        tables=[_by_person(counts, counts.actors[:NAMED], columns, links)],
        lines=chain_lines(),
        more=(_("Other days, all people and kinds, past checks"), audit_url()),
    )


def _number(kind: WatchedKind, counts: WatchedCounts, links: Links) -> BoardNumber:
    count = counts.of(kind.code)
    return BoardNumber(kind.label(), count, links.of(kind.code), is_bad=kind.is_bad and count > 0)


def _by_person(
    counts: WatchedCounts, actors: list[ActorCounts], columns: list[WatchedKind], links: Links
) -> Table:
    """A row for each person; all kinds together stand last."""
    heads = [*(kind.label() for kind in columns), pgettext("watched act", "all together")]
    rows = [
        TableRow(
            actor.name,
            "",
            [
                *(BoardNumber("", actor.counts[kind.code], links.of(kind.code, actor)) for kind in columns),
                BoardNumber("", actor.total, links.of(WATCH, actor)),
            ],
        )
        for actor in actors
    ]
    return Table(_("Worth a look, by person"), heads, rows)


class AuditBoard:
    """The numbers of the days that the filters name, beside those of as many days before."""

    def __init__(self, scope: Scope, filterset: Any, query: dict[str, str]) -> None:
        """`filterset`: valid, over the lines that this person may read. `query`: what it was asked."""
        self.scope, self.filterset = scope, filterset
        self.first, self.last = filterset.days
        self.links = Links(query)
        self.counts = counted(filterset.qs)

    def context(self) -> dict[str, Any]:
        actors = self.counts.actors
        columns = [kind for kind in WATCHED if self.counts.of(kind.code)]
        return {
            "tiles": self._tiles(),
            "total": BoardNumber("", self.counts.total, self.links.of()),
            "first": self.first,
            "last": self.last,
            "before": self._days_before,
            "table": _by_person(self.counts, actors[:SHOWN], columns, self.links),
            "rest": _by_person(self.counts, actors[SHOWN : SHOWN + MOST], columns, self.links),
            "untold": max(0, len(actors) - SHOWN - MOST),
        }

    @property
    def _days_before(self) -> tuple[date, date] | None:
        """None where the span has no beginning or no end, or reaches further back than any line."""
        if self.first is None or self.last is None or self.first > self.last:
            return None
        first = within_years(self.first)
        length = within_years(self.last) - first
        last = first - timedelta(days=1)
        return (last - length, last) if last.year > 1990 + length.days // 365 else None

    def _tiles(self) -> list[KindTile]:
        tiles = [KindTile(kind, _number(kind, self.counts, self.links)) for kind in WATCHED]
        if (days := self._days_before) is None:
            return tiles
        lines = self.filterset.without_days.filter(in_days(*days))
        before, links = counted(lines), Links({**self.links.query, **of_days(*days)})
        return [KindTile(tile.kind, tile.number, _number(tile.kind, before, links)) for tile in tiles]


def span_links(query: dict[str, str]) -> list[tuple[int, str, bool]]:
    """Number of days, address, and whether it is this one."""
    today = clock.today()
    found = []
    for length in SPANS:
        days = of_days(today - timedelta(days=length - 1), today)
        found.append(
            (length, audit_url(**{**query, **days}), all(query.get(k) == v for k, v in days.items()))
        )
    return found
