"""How every verb moves its subject: lock, right, transition, guard, write, event, signal — in one
transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, TextChoices
from django.utils.translation import gettext as _

from pakn_portal import signals
from pakn_portal.flow.errors import Conflict, Forbidden, IllegalMove, NotAllowed
from pakn_portal.flow.graph import RESUME, OpenMove, Transition
from pakn_portal.flow.procedure import Move, Procedure, procedure_of
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.register import chain
from pakn_portal.register.models import AbstractEvent
from pakn_portal.register.payloads import Payload


@contextmanager
def moving(
    subject: Any,
    verb: TextChoices,
    *,
    by: Actor,
    note: str = "",
    acting_as: str | None = None,
    beside: Collection[Any] = (),
) -> Iterator[Move]:
    """Carry out `verb` on `subject`; the body of the `with` writes what is particular to it on
    `move.subject`.

    `by` is the user, None for the system, which alone may leave out a note that the graph `needs_note`;
    `acting_as` names the right of somebody without an account. `beside`: keys of other subjects of the same
    model that the body looks at or moves; they stand still until the move is done, and the body reads them
    anew. Raises Conflict when the subject changed since it was read (never for a verb of
    `Graph.regardless`), IllegalMove, NotAllowed, and Forbidden with the sentence of the move's guard. On
    return the given instance is fresh.
    """
    procedure = procedure_of(subject)
    with transaction.atomic():
        locked = _lock(procedure, subject, verb, beside)
        transition = _permitted(procedure, locked, verb, by, acting_as, seen=subject)
        _check_guards(transition, locked, by)
        if by is not None and verb in procedure.graph.needs_note and not note.strip():
            raise NotAllowed(
                locked, verb, _("“%(verb)s” is not done without words: write why.") % {"verb": verb.label}
            )
        move = Move(locked, transition, note=note)
        from_status = locked.status
        yield move
        _enter(procedure, move)
        move.event = append_event(
            locked,
            verb,
            by=by,
            from_status=from_status,
            unit=move.unit,
            note=move.note,
            data=move.payload,
            texts=move.texts,
            secret=move.secret,
        )
        tell_change(locked, move.event)
    subject.refresh_from_db()


def append_event(
    subject: Any,
    verb: TextChoices,
    *,
    by: Actor,
    from_status: str,
    unit: Any = None,
    note: str = "",
    data: Payload | None = None,
    texts: Mapping[str, str] | None = None,
    secret: str = "",
) -> Any:
    """Write the next line of the subject's register and tell `event_recorded`, inside the caller's
    transaction.

    Personal data in `note` is masked: the register is kept for good, the sender's data is not. `texts`: the
    words that the line proves, by name. `secret` goes to the receivers only, never into the line. Raises
    TypeError for `data` that this verb is not known to tell: the line is kept for good.
    """
    procedure = procedure_of(subject)
    payload = Payload() if data is None else data
    told = procedure.told_by(verb)
    if type(payload) not in told:
        raise TypeError(f"{verb} tells {told}, not {payload!r}")
    field = procedure.event_model.subject_field
    event = procedure.event_model(
        verb=verb,
        from_status=from_status,
        to_status=subject.status,
        by=by,
        unit=unit,
        note=procedure.mask(subject, note) if note else "",
        data=payload.as_data(),
        state=procedure.state_of(subject),
        **{field: subject},
    )
    chain.place(event, subject)
    proved = dict(texts or {})
    about = {"sender": type(subject), "subject": subject, "event": event, field: subject}
    signals.event_about_to_be_sealed.send(**about, texts=proved)
    chain.append(event, subject, texts=proved)
    signals.event_recorded.send(**about, secret=secret)
    return event


def tell_change(subject: Any, event: AbstractEvent) -> None:
    """Once the transaction is committed, to the signal of the procedure."""
    told = {"subject": subject, type(event).subject_field: subject}
    changed = procedure_of(subject).changed
    transaction.on_commit(partial(changed.send, sender=type(subject), event=event, **told))


def open_moves(subject: Any, scope: Scope) -> list[OpenMove]:
    """The moves that this person has the right to now, in the order of the table, each with what its guards
    say: the buttons of a screen.
    """
    procedure = procedure_of(subject)
    rights = procedure.rights_to(scope, subject)
    leaving = procedure.graph.leaving(subject.status)
    return [OpenMove(row, subject, scope.user) for row in leaving if row.rights & rights]


def obstacle(subject: Any, verb: TextChoices, scope: Scope) -> str:
    """What this verb would be refused with, of the subject as it was read; empty when nothing stands in its
    way. For a screen that says so before anybody presses: `moving` judges anew.
    """
    procedure = procedure_of(subject)
    transition = procedure.graph.find(verb, subject.status)
    if transition is None:
        return str(IllegalMove(subject, verb))
    if not transition.rights & procedure.rights_to(scope, subject):
        return str(NotAllowed(subject, verb))
    return transition.lack(subject, scope.user) or transition.refusal(subject, scope.user)


def require(subject: Any, verb: TextChoices, *, by: Actor) -> None:
    """Raises what `moving` would refuse this person with now, and changes nothing."""
    procedure = procedure_of(subject)
    current = procedure.read(type(subject), subject.pk)
    _check_guards(_permitted(procedure, current, verb, by, None, seen=subject), current, by)


def lock_row(subject: Any, *, step: int = 0, regardless: bool = False) -> None:
    """From now on the row is ours until the transaction ends: a conditional update is a lock on every
    database. `step` is added to its version.

    Raises Conflict when it changed since `subject` was read, unless `regardless`.
    """
    rows = type(subject)._default_manager.filter(pk=subject.pk)
    if not regardless:
        rows = rows.filter(version=subject.version)
    if not rows.update(version=F("version") + step):
        current = procedure_of(subject).read(type(subject), subject.pk)
        raise Conflict(current, current.events.select_related("by").order_by("sequence").last())


def _lock(procedure: Procedure, subject: Any, verb: str, beside: Collection[Any]) -> Any:
    """The row as it is now, held.

    Rows beside it are locked and not changed; everybody takes them in the order of their keys, so that no two
    wait for one another.
    """
    model, graph = type(subject), procedure.graph
    step = 0 if verb in graph.no_change else 1
    for pk in sorted({subject.pk, *beside}):
        if pk == subject.pk:
            lock_row(subject, step=step, regardless=verb in graph.regardless)
        else:
            model._default_manager.filter(pk=pk).update(version=F("version"))
    return procedure.read(model, subject.pk)


def _permitted(
    procedure: Procedure, subject: Any, verb: TextChoices, by: Actor, acting_as: str | None, *, seen: Any
) -> Transition:
    transition = procedure.graph.find(verb, subject.status)
    if transition is None:
        raise IllegalMove(subject, verb)
    rights = _rights(procedure, subject, by, acting_as)
    if verb in procedure.graph.regardless:
        # who saw it may have lost the subject from sight in the same moment
        rights |= _rights(procedure, seen, by, acting_as)
    if not transition.rights & rights:
        raise NotAllowed(subject, verb)
    return transition


def _rights(procedure: Procedure, subject: Any, by: Actor, acting_as: str | None) -> frozenset[str]:
    if acting_as is not None:
        return frozenset({acting_as})
    if by is None:
        return procedure.rights
    return procedure.rights_to(scope_of(by), subject)


def _check_guards(transition: Transition, subject: Any, by: Actor) -> None:
    if sentence := transition.lack(subject, by):
        raise NotAllowed(subject, transition.verb, sentence)
    if sentence := transition.refusal(subject, by):
        raise Forbidden(subject, transition.verb, sentence)


def _enter(procedure: Procedure, move: Move) -> None:
    subject, transition = move.subject, move.transition
    transition.do_then(move)
    if transition.target == RESUME:
        subject.status = procedure.status_before(subject)
    elif transition.target is not None:
        subject.status = transition.target
    procedure.run_clock(move)
    procedure.complete(move)
    subject.save()
