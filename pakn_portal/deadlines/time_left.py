"""How much time is left, for lists and badges: a state, a number of working days, a phrase, a short one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext, ngettext, npgettext, pgettext

from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.due import is_due_soon, is_overdue

State = Literal["normal", "soon", "today", "overdue", "paused", "none"]


@dataclass(frozen=True)
class TimeLeft:
    """`working_days` left, or late when overdue; None when a year without rows lies in between.
    `paused_on`: since when nothing is due, because the term stands.
    """

    state: State
    working_days: int | None = None
    paused_on: date | None = None

    @property
    def phrase(self) -> str:
        return phrase(self)

    @property
    def short(self) -> str:
        return short(self)


def time_left(
    due_on: date | None,
    today: date,
    calendar: Calendar,
    *,
    soon_within: int | None = None,
    paused_on: date | None = None,
) -> TimeLeft:
    """Never raises, because a list must stay readable: an unknown year only leaves out the number."""
    if due_on is None:
        return TimeLeft("paused", paused_on=paused_on) if paused_on is not None else TimeLeft("none")
    if due_on == today:
        return TimeLeft("today", 0)
    days = _working_days(min(due_on, today), max(due_on, today), calendar)
    if is_overdue(due_on, today):
        return TimeLeft("overdue", days)
    is_soon = is_due_soon(due_on, today, calendar, within=soon_within)
    return TimeLeft("soon" if is_soon else "normal", days)


def phrase(left: TimeLeft) -> str:
    """In the active language: "còn 3 ngày làm việc", "hết hạn hôm nay", "quá hạn 2 ngày làm việc"."""
    if left.state == "none":
        return gettext("no due date now")
    if left.paused_on is not None:
        return gettext("paused since %(day)s") % {"day": f"{left.paused_on:%d/%m/%Y}"}
    if left.state == "today":
        return gettext("due today")
    if left.state == "overdue":
        return _overdue(left.working_days)
    if left.working_days is None:
        return gettext("not due yet")
    return ngettext("%(count)s working day left", "%(count)s working days left", left.working_days) % {
        "count": left.working_days
    }


def short(left: TimeLeft) -> str:
    """The same for a narrow column, always beside `phrase` in a tooltip and for screen readers: "còn 3 ngày",
    "hôm nay", "quá 2 ngày". The days are working days.
    """
    if left.paused_on is not None:
        return pgettext("time left", "paused since %(day)s") % {"day": f"{left.paused_on:%d/%m}"}
    if left.state == "today":
        return pgettext("time left", "today")
    if not left.working_days:
        return phrase(left)
    if left.state == "overdue":
        said = npgettext("time left", "%(count)s day late", "%(count)s days late", left.working_days)
    else:
        said = npgettext("time left", "%(count)s day left", "%(count)s days left", left.working_days)
    return said % {"count": left.working_days}


def _overdue(days: int | None) -> str:
    if not days:
        # Due on Friday, looked at on Saturday: late, though no working day has passed.
        return gettext("overdue")
    return ngettext("%(count)s working day overdue", "%(count)s working days overdue", days) % {"count": days}


def _working_days(first: date, last: date, calendar: Calendar) -> int | None:
    try:
        return calendar.working_days_between(first, last)
    except UnknownYear:
        return None
