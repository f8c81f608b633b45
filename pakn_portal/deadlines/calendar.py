"""The working calendar of public offices: Monday to Friday, days off, and Saturdays worked in exchange."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

ONE_DAY = timedelta(days=1)
SATURDAY = 5
#: Days off that the Labour Code 2019, Art. 112 fixes by the solar calendar (month, day).
FIXED_DAYS_OFF = ((1, 1), (4, 30), (5, 1), (9, 2))
#: The same article gives five days at Tết; the lunar new year falls between these two days (month, day).
TET_WINDOW = ((1, 15), (3, 5))
TET_DAYS = 5
#: From this month on the days off of the next year are missed: they are announced in autumn.
AUTUMN = 11


class UnknownYear(LookupError):
    """A date matters that lies in a year whose days off are not in the table; nothing is guessed."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return gettext(
            "The days off of %(year)s are not complete, so no deadline in that year can be computed. "
            "Add New Year's Day, the Tết holiday, 30/04, 01/05 and 02/09 of %(year)s to the list "
            "of holidays, then compute again."
        ) % {"year": self.year}


@dataclass(frozen=True)
class Calendar:
    """Answers which days are worked, for the `years` it knows; asks about other years raise UnknownYear.

    `expected` holds those of the other days that the yearly decision may still move: they count, and what
    depends on them is explained. `proposed` holds announced but not yet binding days off: they are counted as
    ordinary days, and explained.
    """

    days_off: Mapping[date, str]
    extra_working_days: Mapping[date, str]
    years: frozenset[int]
    proposed: Mapping[date, str] = field(default_factory=dict)
    expected: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = sorted(set(self.days_off) & set(self.extra_working_days))
        if both:
            raise ValueError(f"both a day off and a working day: {', '.join(map(str, both))}")

    def is_working_day(self, day: date) -> bool:
        if day.year not in self.years:
            raise UnknownYear(day.year)
        if day in self.extra_working_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """`day` itself when it is worked, otherwise the first worked day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def missing_years(self, today: date) -> list[int]:
        """Years whose days off are needed by now and not complete: this one, in autumn the next as well."""
        wanted = [today.year, *([today.year + 1] if today.month >= AUTUMN else [])]
        return [year for year in wanted if year not in self.years]

    def worked_before(self, day: date) -> date:
        """The last worked day before `day`; in a year whose days off are unknown, the day before."""
        before = day - timedelta(days=1)
        while before.year in self.years and not self.is_working_day(before):
            before -= timedelta(days=1)
        return before

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; `start` is never counted (Civil Code 2015, Art. 147)."""
        if count < 0:
            raise ValueError("count must not be negative")
        day = start
        while count:
            day += ONE_DAY
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def calendar_from_rows(rows: Iterable[Any], years: frozenset[int] | None = None) -> Calendar:
    """Build a calendar from Holiday rows, or from tuples (date, name, kind, status).

    A year is known only when its rows are complete (see `is_complete_year`), so that a year of which somebody
    entered two days is not taken for a year with two days off. `years` overrules that.
    """
    days_off: dict[date, str] = {}
    worked: dict[date, str] = {}
    proposed: dict[date, str] = {}
    expected: dict[date, str] = {}
    for row in rows:
        day, name, kind, status = _as_tuple(row)
        if status == "proposed":
            proposed[day] = name
            continue
        if status == "expected":
            expected[day] = name
        if kind == "working_day":
            worked[day] = name
        else:
            days_off[day] = name
    if years is None:
        years = frozenset(year for year in {day.year for day in days_off} if is_complete_year(year, days_off))
    return Calendar(days_off, worked, years, proposed, expected)


def is_complete_year(year: int, days_off: Mapping[date, str]) -> bool:
    """Whether the days off of every year (Labour Code) are there: the four fixed ones and five at Tết."""
    if any(date(year, month, day) not in days_off for month, day in FIXED_DAYS_OFF):
        return False
    first, last = (date(year, month, day) for month, day in TET_WINDOW)
    return sum(first <= day <= last and day.weekday() < SATURDAY for day in days_off) >= TET_DAYS


def _as_tuple(row: Any) -> tuple[date, str, str, str]:
    if isinstance(row, tuple):
        day, name, kind, status = row
        return day, name, kind, status
    return row.date, row.name, row.kind, row.status
