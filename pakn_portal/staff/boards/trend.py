"""Twelve months of what came in and was done, beside those of the year before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pakn_portal.answers import figures
from pakn_portal.reports import plots
from pakn_portal.reports.periods import DateRange
from pakn_portal.reports.sums import Sums, total
from pakn_portal.staff.boards.links import BoardLinks

#: First day of a month, unit or sector → what was counted.
Cells = dict[tuple[date, int | None], Sums]


@dataclass(frozen=True)
class MonthCell:
    month: date
    sums: Sums
    urls: dict[str, str]
    #: The same month of the year before.
    before: MonthCell | None = None

    @property
    def numbers(self) -> list[tuple[int, str]]:
        """Each flow with the list behind it."""
        return [(getattr(self.sums, flow.name), self.urls[flow.name]) for flow in figures.FLOWS]

    @property
    def numbers_before(self) -> list[tuple[int, str]]:
        """What came in and was done in the same month of the year before."""
        if self.before is None:
            return []
        return [(getattr(self.before.sums, name), self.before.urls[name]) for name in ("came_in", "done")]


class Trend:
    """`before` and `now`: as many months, the oldest first; `cells` has those of both."""

    def __init__(
        self, cells: Cells, before: list[DateRange], now: list[DateRange], links: BoardLinks
    ) -> None:
        self._cells, self._before, self._now, self._links = cells, before, now, links
        pairs = zip(now, before, strict=True)
        self.months = [replace(self._month(month), before=self._month(old)) for month, old in pairs]

    def bars(self) -> plots.Plot:
        came_in, done = pgettext("figure", "came in"), pgettext("figure", "done")
        heads = heads_of(self._now)
        groups = [
            [
                _bar(cell, "came_in", "in", f"{head}: {came_in}"),
                _bar(cell, "done", "done", f"{head}: {done}"),
            ]
            for head, cell in zip(heads, self.months, strict=True)
        ]
        return plots.bars(heads, groups)

    def finding(self) -> str:
        sums = total(cell.sums for cell in self.months)
        numbers = {"came_in": told(sums.came_in), "done": told(sums.done)}
        if sums.came_in > sums.done:
            return _("More came in than was done in twelve months: %(came_in)s against %(done)s") % numbers
        return _("As much was done as came in, or more, in twelve months: %(done)s against %(came_in)s") % (
            numbers
        )

    def year_before(self) -> list[tuple[str, int, str]]:
        """What came in and was done in the months before: name, number, list."""
        whole = DateRange(self._before[0].first, self._before[-1].last)
        sums = total(cell.before.sums for cell in self.months if cell.before is not None)
        came_in, done = pgettext("figure", "came in"), pgettext("figure", "done")
        return [
            (came_in, sums.came_in, self._links.of("came_in", whole)),
            (done, sums.done, self._links.of("done", whole)),
        ]

    def _month(self, month: DateRange) -> MonthCell:
        return MonthCell(
            month.first,
            total(sums for (first, _key), sums in self._cells.items() if first == month.first),
            {flow.name: self._links.of(flow.name, month) for flow in figures.FLOWS},
        )


def heads_of(months: list[DateRange]) -> list[str]:
    return [f"{month.first:%m/%y}" for month in months]


def told(number: int) -> str:
    """As the reader's language writes it."""
    return number_format(number, use_l10n=True, force_grouping=True)


def _bar(cell: MonthCell, flow: str, kind: str, title: str) -> plots.Bar:
    """With a line where the same month of the year before stood."""
    old = cell.before
    before = None
    if old is not None:
        said = f"{title}, {old.month:%m/%Y}: {told(getattr(old.sums, flow))}"
        before = plots.Before(getattr(old.sums, flow), old.urls[flow], said)
    return plots.Bar(getattr(cell.sums, flow), kind, cell.urls[flow], title, before)
