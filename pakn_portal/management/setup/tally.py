"""Counts what a run created and what existed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Tally:
    """How many objects a step created, how many existed, and notes for the person who runs it."""

    created: int = 0
    kept: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, is_new: bool) -> None:
        if is_new:
            self.created += 1
        else:
            self.kept += 1

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.created + other.created, self.kept + other.kept, self.notes + other.notes)


#: A step reports its progress as done, total.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Ignores the progress."""
