"""Compute the day a term ends, and keep what happened on the way so that it can be explained.

Civil Code 2015, Art. 147-148: the day of the event is not counted; a term in days ends at 24:00 of its last
day; when that day is a day off, it ends with the next working day. Terms in calendar days and in working
days alike are counted in their own unit, never converted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pakn_portal.deadlines.calendar import ONE_DAY, Calendar
from pakn_portal.deadlines.steps import (
    CountStep,
    Expected,
    Extended,
    RolledOver,
    StillCounted,
    Stood,
    Worked,
    names_of,
    runs_of_days_off,
    runs_of_expected,
)

DayUnit = Literal["wd", "cd"]


@dataclass(frozen=True)
class Term:
    """So many working days ("wd") or calendar days ("cd")."""

    amount: int
    unit: DayUnit

    def __post_init__(self) -> None:
        if self.amount < 1 or self.unit not in ("wd", "cd"):
            raise ValueError(f"not a term: {self.amount} {self.unit}")


@dataclass(frozen=True)
class Halt:
    """The clock stands from `started_on` to `ended_on`, both days included; None: it still stands.

    A day on which the clock stood for a part only is not counted, so asking the sender on the very last day
    leaves that day for afterwards.
    """

    started_on: date
    ended_on: date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.ended_on is not None and self.ended_on < self.started_on:
            raise ValueError("a pause cannot end before it starts")


@dataclass(frozen=True)
class MoreTime:
    """More time, counted after the due date computed so far."""

    term: Term
    reason: str = ""
    legal_basis: str = ""


@dataclass(frozen=True)
class Deadline:
    """`due_on` is None while the clock stands; then `remaining` days (of `remaining_unit`) are left.

    `remaining` may be 0: the term had ended on a day off, it is due on the first working day after the pause.
    `waiting` holds the terms of extensions that begin only after these remaining days.
    """

    term: Term
    starts_on: date
    due_on: date | None
    remaining: int | None
    remaining_unit: DayUnit
    steps: tuple[CountStep, ...]
    waiting: tuple[Term, ...] = ()

    @property
    def is_expected(self) -> bool:
        """It depends on days off that are not decided yet."""
        return any(isinstance(step, Expected) for step in self.steps)

    @property
    def is_paused(self) -> bool:
        return self.due_on is None


def compute_deadline(
    term: Term,
    starts_on: date,
    pauses: Sequence[Halt] = (),
    extensions: Sequence[MoreTime] = (),
    *,
    calendar: Calendar,
) -> Deadline:
    """Count `term` after `starts_on` (itself not counted), then each extension after the date so far.

    Overlapping pauses count once. Raises UnknownYear when a day matters that lies in a year without rows.
    """
    count = _Count(calendar, _merge(pauses), starts_on)
    due_on, unit, waiting = count.run(term), term.unit, []
    for extension in extensions:
        more = extension.term
        count.steps.append(Extended(more.amount, more.unit, extension.reason, extension.legal_basis))
        if due_on is None:
            waiting.append(more)
        else:
            due_on, unit = count.run(more), more.unit
    remaining = count.remaining if due_on is None else None
    return Deadline(term, starts_on, due_on, remaining, unit, tuple(count.steps), tuple(waiting))


class _Count:
    """Walks day by day from where the last term ended, over the merged pauses."""

    def __init__(self, calendar: Calendar, pauses: Sequence[Halt], starts_on: date) -> None:
        self.calendar, self.pauses, self.at = calendar, pauses, starts_on
        self.steps: list[CountStep] = []
        self.remaining = 0
        self._told: set[Halt] = set()

    def run(self, term: Term) -> date | None:
        """The due date of `term` counted after the present position, or None when an open pause stops it."""
        start, passed, self.remaining = self.at, [], term.amount
        rolled_from: date | None = None
        for day in self._running_days():
            is_worked = (term.unit == "wd" or self.remaining <= 1) and self.calendar.is_working_day(day)
            if self.remaining and (term.unit == "cd" or is_worked):
                self.remaining -= 1
            passed.append(day)
            if not self.remaining and is_worked:
                self.at = day
                break
            if not self.remaining and rolled_from is None:
                rolled_from = day
        self._tell(term, start, passed, rolled_from)
        return self.at if self.at > start else None

    def _running_days(self) -> Iterator[date]:
        """Days after the present position on which the clock runs; ends where a pause is still open."""
        day = self.at + ONE_DAY
        while True:
            pause = next((p for p in self.pauses if _covers(p, day)), None)
            if pause is None:
                yield day
                day += ONE_DAY
            elif pause.ended_on is None:
                return
            else:
                day = pause.ended_on + ONE_DAY

    def _tell(self, term: Term, start: date, passed: list[date], rolled_from: date | None) -> None:
        self._tell_days(term, passed)
        until = self.at if self.at > start else date.max
        for pause in self.pauses:
            if pause.started_on <= until and (pause.ended_on or date.max) > start and pause not in self._told:
                self._told.add(pause)
                self.steps.append(Stood(pause.started_on, pause.ended_on, pause.reason))
        on_the_way = passed if term.unit == "wd" else []
        if rolled_from is not None:
            run = _days_off_from(self.calendar, rolled_from)
            self.steps.append(RolledOver(rolled_from, names_of(self.calendar, run)))
            on_the_way = sorted({*on_the_way, *run})
        self.steps.extend(runs_of_expected(self.calendar, on_the_way))

    def _tell_days(self, term: Term, passed: list[date]) -> None:
        if term.unit == "cd":
            return
        self.steps.extend(runs_of_days_off(self.calendar, passed))
        worked, proposed = self.calendar.extra_working_days, self.calendar.proposed
        self.steps.extend(Worked(day, worked[day]) for day in passed if day in worked)
        self.steps.extend(
            StillCounted(day, proposed[day])
            for day in passed
            if day in proposed and self.calendar.is_working_day(day)
        )


def _days_off_from(calendar: Calendar, day: date) -> list[date]:
    """The unbroken days off from `day` on, which moved the end of a term."""
    last = calendar.next_working_day(day)
    return [day + timedelta(days=n) for n in range((last - day).days)]


def _covers(pause: Halt, day: date) -> bool:
    return pause.started_on <= day and (pause.ended_on is None or day <= pause.ended_on)


def _merge(pauses: Sequence[Halt]) -> list[Halt]:
    """Pauses in order of time, with overlapping ones joined into one (their reasons kept, each once)."""
    merged: list[Halt] = []
    for pause in sorted(pauses, key=lambda p: (p.started_on, p.ended_on or date.max)):
        if merged and (merged[-1].ended_on is None or pause.started_on <= merged[-1].ended_on):
            merged[-1] = _joined(merged[-1], pause)
        else:
            merged.append(pause)
    return merged


def _joined(first: Halt, second: Halt) -> Halt:
    ends = (first.ended_on, second.ended_on)
    ended_on = None if None in ends else max(end for end in ends if end)
    reasons = dict.fromkeys(reason for reason in (first.reason, second.reason) if reason)
    return Halt(first.started_on, ended_on, "; ".join(reasons))
