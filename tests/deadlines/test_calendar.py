from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.deadlines.calendar import Calendar, UnknownYear, calendar_from_rows, is_complete_year

from .calendars import d, days, shipped


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("13/02/2026", True),  # the Friday before Tết
        ("16/02/2026", False),
        ("23/02/2026", True),
        ("02/01/2026", False),  # swapped with
        ("10/01/2026", True),  # this Saturday
        ("17/01/2026", False),  # an ordinary one
        ("05/01/2019", True),  # worked for 31/12/2018
        ("29/04/2019", False),
        ("04/05/2019", True),
        ("03/09/2018", None),
        ("02/09/2023", False),  # a Saturday,
        ("04/09/2023", False),  # made up for on Monday
        ("26/04/2025", True),
        ("02/05/2025", False),
        ("24/11/2026", True),  # only proposed
        ("29/02/2024", True),
        ("03/05/2022", False),
    ],
)
def test_which_days_are_worked(day: str, is_worked: bool | None) -> None:
    if is_worked is None:
        with pytest.raises(UnknownYear):
            shipped().is_working_day(d(day))
    else:
        assert shipped().is_working_day(d(day)) == is_worked


def test_the_shipped_rows_know_2019_to_2027_but_not_2018() -> None:
    # 31/12/2018 is there for its swap with 05/01/2019; one day does not make a year.
    assert shipped().years == frozenset(range(2019, 2028))


def test_national_day_on_a_sunday_moves_to_monday() -> None:
    rows = [(date(2029, 9, 2), "Quốc khánh 2/9", "day_off", "in_force")]
    rows.append((date(2029, 9, 3), "Nghỉ bù Quốc khánh 2/9", "day_off", "in_force"))
    calendar = calendar_from_rows(rows, years=frozenset({2029}))
    assert calendar.add_working_days(date(2029, 8, 31), 1) == date(2029, 9, 4)


def test_a_year_with_a_few_rows_is_not_complete() -> None:
    half = {day: "x" for day in shipped().days_off if day.year == 2026 and day.month != 2}
    assert not is_complete_year(2026, half)
    assert is_complete_year(2026, shipped().days_off)


def test_proposed_rows_are_reported_and_ignored() -> None:
    assert shipped().proposed == {
        date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
        date(2027, 11, 24): "Ngày Văn hóa Việt Nam",
    }


def test_rows_may_be_objects() -> None:
    class Row:
        date, name, kind, status = date(2026, 1, 10), "Làm bù", "working_day", "in_force"

    assert calendar_from_rows([Row()]).extra_working_days == {date(2026, 1, 10): "Làm bù"}


def test_a_day_cannot_be_both() -> None:
    day = date(2026, 1, 10)
    with pytest.raises(ValueError, match="2026-01-10"):
        Calendar({day: "off"}, {day: "on"}, frozenset({2026}))


def test_unknown_year_says_what_to_do() -> None:
    with override("en"):
        sentence = str(UnknownYear(2028))
    assert "2028" in sentence
    assert "list of holidays" in sentence


@given(days, st.integers(0, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = shipped().add_working_days(start, count)
    assert shipped().working_days_between(start, end) == count
    assert shipped().working_days_between(end, start) == -count


@given(days, st.integers(0, 300))
def test_counting_agrees_with_the_definition(first: date, length: int) -> None:
    span = [first + timedelta(days=n) for n in range(1, length + 1)]
    expected = sum(
        (day.weekday() < 5 and day not in shipped().days_off) or day in shipped().extra_working_days
        for day in span
    )
    assert shipped().working_days_between(first, first + timedelta(days=length)) == expected
