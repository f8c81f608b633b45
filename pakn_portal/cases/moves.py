"""How every verb moves a case: lock, right, transition, guard, write, event, signal — in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pakn_portal import clock, signals
from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import Clock, Right, Status, Verb
from pakn_portal.cases.errors import Conflict, Forbidden, IllegalMove, NotAllowed
from pakn_portal.cases.events import told_by
from pakn_portal.cases.graph import (
    NEEDS_NOTE,
    RESUME,
    OpenMove,
    Transition,
    find_transition,
    transitions_from,
)
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.register import append_event
from pakn_portal.cases.rights import rights_to
from pakn_portal.cases.state_secret import came_from, status_behind
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.register.payloads import Payload

#: To look or to leave word is no change: nobody who is writing meanwhile is told that somebody was faster.
_NO_CHANGE = frozenset({Verb.READ_CONTACTS, Verb.NOTE})
#: Carried out whatever happened to the case since it was read: somebody saw a state secret in public.
_REGARDLESS = frozenset({Verb.HOLD})


@dataclass(slots=True)
class Move:
    """What a verb tells the register; filled inside the `with` block."""

    case: Case
    transition: Transition
    note: str = ""
    unit: Any = None
    payload: Payload = field(default_factory=Payload)
    #: Words that the line proves, by name.
    texts: dict[str, str] = field(default_factory=dict)
    secret: str = ""
    event: CaseEvent | None = None


@contextmanager
def moving(
    case: Case,
    verb: Verb,
    *,
    by: Actor,
    note: str = "",
    acting_as: Right | None = None,
    beside: Collection[int] = (),
) -> Iterator[Move]:
    """Carry out `verb` on `case`; the body of the `with` writes what is particular to it on `move.case`.

    `by` is the user, None for the system, which alone may leave out a `note` that `NEEDS_NOTE`; `acting_as`
    names the right of somebody without an account (the sender). `beside`: keys of the other cases that the
    body looks at or moves; they stand still until the move is done, and the body reads them anew.
    Raises Conflict when the case changed since it was read (never for `hold`), IllegalMove,
    NotAllowed, and Forbidden with the sentence of the move's guard. On return the given instance is fresh.
    """
    with transaction.atomic():
        locked = _lock(case, verb, beside)
        transition = _permitted(locked, verb, by, acting_as, seen=case)
        if sentence := transition.lack(locked, by):
            raise NotAllowed(locked, verb, sentence)
        if sentence := transition.refusal(locked, by):
            raise Forbidden(locked, verb, sentence)
        if by is not None and verb in NEEDS_NOTE and not note.strip():
            raise NotAllowed(
                locked, verb, _("“%(verb)s” is not done without words: write why.") % {"verb": verb.label}
            )
        move = Move(locked, transition, note=note)
        from_status = locked.status
        yield move
        _enter(move)
        move.event = append_event(
            locked,
            verb,
            by=by,
            from_status=from_status,
            unit=move.unit,
            note=move.note,
            data=_payload(move),
            texts=move.texts,
            secret=move.secret,
        )
        transaction.on_commit(partial(signals.case_changed.send, sender=Case, case=locked, event=move.event))
    case.refresh_from_db()


def _lock(case: Case, verb: Verb, beside: Collection[int]) -> Case:
    """The row, ours until the transaction ends. The conditional update is a lock on every database.

    Rows beside it are locked and not changed; everybody takes them in the order of their keys, so that no two
    wait for one another.
    """
    step = 0 if verb in _NO_CHANGE else 1
    for pk in sorted({case.pk, *beside}):
        rows = Case.objects.filter(pk=pk)
        if pk != case.pk:
            rows.update(version=F("version"))
            continue
        if verb not in _REGARDLESS:
            rows = rows.filter(version=case.version)
        won = rows.update(version=F("version") + step)
    locked = Case.objects.with_names().get(pk=case.pk)
    if not won:
        raise Conflict(locked, locked.events.select_related("by").order_by("sequence").last())
    return locked


def _permitted(case: Case, verb: Verb, by: Actor, acting_as: Right | None, *, seen: Case) -> Transition:
    transition = find_transition(verb, case.status)
    if transition is None:
        raise IllegalMove(case, verb)
    rights = _rights(case, by, acting_as)
    if verb in _REGARDLESS:
        # who saw it may have lost the case from sight in the same moment
        rights |= _rights(seen, by, acting_as)
    if not transition.rights & rights:
        raise NotAllowed(case, verb)
    return transition


def _rights(case: Case, by: Actor, acting_as: Right | None) -> frozenset[Right]:
    if acting_as is not None:
        return frozenset({acting_as})
    if by is None:
        return frozenset(Right)
    return rights_to(scope_of(by), case)


def _enter(move: Move) -> None:
    case, transition = move.case, move.transition
    if transition.target == RESUME:
        case.status = status_before(case)
    elif transition.target is not None:
        case.status = transition.target
    if due_dates.follow(case, transition.clock) and move.payload.due_on is None:
        move.payload = replace(move.payload, due_on=case.due_on)
    if transition.clock == Clock.STOP:
        case.closed_on = clock.today()
    case.save()


def _payload(move: Move) -> Payload:
    """Each verb tells what it is known to tell, for the register keeps it for good."""
    verb = move.transition.verb
    if type(move.payload) not in told_by(verb):
        raise TypeError(f"{verb} tells {told_by(verb)}, not {move.payload!r}")
    return move.payload


def status_before(case: Case) -> str:
    """Where the case stood when it entered its present pause or lock."""
    return status_behind(case) if case.status == Status.SECRET_HOLD else came_from(case, case.status)


def open_moves(case: Case, scope: Scope) -> list[OpenMove]:
    """The moves that this person has the right to now, in the order of the table, each with what its guards
    say: the buttons of the case page.
    """
    rights = rights_to(scope, case)
    return [OpenMove(row, case, scope.user) for row in transitions_from(case.status) if row.rights & rights]
