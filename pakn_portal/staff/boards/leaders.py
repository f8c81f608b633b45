"""The leaders' board: four numbers beside those of the span before, units by months, twelve months, the
oldest ten.

A handful of queries whatever the number of cases, units and years.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.db.models import QuerySet, Sum
from django.utils.formats import number_format
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
from pakn_portal.staff.cases.list.counted import OVERDUE_AFTER
from pakn_portal.staff.cases.list.rows import Row, rows_of

OLDEST: Final = 10
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
        said = f"{before} {_number(self.before)}"
        return f"{said} · {self.note}" if self.note else said


@dataclass(frozen=True)
class MonthCell:
    month: date
    sums: Sums
    urls: dict[str, str]

    @property
    def numbers(self) -> list[tuple[int, str]]:
        """Each flow with the list behind it."""
        return [(getattr(self.sums, flow.name), self.urls[flow.name]) for flow in figures.FLOWS]


@dataclass(frozen=True)
class BoardRow:
    """A unit or a sector: each of its months, and all together."""

    name: str
    months: list[MonthCell]
    sums: Sums
    url: str


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
        self.months = last_months(self.today)
        self.span = until_today(asked.span, self.today)
        self.before = same_days_before(asked.span, self.span)

    def context(self) -> dict[str, Any]:
        cells = self.figures.by_month(self.months)
        rows = self._rows(cells)
        twelve = self._twelve(cells)
        return {
            "tiles": self.tiles(),
            "span": self.span,
            "before": self.before,
            "rows": rows,
            "months": self.months,
            "heat": self._heat(rows),
            "heat_finding": self._heat_finding(rows),
            "twelve": twelve,
            "bars": self._bars(twelve),
            "bars_finding": self._bars_finding(total(cells.values())),
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
        return said % {"number": _number(number)} if number else ""

    def tiles(self) -> list[Tile]:
        now, before = self.figures.of_spans(self.span, self.before)
        tiles = [
            self._tile("came_in", pgettext("figure", "came in"), now, before),
            self._tile("done", pgettext("figure", "done"), now, before),
            self._tile("on_time", pgettext("figure", "answered on time"), now, before, note=_share_of(now)),
        ]
        overdue, overdue_before = self._overdue(self.today), self._overdue(self.before.last)
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

    def _overdue(self, day: date) -> int:
        return Case.objects.filter(figures.overdue_after(day, self.today), self.reach.of_cases()).count()

    def _rows(self, cells: dict[tuple[date, int | None], Sums]) -> list[BoardRow]:
        """Most cases first; what no unit has yet comes last."""
        keys = {key for _month, key in cells}
        names = self._names(key for key in keys if key is not None)
        rows = [(key, self._row(key, "" if key is None else names.get(key, ""), cells)) for key in keys]
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
        nameless = _("Not with a unit yet") if self.asked.by == UNIT else _("Without a sector")
        whole = DateRange(self.months[0].first, self.months[-1].last)
        return BoardRow(
            name or nameless,
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
        return plots.heat_map([row.name for row in drawn], self._heads(), [_cells(row) for row in drawn])

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

    def _twelve(self, cells: dict[tuple[date, int | None], Sums]) -> list[MonthCell]:
        return [
            MonthCell(
                month.first,
                total(sums for (first, _key), sums in cells.items() if first == month.first),
                {flow.name: self.links.of(flow.name, month) for flow in figures.FLOWS},
            )
            for month in self.months
        ]

    def _bars(self, twelve: list[MonthCell]) -> plots.Plot:
        came_in, done = pgettext("figure", "came in"), pgettext("figure", "done")
        groups = [
            [
                plots.Bar(cell.sums.came_in, "in", cell.urls["came_in"], f"{head}: {came_in}"),
                plots.Bar(cell.sums.done, "done", cell.urls["done"], f"{head}: {done}"),
            ]
            for head, cell in zip(self._heads(), twelve, strict=True)
        ]
        return plots.bars(self._heads(), groups)

    def _bars_finding(self, sums: Sums) -> str:
        numbers = {"came_in": _number(sums.came_in), "done": _number(sums.done)}
        if sums.came_in > sums.done:
            return _("More came in than was done in twelve months: %(came_in)s against %(done)s") % numbers
        return _("As much was done as came in, or more, in twelve months: %(done)s against %(came_in)s") % (
            numbers
        )

    def _oldest(self) -> list[Row]:
        visible = Case.objects.within(self.scope).open().filter(self.reach.of_cases())
        cases: QuerySet[Case] = visible.with_names().order_by("registered_on", "pk")
        return rows_of(list(cases[:OLDEST]))

    def _heads(self) -> list[str]:
        return [f"{month.first:%m/%y}" for month in self.months]


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
    return sentence % {"share": sums.share, "count": _number(sums.answered)}


def _number(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
