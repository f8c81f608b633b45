"""The app's only source of the current time.

Verbs call it and never `timezone.now`, so that an import of old cases and the demo content can record when
something really happened. Inside `acting_at` the time is fixed at the given instant.

Days and hours are those of the section's own zone (`PAKN_PORTAL["TIME_ZONE"]`), whatever the zone of the
portal or of the reader's account: nothing else in the app asks Django for a local time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from pakn_portal.conf import portal_settings

_instant: ContextVar[datetime | None] = ContextVar("pakn_portal_instant", default=None)


def now() -> datetime:
    """The aware instant at which a verb acts."""
    return _instant.get() or timezone.now()


def today() -> date:
    """The date of `now` in the section's zone; deadlines count local days."""
    return local_date(now())


@contextmanager
def acting_at(instant: datetime) -> Iterator[None]:
    """Run the block as if the current time were `instant` (aware)."""
    token = _instant.set(instant)
    try:
        yield
    finally:
        _instant.reset(token)


def local_date(instant: datetime) -> date:
    """The date of an aware instant in the section's zone."""
    return local(instant).date()


def local(instant: datetime) -> datetime:
    """An aware instant converted to the section's zone."""
    return instant.astimezone(zone())


def start_of(day: date) -> datetime:
    """The instant at which a day begins in the section's zone."""
    return datetime.combine(day, time(), tzinfo=zone())


def zone() -> ZoneInfo:
    return ZoneInfo(portal_settings.TIME_ZONE)


def in_zone() -> AbstractContextManager[Any]:
    """Make Django parse and format times in the section's zone inside the block."""
    return timezone.override(zone())
