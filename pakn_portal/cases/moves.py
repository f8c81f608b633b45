"""The procedure of a petition, and how its verbs move a case; the engine is `flow/moving.py`."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Protocol, cast

from django.db.models import Model
from django.utils.translation import gettext as _

from pakn_portal import clock, signals
from pakn_portal.cases import case_clock, notices
from pakn_portal.cases.enums import WAITING, WITH_UNIT, Clock, Right, Status, Verb
from pakn_portal.cases.events import PAYLOADS, Notified
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.cases.register import STATE_OF_SECOND_FORMAT, state_of, state_to_hold_against
from pakn_portal.cases.rights import rights_to
from pakn_portal.cases.state_secret import came_from, status_behind
from pakn_portal.flow import moving as flow
from pakn_portal.flow.graph import Transition
from pakn_portal.flow.procedure import Move, Procedure
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import Scope
from pakn_portal.register.payloads import Payload
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_note


class CaseMove(Protocol):
    """A `flow.procedure.Move` of a case, for whoever writes a verb."""

    subject: Case
    transition: Transition
    note: str
    unit: Any
    payload: Payload
    texts: dict[str, str]
    secret: str
    event: Any


class Petition(Procedure):
    """What a citizen, a business, a voter or a deputy sent, until its answer stands on the site."""

    graph = PETITION_GRAPH
    event_model = CaseEvent
    rights = frozenset(Right)
    payloads = PAYLOADS
    state_relations = ("supporting_units",)
    state_of_second_format = STATE_OF_SECOND_FORMAT
    changed = signals.case_changed

    def rights_to(self, scope: Scope, subject: Case) -> frozenset[str]:
        return rights_to(scope, subject)

    def describe(self, subject: Case) -> str:
        return _("case %(number)s") % {"number": subject.number}

    def read(self, model: type[Model], pk: Any) -> Case:
        case: Case = Case.objects.with_names().get(pk=pk)
        return case

    def state_of(self, subject: Case) -> dict[str, Any]:
        return state_of(subject)

    def state_to_hold_against(self, subject: Case, line: CaseEvent) -> dict[str, Any]:
        return state_to_hold_against(subject, line)

    def mask(self, subject: Case, note: str) -> str:
        return mask_note(note, known_values(subject.submission.sender))

    def status_before(self, subject: Case) -> str:
        """Where the case stood when it entered its present pause or lock."""
        is_locked = subject.status == Status.SECRET_HOLD
        return status_behind(subject) if is_locked else came_from(subject, subject.status)

    def run_clock(self, move: Move) -> None:
        case, effect = move.subject, Clock(move.transition.clock)
        is_told = case_clock.follow(case, effect, Verb(move.transition.verb))
        if is_told and move.payload.due_on is None:
            move.payload = replace(move.payload, due_on=case.due_on)
        if effect == Clock.STOP:
            case.closed_on = case.closed_on or clock.today()
        if _ends_turn(move):
            case.inner_due_on = None

    def complete(self, move: Move) -> None:
        """A notice that must be in writing is told by the line of its act."""
        if way := notices.owed(move.subject, Verb(move.transition.verb)):
            move.payload = Notified.by(way.value, move.payload)


def _ends_turn(move: Move) -> bool:
    """Whether the unit that had the case has it no more; what it set itself goes with its turn."""
    begins_anew = move.transition.target in (Status.ROUTED, Status.REOPENED)
    return begins_anew or move.subject.status not in WITH_UNIT | WAITING


def moving(
    case: Case,
    verb: Verb,
    *,
    by: Actor,
    note: str = "",
    acting_as: Right | None = None,
    beside: Collection[int] = (),
) -> AbstractContextManager[CaseMove]:
    """Carry out `verb` on `case`, see `flow.moving.moving`; `acting_as` is the right of the sender."""
    move = flow.moving(case, verb, by=by, note=note, acting_as=acting_as, beside=beside)
    return cast("AbstractContextManager[CaseMove]", move)
