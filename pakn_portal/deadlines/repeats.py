"""Terms that come round again and again: "every 7 days"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.count import Halt, Term, compute_deadline


@dataclass(frozen=True)
class Repeat:
    """The last time a term came round: its day, and the day of the time before (the start, for the first)."""

    before: date
    on: date


def last_repeat(
    every: Term, starts_on: date, until: date, pauses: Sequence[Halt] = (), *, calendar: Calendar
) -> Repeat | None:
    """The last time up to `until` that `every` came round after `starts_on`; None before the first time.

    The n-th time is the last day of n terms in one, so that days off never shift the ones behind them. A day
    in a year without rows is not reached.
    """

    def nth(times: int) -> date:
        if not times:
            return starts_on
        try:
            many = Term(every.amount * times, every.unit)
            return compute_deadline(many, starts_on, pauses, calendar=calendar).due_on or date.max
        except UnknownYear:
            return date.max

    most = (until - starts_on).days // every.amount
    times = bisect_right(range(1, most + 1), until, key=nth) if most > 0 else 0
    return Repeat(nth(times - 1), nth(times)) if times else None
