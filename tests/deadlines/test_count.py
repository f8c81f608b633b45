from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.count import Deadline, Halt, MoreTime, Term, compute_deadline
from pakn_portal.deadlines.steps import Skipped

from .calendars import d, days, pauses, shipped, terms


def compute(term: Term, start: date, *args: object, calendar: Calendar | None = None) -> Deadline:
    return compute_deadline(term, start, *args, calendar=calendar or shipped())  # type: ignore[arg-type]


def due(term: Term, start: date, *args: object, calendar: Calendar | None = None) -> date:
    due_on = compute(term, start, *args, calendar=calendar).due_on
    assert due_on is not None
    return due_on


@pytest.mark.parametrize(
    ("amount", "unit", "start", "due_on"),
    [
        (10, "wd", "12/02/2026", "05/03/2026"),  # over Tết 14-22/02
        (1, "wd", "13/02/2026", "23/02/2026"),
        (20, "cd", "26/01/2026", "23/02/2026"),  # the last day, 15/02, lies inside Tết
        (5, "wd", "31/12/2025", "09/01/2026"),  # 01 and 02/01 off, year crossing
        (6, "wd", "31/12/2025", "10/01/2026"),  # due on the Saturday that is worked
        (2, "wd", "28/08/2026", "04/09/2026"),  # 31/08-02/09 off
        (20, "cd", "05/03/2026", "25/03/2026"),
        (9, "cd", "05/03/2026", "16/03/2026"),  # the last day is a Saturday
        (1, "wd", "28/02/2024", "29/02/2024"),
        (1, "cd", "28/02/2023", "01/03/2023"),
        (60, "cd", "03/07/2026", "03/09/2026"),  # ends 01/09, a holiday
        (5, "cd", "27/12/2018", "02/01/2019"),  # only the last day asks the calendar
    ],
)
def test_due_dates(amount: int, unit: str, start: str, due_on: str) -> None:
    assert due(Term(amount, unit), d(start)) == d(due_on)


@pytest.mark.parametrize(
    ("amount", "unit", "start"), [(5, "wd", "28/12/2027"), (20, "cd", "20/12/2027"), (1, "wd", "27/12/2018")]
)
def test_a_year_without_rows_is_never_guessed(amount: int, unit: str, start: str) -> None:
    with pytest.raises(UnknownYear):
        compute(Term(amount, unit), d(start))


@pytest.mark.parametrize(("amount", "unit"), [(0, "wd"), (-1, "cd"), (3, "weeks")])
def test_what_is_not_a_term(amount: int, unit: str) -> None:
    with pytest.raises(ValueError, match="not a term"):
        Term(amount, unit)  # type: ignore[arg-type]


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="pause"):
        Halt(d("06/03/2026"), d("05/03/2026"))


def test_pause_in_working_days() -> None:
    # Tuesday to Friday: four working days.
    assert due(Term(5, "wd"), d("02/03/2026"), [Halt(d("03/03/2026"), d("06/03/2026"))]) == d("13/03/2026")


def test_pause_in_calendar_days_moves_by_the_paused_days() -> None:
    # 07/03 + 4 = 11/03.
    assert due(Term(5, "cd"), d("02/03/2026"), [Halt(d("03/03/2026"), d("06/03/2026"))]) == d("11/03/2026")


def test_overlapping_pauses_count_once() -> None:
    two = [Halt(d("04/03/2026"), d("06/03/2026")), Halt(d("03/03/2026"), d("05/03/2026"))]
    one = [Halt(d("03/03/2026"), d("06/03/2026"))]
    assert due(Term(5, "wd"), d("02/03/2026"), two) == due(Term(5, "wd"), d("02/03/2026"), one)


def test_open_pause_leaves_days() -> None:
    deadline = compute(Term(5, "wd"), d("02/03/2026"), [Halt(d("05/03/2026"))])
    assert (deadline.due_on, deadline.remaining, deadline.remaining_unit) == (None, 3, "wd")
    assert deadline.is_paused


def test_pausing_on_the_last_day_leaves_that_day() -> None:
    assert compute(Term(5, "wd"), d("02/03/2026"), [Halt(d("09/03/2026"))]).remaining == 1
    assert due(Term(5, "wd"), d("02/03/2026"), [Halt(d("09/03/2026"), d("13/03/2026"))]) == d("16/03/2026")


def test_pausing_after_the_term_ended_on_a_day_off() -> None:
    # 20 days end on Sunday 15/03; the due Monday is paused.
    deadline = compute(Term(20, "cd"), d("23/02/2026"), [Halt(d("16/03/2026"))])
    assert (deadline.due_on, deadline.remaining) == (None, 0)
    assert due(Term(20, "cd"), d("23/02/2026"), [Halt(d("16/03/2026"), d("18/03/2026"))]) == d("19/03/2026")


