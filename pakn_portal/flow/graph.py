"""A procedure's moves as one table: who may do what from where, where it leads, what it does to the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.module_loading import import_string

from pakn_portal.people.actor import Actor

#: Why this person may not carry out the move on this subject now, as a sentence; empty when they may. Reads,
#: never writes; it may be asked under the lock of the move and, for a button, without it.
Guard = Callable[[Any, Actor], str]

#: The target of a move that leads back to where the subject was before it was paused.
RESUME: Final = "resume"


@dataclass(frozen=True)
class Transition:
    """One row. `verb`, and each of `sources` and `rights`, is a member of the procedure's own choices."""

    verb: TextChoices
    sources: frozenset[str]
    #: None: the status stays; a status to go to; `RESUME`: see `Procedure.status_before`.
    target: str | None
    rights: frozenset[str]
    #: What it does to the subject's clock, in the procedure's own words; see `Procedure.run_clock`.
    clock: str = ""
    #: Dotted path of a guard that tells what the move is about and is not there: nothing to submit, nothing
    #: to correct. A screen then shows no button. Paths, because the rooms of the guards lie further down.
    needs: str = ""
    #: The same for a guard that tells what forbids it. A screen then shows the button, shut.
    refuses: str = ""
    #: Dotted path of a part `(move) -> None` that is done within the move once the body of the verb is done,
    #: because in this procedure the one follows from the other.
    then: str = ""

    def lack(self, subject: Any, by: Actor) -> str:
        """The sentence of `needs`."""
        return _ask(self.needs, subject, by)

    def refusal(self, subject: Any, by: Actor) -> str:
        """The sentence of `refuses`."""
        return _ask(self.refuses, subject, by)

    def do_then(self, move: Any) -> None:
        """Carry out the part that follows, if there is one."""
        if self.then:
            import_string(self.then)(move)


def _ask(path: str, subject: Any, by: Actor) -> str:
    if not path:
        return ""
    guard: Guard = import_string(path)
    return guard(subject, by)


@dataclass(frozen=True, kw_only=True)
class Graph:
    """The moves of one procedure and the words they are made of."""

    #: What subjects of it call it: their `procedure`.
    name: str
    verbs: type[TextChoices]
    statuses: type[TextChoices]
    transitions: tuple[Transition, ...]
    #: The verb that opens a subject and has no row.
    opening: str
    #: A line of these in the register says nothing without the words that go with it.
    needs_note: frozenset[str] = frozenset()
    #: To look or to leave word is no change: nobody who is writing meanwhile is told that somebody was
    #: faster.
    no_change: frozenset[str] = frozenset()
    #: Carried out whatever happened to the subject since it was read, by whoever had the right then.
    regardless: frozenset[str] = frozenset()
    #: Rights of whoever has no account: nobody presses a button by them.
    without_account: frozenset[str] = frozenset()

    def find(self, verb: str, status: str) -> Transition | None:
        """The row for this verb from this status, or None when the move is illegal."""
        return next((row for row in self.transitions if row.verb == verb and status in row.sources), None)

    def rights_to(self, verb: str) -> frozenset[str]:
        """Any of these is the right to the move, from one status or another."""
        return frozenset().union(*(row.rights for row in self.transitions if row.verb == verb))

    def leaving(self, status: str) -> list[Transition]:
        """All moves out of a status, in the order of the table."""
        return [row for row in self.transitions if status in row.sources]


@dataclass
class OpenMove:
    """A move that this person has the right to from where the subject stands, and whether it can be made
    now. Its guards are asked when somebody reads what they say, and once.
    """

    transition: Transition
    subject: Any
    by: Actor

    @property
    def verb(self) -> TextChoices:
        return self.transition.verb

    @cached_property
    def lack(self) -> str:
        """What is missing that the move is about; empty when it is there."""
        return self.transition.lack(self.subject, self.by)

    @cached_property
    def refusal(self) -> str:
        """What forbids it; empty when nothing does."""
        return self.transition.refusal(self.subject, self.by)
