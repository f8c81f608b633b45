"""Reports the progress of a long check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Row = TypeVar("Row")
#: Done, total.
Progress = Callable[[int, int], None]
EVERY = 1000


def silent(done: int, total: int) -> None:
    """Ignores the progress."""


def counted(rows: Iterable[Row], total: int, progress: Progress) -> Iterator[Row]:
    """The rows; reports the progress after every thousand and at the end."""
    done = 0
    for row in rows:
        yield row
        done += 1
        if done % EVERY == 0:
            progress(done, total)
    progress(done, total)