def test_pauses_outside_the_term_do_nothing() -> None:
    outside = [Halt(d("01/01/2026"), d("02/03/2026")), Halt(d("10/03/2026"))]
    assert due(Term(5, "wd"), d("02/03/2026"), outside) == d("09/03/2026")


def test_extensions_count_after_the_due_date_so_far() -> None:
    more = [MoreTime(Term(10, "wd")), MoreTime(Term(5, "cd"))]
    # 20 days: 25/03; 10 working days: 08/04; 5 days: 13/04.
    assert due(Term(20, "cd"), d("05/03/2026"), (), more) == d("13/04/2026")


def test_an_open_pause_in_the_extension() -> None:
    more = [MoreTime(Term(10, "wd")), MoreTime(Term(5, "cd"))]
    deadline = compute(Term(20, "cd"), d("05/03/2026"), [Halt(d("27/03/2026"))], more)
    assert (deadline.due_on, deadline.remaining, deadline.remaining_unit) == (None, 9, "wd")
    assert deadline.waiting == (Term(5, "cd"),)


@given(terms, st.lists(pauses(), max_size=3), days, days)
def test_monotone_in_start(term: Term, stops: list[Halt], one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert due(term, first, stops) <= due(term, second, stops)


@given(terms, st.lists(pauses(), max_size=3), days, st.integers(1, 30))
def test_monotone_in_amount(term: Term, stops: list[Halt], start: date, more: int) -> None:
    assert due(term, start, stops) <= due(Term(term.amount + more, term.unit), start, stops)


@given(terms, st.lists(pauses(), max_size=3), days, st.lists(terms, max_size=2))
def test_due_is_a_working_day_on_which_the_clock_runs(
    term: Term, stops: list[Halt], start: date, more: list[Term]
) -> None:
    due_on = due(term, start, stops, [MoreTime(extra) for extra in more])
    assert due_on > start
    assert shipped().is_working_day(due_on)
    assert not any(stop.started_on <= due_on <= stop.ended_on for stop in stops if stop.ended_on)


@given(terms, days, st.integers(1, 60))
def test_a_new_holiday_never_makes_it_earlier(term: Term, start: date, after: int) -> None:
    day = start + timedelta(days=after)
    assume(day not in shipped().extra_working_days)
    calendar = Calendar({**shipped().days_off, day: "mới"}, shipped().extra_working_days, shipped().years)
    assert due(term, start) <= due(term, start, calendar=calendar)


@given(st.integers(1, 60), days, st.data())
def test_a_pause_shifts_by_its_working_days(amount: int, start: date, data: st.DataObject) -> None:
    plain = due(Term(amount, "wd"), start)
    first = data.draw(st.dates(start + timedelta(days=1), plain))
    last = first + timedelta(days=data.draw(st.integers(0, 20)))
    paused = due(Term(amount, "wd"), start, [Halt(first, last)])
    in_pause = shipped().working_days_between(first - timedelta(days=1), last)
    assert shipped().working_days_between(plain, paused) == in_pause


@given(st.integers(1, 60), days, st.data())
def test_a_pause_shifts_calendar_days_by_its_days(amount: int, start: date, data: st.DataObject) -> None:
    end = start + timedelta(days=amount)
    first = data.draw(st.dates(start + timedelta(days=1), end))
    length = data.draw(st.integers(1, 20))
    paused = due(Term(amount, "cd"), start, [Halt(first, first + timedelta(days=length - 1))])
    assert paused == shipped().next_working_day(end + timedelta(days=length))


@given(terms, days, terms)
def test_an_extension_is_later(term: Term, start: date, more: Term) -> None:
    assert due(term, start, (), [MoreTime(more)]) > due(term, start)


@given(st.integers(1, 60), days)
def test_each_skipped_holiday_is_told(amount: int, start: date) -> None:
    deadline = compute(Term(amount, "wd"), start)
    passed = [day for day in shipped().days_off if start < day < deadline.due_on]
    told = [step for step in deadline.steps if isinstance(step, Skipped)]
    assert all(any(run.first <= day <= run.last for run in told) for day in passed)
    assert {name for run in told for name in run.names} == {shipped().days_off[day] for day in passed}


@given(terms, days, pauses())
def test_an_open_pause_resumed_gives_the_same_count(term: Term, start: date, stop: Halt) -> None:
    opened = compute(term, start, [Halt(stop.started_on)])
    assume(opened.due_on is None and opened.remaining)
    assume(stop.ended_on is not None and stop.ended_on >= start)
    resumed = due(term, start, [stop])
    assert resumed == due(Term(opened.remaining, term.unit), stop.ended_on)
