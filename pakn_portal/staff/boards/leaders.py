"""The leaders' board: four numbers beside those of the span before, units by months, twelve months, the
oldest ten.

A handful of queries whatever the number of cases, units and years.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.apps import apps
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from pakn_portal import clock
from pakn_portal.answers import figures
from pakn_portal.cases.models import Case
from pakn_portal.conf import unit_model_name
from pakn_portal.people.scope import Scope
from pakn_portal.reports import plots
from pakn_portal.reports.periods import (
    MONTH,
    QUARTER,
    YEAR,
    DateRange,
    last_months,
    same_days_before,
    until_today,
)
from pakn_portal.reports.sums import SECTOR, UNIT, Figures, Reach, Sums, total
from pakn_portal.search.models import AnsweredInstead
from pakn_portal.snippets.models import Sector
from pakn_portal.staff.boards.links import BoardLinks, row_of
from pakn_portal.staff.boards.trend import MonthCell, Trend, heads_of, told
from pakn_portal.staff.cases.list.counted import LABELS, OVERDUE_AFTER
from pakn_portal.staff.cases.list.rows import Row, rows_of

OLDEST: Final = 10
#: So many units or sectors stand open on the page, what is late first.
SHOWN: Final = 10
#: So many are named on a leader's first page.
WORST: Final = 3
#: So many rows are drawn; the table beneath has all.
DRAWN: Final = 16

SPANS: Final = {
    MONTH: gettext_lazy("This month"),
    QUARTER: gettext_lazy("This quarter"),
    YEAR: gettext_lazy("This year"),
}
BY: Final = {UNIT: gettext_lazy("By unit"), SECTOR: gettext_lazy("By sector")}


@dataclass(frozen=True)
class Asked:
    """What the address of the board asks for; whatever it does not know is left out."""

    span: str
    by: str
    sector: int | None

    @classmethod
    def read(cls, query: Any) -> Asked:
        sector = query.get("sector", "")
        return cls(
            span=query.get("span") if query.get("span") in SPANS else MONTH,
            by=query.get("by") if query.get("by") in BY else UNIT,
            sector=int(sector) if sector.isdecimal() and len(sector) < 10 else None,
        )


@dataclass(frozen=True)
class Tile:
    """One of the four numbers."""

    name: str
    label: str
    number: int
    url: str
    before: int
    before_url: str
    #: Said beneath: the share, or nothing.
    note: str = ""

    @property
    def said(self) -> str:
        """The number of the span before, and the note."""
        before = pgettext("the span before", "before:")
        said = f"{before} {told(self.before)}"
        return f"{said} · {self.note}" if self.note else said


@dataclass(frozen=True)
class BoardRow:
    """A unit or a sector: each of its months, and all together."""

    name: str
    months: list[MonthCell]
    sums: Sums
    url: str


@dataclass(frozen=True)
class SpanRow:
    """A unit or a sector in the days that the board is about."""

    name: str
    sums: Sums
    overdue: int
    #: Each number with the list behind it, as the columns stand.
    numbers: list[tuple[int, str]]


def unit_names(keys: Iterable[int]) -> dict[int, str]:
    """By primary key; one query."""
    units = apps.get_model(unit_model_name())._default_manager.in_bulk(list(keys))
    return {pk: str(unit) for pk, unit in units.items()}


def may_see(scope: Scope) -> bool:
    return scope.sees_all or bool(scope.unit_ids)


class Board:
    def __init__(self, scope: Scope, asked: Asked) -> None:
        self.scope, self.asked, self.today = scope, asked, clock.today()
        units = None if scope.sees_all else scope.unit_ids
        self.reach = Reach(units, asked.sector)
        self.links = BoardLinks(units is not None, asked.sector)
        self.figures = Figures(self.reach, self.today, asked.by)
        months = last_months(self.today, 24)
        self.months_before, self.months = months[:12], months[12:]
        self.span = until_today(asked.span, self.today)
        self.before = same_days_before(asked.span, self.span)

    def context(self) -> dict[str, Any]:
        cells = self.figures.by_month([*self.months_before, *self.months])
        cells_now = {cell: sums for cell, sums in cells.items() if cell[0] >= self.months[0].first}
        rows = self._rows(cells_now)
        in_span = self._in_span()
        trend = Trend(cells, self.months_before, self.months, self.links)
        return {
            "tiles": self.tiles(),
            "span": self.span,
            "before": self.before,
            "rows": rows,
            "months": self.months,
            "heat": self._heat(rows),
            "heat_finding": self._heat_finding(rows),
            "twelve": trend.months,
            "flow_heads": [LABELS[flow.name] for flow in figures.FLOWS],
            "bars": trend.bars(),
            "bars_finding": trend.finding(),
            "year_before": trend.year_before(),
            "in_span": in_span[:SHOWN],
            "in_span_rest": in_span[SHOWN:],
            "oldest": self._oldest(),
            "answered_beforehand": self._answered_beforehand(),
            "sectors": Sector.objects.order_by("name"),
        }

    def _answered_beforehand(self) -> str:
        """How many found the answer while they wrote, in the days of the board. Nobody knows of which unit or
        sector: told where the board is of all of them.
        """
        if self.reach != Reach():
            return ""
        days = AnsweredInstead.objects.filter(counted_on__range=(self.span.first, self.span.last))
        number = days.aggregate(number=Sum("number"))["number"] or 0
        said = ngettext(
            "%(number)s question was answered by the archive before it was sent.",
            "%(number)s questions were answered by the archive before they were sent.",
            number,
        )
        return said % {"number": told(number)} if number else ""

    def tiles(self) -> list[Tile]:
        now, before = self.figures.of_spans(self.span, self.before)
        tiles = [
            self._tile("came_in", pgettext("figure", "came in"), now, before),
            self._tile("done", pgettext("figure", "done"), now, before),
            self._tile("on_time", pgettext("figure", "answered on time"), now, before, note=_share_of(now)),
        ]
        overdue = sum(now for now, _before in self._overdue.values())
        overdue_before = sum(before for _now, before in self._overdue.values())
        return [
            *tiles,
            Tile(
                "overdue",
                pgettext("figure", "overdue now"),
                overdue,
                self.links.of(OVERDUE_AFTER, DateRange(self.today, self.today)),
                overdue_before,
                self.links.of(OVERDUE_AFTER, DateRange(self.before.last, self.before.last)),
            ),
        ]

    def _tile(self, name: str, label: str, now: Sums, before: Sums, note: str = "") -> Tile:
        numbers = getattr(now, name), getattr(before, name)
        urls = self.links.of(name, self.span), self.links.of(name, self.before)
        return Tile(name, label, numbers[0], urls[0], numbers[1], urls[1], note)

    @cached_property
    def _overdue(self) -> dict[int | None, list[int]]:
        """Unit or sector → now, and when the span before was over."""
        return self.figures.overdue_after(self.today, self.before.last)

    def _rows(self, cells: dict[tuple[date, int | None], Sums]) -> list[BoardRow]:
        """Most cases first; what no unit has yet comes last."""
        keys = {key for _month, key in cells}
        names = self._names(key for key in keys if key is not None)
        rows = [(key, self._row(key, self._name_of(key, names), cells)) for key in keys]
        rows.sort(key=lambda pair: (pair[0] is None, -pair[1].sums.came_in, pair[1].name))
        return [row for _key, row in rows]

    def _row(self, key: int | None, name: str, cells: dict[tuple[date, int | None], Sums]) -> BoardRow:
        months = [
            MonthCell(
                month.first,
                cells.get((month.first, key), Sums()),
                {
                    flow: self.links.of(flow, month, **row_of(self.asked.by, key))
                    for flow in ("on_time", "answered")
                },
            )
            for month in self.months
        ]
        whole = DateRange(self.months[0].first, self.months[-1].last)
        return BoardRow(
            name,
            months,
            total(cell.sums for cell in months),
            self.links.of("answered", whole, **row_of(self.asked.by, key)),
        )

    def _names(self, keys: Any) -> dict[int, str]:
        if self.asked.by == UNIT:
            return unit_names(keys)
        return {pk: str(row) for pk, row in Sector.objects.in_bulk(list(keys)).items()}

    def _heat(self, rows: list[BoardRow]) -> plots.Plot:
        drawn = [row for row in rows if row.sums.answered][:DRAWN]
        return plots.heat_map(
            [row.name for row in drawn], heads_of(self.months), [_cells(row) for row in drawn]
        )

    def _heat_finding(self, rows: list[BoardRow]) -> str:
        told = [row for row in rows if row.sums.share is not None]
        if not told:
            return _("No answer with a due date in these twelve months")
        worst = min(told, key=lambda row: (row.sums.share or 0, -row.sums.answered))
        whole = total(row.sums for row in told).share
        if worst.sums.share == 100:
            return _("Every answer of these twelve months was on time")
        return _("%(whole)s%% on time in twelve months; lowest: %(name)s, %(share)s%%") % {
            "whole": whole, "name": worst.name, "share": worst.sums.share,
        }  # fmt: skip

    def worst(self) -> list[SpanRow]:
        """The units with most that is overdue, for a leader's first page; none where nothing is late."""
        return [row for row in self._in_span() if row.overdue or row.sums.late][:WORST]

    def _in_span(self) -> list[SpanRow]:
        """What is overdue first, then what was answered late; what no unit has yet comes last."""
        sums = self.figures.by_row(self.span)
        overdue = {key: now for key, (now, _before) in self._overdue.items() if now}
        keys = {*sums, *overdue}
        names = self._names(key for key in keys if key is not None)
        rows = [(key, self._span_row(key, names, sums.get(key, Sums()), overdue.get(key, 0))) for key in keys]
        rows.sort(key=lambda pair: (pair[0] is None, -pair[1].overdue, -pair[1].sums.late, pair[1].name))
        return [row for _key, row in rows]

    def _span_row(self, key: int | None, names: dict[int, str], sums: Sums, overdue: int) -> SpanRow:
        where, today = row_of(self.asked.by, key), DateRange(self.today, self.today)
        numbers = [
            (getattr(sums, flow), self.links.of(flow, self.span, **where))
            for flow in ("came_in", "done", "on_time", "late")
        ]
        numbers.append((overdue, self.links.of(OVERDUE_AFTER, today, **where)))
        return SpanRow(self._name_of(key, names), sums, overdue, numbers)

    def _name_of(self, key: int | None, names: dict[int, str]) -> str:
        nameless = _("Not with a unit yet") if self.asked.by == UNIT else _("Without a sector")
        return nameless if key is None else names.get(key) or nameless

    def _oldest(self) -> list[Row]:
        visible = Case.objects.within(self.scope).open().filter(self.reach.of_cases())
        cases: QuerySet[Case] = visible.with_names().order_by("registered_on", "pk")
        return rows_of(list(cases[:OLDEST]))


def _cells(row: BoardRow) -> list[plots.Cell]:
    return [
        plots.Cell(
            cell.sums.share,
            "" if cell.sums.share is None else f"{cell.sums.share}%",
            cell.urls["answered"],
            f"{row.name}: {_share_of(cell.sums)}",
        )
        for cell in row.months
    ]


def _share_of(sums: Sums) -> str:
    if sums.share is None:
        return ""
    sentence = ngettext("%(share)s%% of %(count)s answer", "%(share)s%% of %(count)s answers", sums.answered)
    return sentence % {"share": sums.share, "count": told(sums.answered)}
