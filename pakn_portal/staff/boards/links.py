"""The list behind a number: with the filter that the number is counted by."""

from __future__ import annotations

from dataclasses import dataclass

from pakn_portal.reports.periods import DateRange
from pakn_portal.reports.sums import UNIT
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.list.counted import Counted
from pakn_portal.staff.cases.waiting import worklists


@dataclass(frozen=True)
class BoardLinks:
    """Those of one board: its reach stands in each address."""

    is_of_units: bool
    sector: int | None = None

    def of(self, figure: str, span: DateRange, **more: str | int) -> str:
        return self.to(figure=Counted(figure, span.first, span.last).parameter, **more)

    def to(self, **query: str | int) -> str:
        tab = worklists.UNIT if self.is_of_units else worklists.ALL
        sector = {} if self.sector is None else {"sector": self.sector}
        return addresses.list_url(**{"scope": tab, **sector, **query})


def row_of(by: str, key: int | None) -> dict[str, str | int]:
    """The filter for one row of a board: a unit, a sector, or what has none yet."""
    if by == UNIT:
        return {"no_unit": "true"} if key is None else {"lead_unit": key}
    return {"no_sector": "true"} if key is None else {"sector": key}
