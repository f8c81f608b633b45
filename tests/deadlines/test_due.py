"""One meaning of overdue, due today and due soon, for a date and for rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.deadlines import due
from pakn_portal.deadlines.time_left import time_left
from pakn_portal.snippets.models import Holiday

from .calendars import d, shipped

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 20))


@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("03/03/2026", "05/03/2026"),
        ("05/03/2026", "09/03/2026"),
        ("13/02/2026", "24/02/2026"),
        ("31/12/2027", "02/01/2028"),
    ],
    ids=["in a week", "over a weekend", "over Tet", "a year without rows"],
)
def test_soon_ends_after_so_many_working_days(today: str, last: str) -> None:
    assert due.last_soon_day(d(today), shipped(), within=2) == d(last)


@given(DAYS, st.integers(min_value=-30, max_value=30))
def test_a_badge_says_what_the_ranges_say(today: date, away: int) -> None:
    on, calendar = today + timedelta(days=away), shipped()
    is_soon = due.is_due_soon(on, today, calendar)
    states = {
        "overdue": due.is_overdue(on, today),
        "today": on == today,
        "soon": is_soon and on != today,
        "normal": not is_soon and on > today,
    }
    assert [state for state, is_so in states.items() if is_so] == [time_left(on, today, calendar).state]


@pytest.mark.django_db
def test_rows_are_chosen_as_single_dates_are() -> None:
    today, calendar = d("05/03/2026"), shipped()
    on = [today + timedelta(days=away) for away in range(-5, 10)]
    Holiday.objects.all().delete()
    Holiday.objects.bulk_create(Holiday(date=day, name="thử") for day in on)

    def chosen(condition: object) -> list[date]:
        rows = Holiday.objects.annotate(due_on=F("date")).filter(condition)
        return list(rows.order_by("date").values_list("date", flat=True))

    assert chosen(due.overdue(today)) == [day for day in on if due.is_overdue(day, today)]
    assert chosen(due.due_soon(today, calendar)) == [
        day for day in on if due.is_due_soon(day, today, calendar)
    ]
    assert chosen(due.due_today(today)) == [today]
