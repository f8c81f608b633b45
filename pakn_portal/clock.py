"""The one clock of the app.

Verbs ask it, never `timezone.now`, so that an import of old cases and the demo content can tell when
something really happened. Inside `acting_at` the clock stands still at the given instant.

Days and hours are those of the section's own zone (`PAKN_PORTAL["TIME_ZONE"]`), whatever zone the portal or
the reader's account has: nothing else of the app asks Django for a local time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from pakn_portal.conf import portal_settings

_instant: ContextVar[datetime | None] = ContextVar("pakn_portal_instant", default=None)


def now() -> datetime:
    """The aware instant at which a verb acts."""
    return _instant.get() or timezone.now()


def today() -> date:
    """The date of `now` in the section's zone; deadlines are counted in local days."""
    return local_date(now())


@contextmanager
def acting_at(instant: datetime) -> Iterator[None]:
    """Let everything inside the block happen at `instant` (aware)."""
    token = _instant.set(instant)
    try:
        yield
    finally:
        _instant.reset(token)


def local_date(instant: datetime) -> date:
    """The day of an aware instant in the section's zone."""
    return local(instant).date()


def local(instant: datetime) -> datetime:
    """An aware instant as the section's clocks show it."""
    return instant.astimezone(zone())


def zone() -> ZoneInfo:
    return ZoneInfo(portal_settings.TIME_ZONE)


def in_zone() -> AbstractContextManager[Any]:
    """Let Django read and write times in the section's zone inside the block."""
    return timezone.override(zone())
