"""The calendar of the shipped rows, and days for property tests."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from hypothesis import strategies as st

from pakn_portal.deadlines.calendar import Calendar, calendar_from_rows
from pakn_portal.deadlines.count import Halt, Term
from pakn_portal.snippets.starter_rows import read as starter_rows


@lru_cache
def shipped() -> Calendar:
    return calendar_from_rows(
        (date.fromisoformat(row["date"]), row["name"], row["kind"], row["status"])
        for row in starter_rows("holidays")
    )


def d(text: str) -> date:
    """A date as Vietnam writes it: d("12/02/2026")."""
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


days = st.dates(date(2019, 1, 1), date(2026, 6, 30))
terms = st.builds(Term, st.integers(1, 60), st.sampled_from(["wd", "cd"]))


@st.composite
def pauses(draw: st.DrawFn) -> Halt:
    start = draw(st.dates(date(2019, 1, 1), date(2026, 9, 30)))
    return Halt(start, date.fromordinal(start.toordinal() + draw(st.integers(0, 20))))
