"""The one clock of the app.

Verbs ask it, never `timezone.now`, so that an import of old cases and the demo content can tell when
something really happened. Inside `acting_at` the clock stands still at the given instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_instant: ContextVar[datetime | None] = ContextVar("pakn_portal_instant", default=None)


def now() -> datetime:
    """The aware instant at which a verb acts."""
    return _instant.get() or timezone.now()


def today() -> date:
    """The local date of `now`; deadlines are counted in local days."""
    return timezone.localdate(now())


@contextmanager
def acting_at(instant: datetime) -> Iterator[None]:
    """Let everything inside the block happen at `instant` (aware)."""
    token = _instant.set(instant)
    try:
        yield
    finally:
        _instant.reset(token)


def local_date(instant: datetime) -> date:
    """The local day of an aware instant."""
    return timezone.localdate(instant)
