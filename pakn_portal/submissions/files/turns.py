"""Who has a file read now: one file of each address at a time, in the order they came."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pakn_portal.submissions.files.errors import ReaderBusy


class Turns:
    """`count` files at once, and of one address only one, so that no sender holds them all.

    The empty address is nobody's and may have several.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._reading: set[str] = set()
        self._line: dict[object, str] = {}
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, who: str, *, wait: float) -> Iterator[None]:
        """Waits so many seconds at most; raises ReaderBusy."""
        self._take(who, wait)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._reading.discard(who)
                self._changed.notify_all()

    def _take(self, who: str, wait: float) -> None:
        me = object()
        with self._changed:
            self._line[me] = who
            try:
                if not self._changed.wait_for(lambda: self._is_next(me), timeout=wait):
                    raise ReaderBusy
                self._free -= 1
                self._reading |= {who} if who else set()
            finally:
                del self._line[me]
                self._changed.notify_all()  # who stood behind may be next

    def _is_next(self, me: object) -> bool:
        may = (one for one, who in self._line.items() if who not in self._reading)
        return self._free > 0 and next(may, None) is me
