"""What "overdue", "due today", "due soon" and "on time" mean: once for one date, once for many rows.

Before today is overdue, today is due today, from today up to the last day that is soon is due soon. **What
is due today is due soon as well**, for whoever looks at what is due soon must not miss it. Where it is told
apart (the digest, a badge), it is named first.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q

from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.calendar import Calendar, UnknownYear


def is_overdue(due_on: date | None, today: date) -> bool:
    """Its last day is over. What has no due date is never overdue."""
    return due_on is not None and due_on < today


def overdue(today: date, column: str = "due_on") -> Q:
    """As `is_overdue`, of rows."""
    return Q(**{f"{column}__lt": today})


def due_today(today: date, column: str = "due_on") -> Q:
    return Q(**{column: today})


def last_soon_day(today: date, calendar: Calendar, *, within: int | None = None) -> date:
    """The last day that counts as "due soon": `within` working days from today (DUE_SOON_WORKING_DAYS).

    Without a table for the year, that many calendar days.
    """
    days = int(portal_settings.DUE_SOON_WORKING_DAYS) if within is None else within
    try:
        return calendar.add_working_days(today, days)
    except UnknownYear:
        return today + timedelta(days=days)


def is_due_soon(due_on: date, today: date, calendar: Calendar, *, within: int | None = None) -> bool:
    """Today or within so many working days."""
    return today <= due_on <= last_soon_day(today, calendar, within=within)


def due_soon(today: date, calendar: Calendar, column: str = "due_on") -> Q:
    """As `is_due_soon`, of rows."""
    return Q(**{f"{column}__range": (today, last_soon_day(today, calendar))})


def due_later(today: date, calendar: Calendar, column: str = "due_on") -> Q:
    """After the last day that is soon."""
    return Q(**{f"{column}__gt": last_soon_day(today, calendar)})


def on_time() -> Q:
    """Of what is closed: on the day it was due, or before."""
    return Q(closed_on__lte=F("due_on"))


def late() -> Q:
    """Of what is closed: on a later day than the one it was due."""
    return Q(closed_on__gt=F("due_on"))
