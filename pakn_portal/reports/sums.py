"""Reads the daily figures: history from the table, today from the cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from pakn_portal.answers.figures import COUNTED, FLOWS, overdue_after
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import IS_OPEN
from pakn_portal.reports.models import DailyFigures
from pakn_portal.reports.periods import DateRange

UNIT, SECTOR = "unit", "sector"
#: Column of the case for each of them.
_OF_CASE: Final = {UNIT: "lead_unit_id", SECTOR: "sector_id"}


@dataclass(frozen=True)
class Sums:
    """One number for each flow of `answers/figures.py`."""

    came_in: int = 0
    done: int = 0
    on_time: int = 0
    late: int = 0
    overran: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

    @property
    def answered(self) -> int:
        """Those with a due date: of these a share is told."""
        return self.on_time + self.late

    @property
    def share(self) -> int | None:
        """On time, in whole per cent rounded down; None where nothing was answered."""
        return 100 * self.on_time // self.answered if self.answered else None


def total(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())


@dataclass(frozen=True)
class Reach:
    """Which cells somebody may see and asks for. `units` None: all of them, and what no unit has yet."""

    units: frozenset[int] | None = None
    sector: int | None = None

    def of_rows(self) -> Q:
        return self._where("unit_id")

    def of_cases(self) -> Q:
        return COUNTED & self._where("lead_unit_id")

    def _where(self, unit: str) -> Q:
        found = Q() if self.units is None else Q(**{f"{unit}__in": self.units})
        return found if self.sector is None else found & Q(sector_id=self.sector)


@dataclass
class Figures:
    """Everything a board reads, in a few queries whatever the number of cases, units and years."""

    reach: Reach
    today: date
    #: Rows of the board are units, or sectors.
    by: str = UNIT
    #: Of today alone: what comes in after office hours counts for a later day and is in no figure before.
    _today: dict[int | None, Sums] = field(init=False)

    def __post_init__(self) -> None:
        self._today = {key: _sums(row) for key, row in self._count_today().items()}

    def by_month(self, months: list[DateRange]) -> dict[tuple[date, int | None], Sums]:
        """(First day of the month, unit or sector) → sums."""
        key = f"{self.by}_id"
        rows = self._rows().filter(day__range=(months[0].first, months[-1].last))
        rows = rows.annotate(month=TruncMonth("day")).values("month", key).annotate(**_SUMS).order_by()
        found = {(row["month"], row[key]): _sums(row) for row in rows}
        for one, sums in self._today.items():
            cell = (self.today.replace(day=1), one)
            found[cell] = found.get(cell, Sums()) + sums
        return found

    def by_row(self, span: DateRange) -> dict[int | None, Sums]:
        """Unit or sector → sums of these days. One query."""
        key = f"{self.by}_id"
        rows = self._rows().filter(day__range=(span.first, span.last)).values(key).annotate(**_SUMS)
        found = {row[key]: _sums(row) for row in rows.order_by()}
        for one, sums in self._today.items() if self.today in span else ():
            found[one] = found.get(one, Sums()) + sums
        return found

    def of_spans(self, *spans: DateRange) -> list[Sums]:
        """One total for each span; they may overlap. One query."""
        counts = {
            f"{flow.name}_{place}": Sum(flow.name, filter=Q(day__range=(span.first, span.last)), default=0)
            for place, span in enumerate(spans)
            for flow in FLOWS
        }
        first, last = min(span.first for span in spans), max(span.last for span in spans)
        row = self._rows().filter(day__range=(first, last)).aggregate(**counts)
        found = [_sums(row, f"_{place}") for place in range(len(spans))]
        now = total(self._today.values())
        return [sums + now if self.today in span else sums for sums, span in zip(found, spans, strict=True)]

    def _rows(self) -> QuerySet[DailyFigures]:
        return DailyFigures.objects.filter(self.reach.of_rows(), day__lt=self.today)

    def overdue_after(self, *days: date) -> dict[int | None, list[int]]:
        """Unit or sector → what was overdue when each of these days was over. One query."""
        key = _OF_CASE[self.by]
        # without what was done before all of them, which is nearly everything
        not_done = Q(closed_on__gt=min(days)) | IS_OPEN
        cases = Case.objects.filter(not_done, self.reach.of_cases()).order_by()
        counts = {
            f"overdue_{place}": Count("pk", filter=overdue_after(day, self.today))
            for place, day in enumerate(days)
        }
        found = cases.values(key).annotate(**counts)
        return {row[key]: [row[name] for name in counts] for row in found}

    def _count_today(self) -> dict[int | None, dict[str, int]]:
        key = _OF_CASE[self.by]
        touched = Q(registered_on=self.today) | Q(closed_on=self.today)
        cases = Case.objects.filter(touched, self.reach.of_cases()).order_by()
        counts: dict[str, Any] = {
            flow.name: Count("pk", filter=flow.between(self.today, self.today, self.today)) for flow in FLOWS
        }
        return {row[key]: row for row in cases.values(key).annotate(**counts)}


_SUMS: Final[dict[str, Any]] = {flow.name: Sum(flow.name) for flow in FLOWS}


def _sums(row: dict[str, Any], suffix: str = "") -> Sums:
    return Sums(**{flow.name: row[f"{flow.name}{suffix}"] or 0 for flow in FLOWS})
