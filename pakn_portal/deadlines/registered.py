"""The working day on which something received counts as registered."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.calendar import ONE_DAY, Calendar

OFFICE_CLOSES = time(17, 0)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def office_closes() -> time:
    """The local time after which something counts from the next working day (OFFICE_HOURS_END)."""
    return time.fromisoformat(portal_settings.OFFICE_HOURS_END)


def registered_on(
    instant: datetime, *, calendar: Calendar, office_closes: time = OFFICE_CLOSES, zone: ZoneInfo = VIETNAM
) -> date:
    """The day of receipt; after office hours or on a day off, the next working day.

    The instant must know its zone (UTC from the database is fine); it is read in `zone`.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    local = instant.astimezone(zone)
    is_late = local.time() > office_closes
    return calendar.next_working_day(local.date() + ONE_DAY if is_late else local.date())
