"""Decides whose file is read next: one file of each address at a time; who waited longest comes first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pakn_portal.submissions.files.errors import ReaderBusy

#: Addresses whose last turn is remembered; a forgotten one counts as new.
_MOST_KNOWN: Final = 1000


class Turns:
    """`count` files at once, and only one of each address, so that no sender occupies all turns.

    The next turn goes to the address whose last turn ended longest ago, and first of all to one that had
    none: two senders of many files leave every second turn to others. The empty address stands for nobody and
    may have several turns at once.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._reading: set[str] = set()
        self._line: dict[object, str] = {}
        #: Number of the last turn of each address, oldest first.
        self._last: dict[str, int] = {}
        self._ended = 0
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, who: str, *, wait: float) -> Iterator[None]:
        """Waits for at most so many seconds; raises ReaderBusy."""
        self._take(who, wait)
        try:
            yield
        finally:
            self._give_back(who)

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
                self._changed.notify_all()  # the next in line may go now

    def _give_back(self, who: str) -> None:
        with self._changed:
            self._free += 1
            self._reading.discard(who)
            self._ended += 1
            self._last.pop(who, None)
            self._last[who] = self._ended
            if len(self._last) > _MOST_KNOWN:
                del self._last[next(iter(self._last))]
            self._changed.notify_all()

    def _is_next(self, me: object) -> bool:
        may = [one for one, who in self._line.items() if who not in self._reading]
        # if two waited equally long, the one that came first
        longest = min(may, key=lambda one: self._last.get(self._line[one], 0), default=None)
        return self._free > 0 and longest is me
