"""What a procedure says of its subjects, and where it is known by its name.

A subject is a model with `number` (unique, never changes), `status`, `version` (of what was read), a class
attribute `procedure`, and a register: a concrete `register.models.AbstractEvent` whose foreign key to it has
the related name `events`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Model
from django.dispatch import Signal

from pakn_portal import signals
from pakn_portal.flow.graph import Graph, Transition
from pakn_portal.people.scope import Scope
from pakn_portal.register.models import AbstractEvent
from pakn_portal.register.payloads import Payload
from pakn_portal.text import mask_note


class Procedure(ABC):
    """One kind of work, from its opening to its end. One instance of each subclass is registered."""

    graph: ClassVar[Graph]
    event_model: ClassVar[type[AbstractEvent]]
    #: Every right there is, for the system has all of them.
    rights: ClassVar[frozenset[str]]
    #: Verb → what its line may tell beside; a verb that is not here tells a plain `Payload`.
    payloads: ClassVar[Mapping[str, tuple[type[Payload], ...]]] = {}
    #: The relations that `state_of` reads, for whoever reads many subjects.
    state_relations: ClassVar[tuple[str, ...]] = ()
    #: The columns that lines of the second format told where they were not empty.
    state_of_second_format: ClassVar[tuple[str, ...]] = ()
    #: Sent after commit, once for each line.
    changed: ClassVar[Signal] = signals.subject_changed

    @abstractmethod
    def rights_to(self, scope: Scope, subject: Any) -> frozenset[str]:
        """What this person is to the subject. Empty where they may not see it."""

    @abstractmethod
    def describe(self, subject: Any) -> str:
        """Which it is, in the middle of a sentence: “case 2026-000001”."""

    def read(self, model: type[Model], pk: Any) -> Any:
        """The subject as it stands now, with what its verbs look at."""
        return model._default_manager.get(pk=pk)

    def state_of(self, subject: Any) -> dict[str, Any]:
        """The columns that each line seals as it left them, as JSON keeps them; also those that are empty:
        what a line does not tell is not held against the subject.
        """
        return {}

    def state_to_hold_against(self, subject: Any, line: Any) -> dict[str, Any]:
        """As `state_of`, by the names by which this line tells it: what was sealed is never renamed."""
        return self.state_of(subject)

    def texts_of(self, subject: Any) -> dict[str, str]:
        """Every text as it stands now that lines of the register tell, by the same names (I15)."""
        return {}

    def mask(self, subject: Any, note: str) -> str:
        """The note without personal data: the register is kept for good."""
        return mask_note(note, [])

    def status_before(self, subject: Any) -> str:
        """Where a move that resumes leads."""
        raise NotImplementedError(f"{self.graph.name} has moves that resume and does not say where to")

    def run_clock(self, move: Move) -> None:
        """What the move does to the subject's dates; `move.subject` is saved afterwards. Nothing, where a
        procedure counts no days.
        """
        return

    def complete(self, move: Move) -> None:
        """What lines of this procedure tell beside what their verb said, once the move has been made."""
        return

    def told_by(self, verb: str) -> tuple[type[Payload], ...]:
        """What a line of this verb may tell beside who, when and where."""
        return self.payloads.get(verb, (Payload,))


class Move:
    """What a verb tells the register; filled inside the `with` block of `moving`."""

    def __init__(self, subject: Any, transition: Transition, *, note: str = "") -> None:
        self.subject, self.transition, self.note = subject, transition, note
        #: The unit in whose name it is done, or to which it goes.
        self.unit: Any = None
        self.payload = Payload()
        #: Words that the line proves, by name.
        self.texts: dict[str, str] = {}
        #: For the receivers of `event_recorded` only; it never enters the line.
        self.secret = ""
        self.event: Any = None


_REGISTERED: dict[str, Procedure] = {}


def register_procedure(procedure: Procedure) -> None:
    """Make it known by its name; called once, when the app that has it is ready."""
    _REGISTERED[procedure.graph.name] = procedure


def procedures() -> list[Procedure]:
    """Every procedure of the site, in the order in which they were registered."""
    return list(_REGISTERED.values())


def procedure_of(subject: Any) -> Procedure:
    """By the subject's `procedure`. Raises LookupError for one that nobody registered."""
    try:
        return _REGISTERED[subject.procedure]
    except KeyError:
        raise LookupError(f"no procedure “{subject.procedure}” is registered") from None


def find_transition(subject: Any, verb: str) -> Transition | None:
    """The row for this verb from where the subject stands, or None when the move is illegal."""
    return procedure_of(subject).graph.find(verb, subject.status)
