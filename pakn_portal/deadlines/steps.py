"""What happened while a deadline was counted: the parts that `explain` turns into a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pakn_portal.deadlines.calendar import SATURDAY, Calendar


@dataclass(frozen=True)
class Skipped:
    """A run of days off that was not counted; weekends between two named days belong to the run."""

    first: date
    last: date
    names: tuple[str, ...]


@dataclass(frozen=True)
class Worked:
    """A weekend day that was counted, because it is worked in exchange for another."""

    day: date
    name: str


@dataclass(frozen=True)
class StillCounted:
    """A proposed day off that was counted, because it does not bind yet."""

    day: date
    name: str


@dataclass(frozen=True)
class Expected:
    """Days off, or days worked in exchange, on which the end depends and which may still be moved."""

    first: date
    last: date
    names: tuple[str, ...]


@dataclass(frozen=True)
class Stood:
    """The clock stood from `first` to `last` (None: it still stands)."""

    first: date
    last: date | None
    reason: str


@dataclass(frozen=True)
class RolledOver:
    """The last day `ended_on` was a day off (names empty: a weekend) or paused, so the term ends later."""

    ended_on: date
    names: tuple[str, ...]


@dataclass(frozen=True)
class Extended:
    amount: int
    unit: str
    reason: str
    legal_basis: str


CountStep = Skipped | Worked | StillCounted | Expected | Stood | RolledOver | Extended


def runs_of_days_off(calendar: Calendar, days: Iterable[date]) -> list[Skipped]:
    """Group the named days off among `days` into runs, closing over weekends that lie between two of them."""
    runs = _runs(calendar, (day for day in days if day in calendar.days_off))
    return [Skipped(run[0], run[-1], names_of(calendar, run)) for run in runs]


def runs_of_expected(calendar: Calendar, days: Iterable[date]) -> list[Expected]:
    """The same of the days that are only expected."""
    runs = _runs(calendar, (day for day in days if day in calendar.expected))
    return [
        Expected(run[0], run[-1], tuple(dict.fromkeys(calendar.expected[day] for day in run))) for run in runs
    ]


def _runs(calendar: Calendar, named: Iterable[date]) -> list[list[date]]:
    groups: list[list[date]] = []
    for day in sorted(named):
        if groups and _only_weekend_between(calendar, groups[-1][-1], day):
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def names_of(calendar: Calendar, days: Iterable[date]) -> tuple[str, ...]:
    """The names of these days off, each once, in order; a bare weekend has none."""
    return tuple(dict.fromkeys(calendar.days_off[day] for day in days if day in calendar.days_off))


def _only_weekend_between(calendar: Calendar, first: date, second: date) -> bool:
    between = [first + timedelta(days=n) for n in range(1, (second - first).days)]
    return all(day.weekday() >= SATURDAY and day not in calendar.extra_working_days for day in between)
