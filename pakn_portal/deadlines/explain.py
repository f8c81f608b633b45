"""Say in one sentence how a due date came about, in the active language.

"10 ngày làm việc từ 12/02/2026; bỏ qua 14–22/02 (Tết Nguyên đán); đến hạn thứ Năm 05/03/2026"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, ngettext

from pakn_portal.deadlines.calendar import SATURDAY, Calendar, UnknownYear
from pakn_portal.deadlines.count import DayUnit, Deadline
from pakn_portal.deadlines.registered import office_closes
from pakn_portal.deadlines.steps import (
    CountStep,
    Expected,
    Extended,
    RolledOver,
    Skipped,
    StillCounted,
    Stood,
    Worked,
)
from pakn_portal.snippets.weekdays import long_date, weekday

__all__ = ["amount_of_days", "expected", "explain", "explain_registration", "explain_reopening", "long_date"]


def explain(deadline: Deadline) -> str:
    """The whole sentence: the term, what was skipped or added on the way, the due date or what is left."""
    year = deadline.starts_on.year
    middle = [_PARTS[kind](list(steps), year) for kind, steps in groupby(deadline.steps, key=type)]
    start = gettext("%(term)s from %(date)s") % {
        "term": amount_of_days(deadline.term.amount, deadline.term.unit),
        "date": _full(deadline.starts_on),
    }
    return "; ".join([start, *middle, _end(deadline)])


def expected(text: str) -> str:
    """A due date that depends on days off that are not decided yet."""
    return gettext("%(date)s (expected)") % {"date": text}


def explain_registration(received_at: datetime, registered_on: date, calendar: Calendar) -> str:
    """Why something counts from a later day than it came in; `received_at` is local."""
    told = {
        "time": f"{received_at:%H:%M}",
        "date": long_date(received_at.date()),
        "registered": long_date(registered_on),
        "name": calendar.days_off.get(received_at.date(), ""),
    }
    if _is_day_off(received_at.date(), calendar):
        if told["name"]:
            return (
                gettext(
                    "It came in on %(date)s, a day off (%(name)s), so it counts from the next working day, "
                    "%(registered)s"
                )
                % told
            )
        return (
            gettext(
                "It came in on %(date)s, a day off, so it counts from the next working day, %(registered)s"
            )
            % told
        )
    if received_at.time() > office_closes():
        return (
            gettext(
                "It came in at %(time)s on %(date)s, after office hours, so it counts from the next working "
                "day, %(registered)s"
            )
            % told
        )
    return gettext("It came in on %(date)s and counts from %(registered)s") % told


def explain_reopening(registered_on: date, reopened_on: date) -> str:
    """Of what was re-opened: since when it is in the register, and from where its new term counts."""
    return gettext("Registered on %(registered)s; re-opened on %(date)s, from when the term counts anew") % {
        "registered": _full(registered_on),
        "date": _full(reopened_on),
    }


def _is_day_off(day: date, calendar: Calendar) -> bool:
    try:
        return not calendar.is_working_day(day)
    except UnknownYear:
        return day.weekday() >= SATURDAY


def amount_of_days(count: int, unit: DayUnit | str) -> str:
    """ "10 ngày làm việc" or "20 ngày (kể cả ngày nghỉ)"."""
    if unit == "wd":
        return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}
    return ngettext("%(count)s calendar day", "%(count)s calendar days", count) % {"count": count}


def _end(deadline: Deadline) -> str:
    if deadline.due_on is not None:
        return gettext("due %(date)s") % {"date": long_date(deadline.due_on)}
    if not deadline.remaining:
        return gettext("due on the first working day after the pause")
    left = amount_of_days(deadline.remaining, deadline.remaining_unit)
    if deadline.waiting:
        return gettext("%(days)s left, and then the extension, once the clock runs again") % {"days": left}
    return gettext("%(days)s left once the clock runs again") % {"days": left}


def _skipped(steps: list[Skipped], year: int) -> str:
    runs = [f"{_span(run.first, run.last, year)} ({', '.join(run.names)})" for run in steps]
    return gettext("skipping %(days)s") % {"days": ", ".join(runs)}


def _worked(steps: list[Worked], year: int) -> str:
    return gettext("counting also %(days)s") % {"days": _named(steps, year)}


def _still_counted(steps: list[StillCounted], year: int) -> str:
    return gettext("still counting %(days)s, a day off only proposed") % {"days": _named(steps, year)}


def _expected(steps: list[Expected], year: int) -> str:
    runs = [f"{_span(run.first, run.last, year)} ({', '.join(run.names)})" for run in steps]
    return gettext("expected, for the days off are not decided yet: %(days)s") % {"days": ", ".join(runs)}


def _stood(steps: list[Stood], year: int) -> str:
    return "; ".join(_one_pause(step, year) for step in steps)


def _one_pause(step: Stood, year: int) -> str:
    if step.last is None:
        text = gettext("paused since %(date)s") % {"date": _short(step.first, year)}
    else:
        text = gettext("paused %(days)s") % {"days": _span(step.first, step.last, year)}
    return f"{text}: {step.reason}" if step.reason else text


def _rolled_over(steps: list[RolledOver], year: int) -> str:
    return "; ".join(
        gettext("the last day, %(date)s, is a day off (%(name)s), so the next working day counts")
        % {"date": _short(step.ended_on, year), "name": ", ".join(step.names) or weekday(step.ended_on)}
        for step in steps
    )


def _extended(steps: list[Extended], year: int) -> str:
    return "; ".join(_one_extension(step) for step in steps)


def _one_extension(step: Extended) -> str:
    text = gettext("extended by %(term)s") % {"term": amount_of_days(step.amount, step.unit)}
    if step.reason:
        text = f"{text}: {step.reason.rstrip(' .;')}"
    return f"{text} ({step.legal_basis})" if step.legal_basis else text


_PARTS: dict[type[CountStep], Callable[[list[Any], int], str]] = {
    Skipped: _skipped,
    Worked: _worked,
    StillCounted: _still_counted,
    Expected: _expected,
    Stood: _stood,
    RolledOver: _rolled_over,
    Extended: _extended,
}


def _named(steps: Iterable[Worked | StillCounted], year: int) -> str:
    return ", ".join(f"{_short(step.day, year)} ({step.name})" for step in steps)


def _span(first: date, last: date, year: int) -> str:
    """ "14–22/02", "30/04–03/05"; the year only where it is not the year the term started in."""
    if first == last:
        return _short(first, year)
    if first.year != last.year:
        return f"{_full(first)}–{_full(last)}"
    if first.month == last.month:
        return f"{first:%d}–{_short(last, year)}"
    return f"{first:%d/%m}–{_short(last, year)}"


def _short(day: date, year: int) -> str:
    return f"{day:%d/%m}" if day.year == year else _full(day)


def _full(day: date) -> str:
    return f"{day:%d/%m/%Y}"
