"""Verbs between units: forward, send back, assign, ask and give an opinion or go on without, extend."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases import case_clock, due_dates
from pakn_portal.cases.actions import classify_case, receive_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import Assigned, DeadlineExtended, InnerDue, UrgencyChanged
from pakn_portal.cases.files import attach_to
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import CaseMove, moving
from pakn_portal.cases.texts import what_was_granted
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.people.accounts import key_of
from pakn_portal.people.actor import Actor
from pakn_portal.people.at_hand import AtHand
from pakn_portal.people.names import person
from pakn_portal.people.scope import scope_of
from pakn_portal.register.payloads import Payload
from pakn_portal.routing.extensions import extension_rule
from pakn_portal.routing.opinions import asked_unit
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_all


def forward_case(case: Case, *, to_unit: Any, by: Actor, note: str = "") -> None:
    """Give the case to its lead unit; exactly one (I6). Units asked before see it no more. Event: forward;
    the unit's focal person is told.
    """
    with moving(case, Verb.FORWARD, by=by, note=note) as move:
        _check_unit(move, to_unit)
        move.subject.lead_unit, move.subject.officer = to_unit, None
        move.subject.supporting_units.clear()
        move.unit = to_unit
        move.payload = Payload(due_on=move.subject.due_on)


@transaction.atomic
def take_to_unit(
    case: Case, *, sector: Sector, urgency: str, to_unit: Any, by: Actor, about: str = "", note: str = ""
) -> None:
    """Intake in one act: receive where that is still to be done, classify, forward; all of it or nothing.
    `note` goes to the unit. Events: receive, classify, forward, each with its mails.
    """
    if case.status == Status.SUBMITTED:
        receive_case(case, by=by)
    classify_case(case, sector=sector, urgency=urgency, about=about, by=by)
    forward_case(case, to_unit=to_unit, by=by, note=note)


def send_back(case: Case, *, by: Actor, note: str) -> None:
    """Not for us: back to the Ministry Office with a reason. The unit and those it asked see the case no
    more. Event: send_back; the office is told.
    """
    with moving(case, Verb.SEND_BACK, by=by, note=note) as move:
        move.unit = move.subject.lead_unit
        _take_from_unit(move)


def recall_case(case: Case, *, by: Actor, note: str) -> None:
    """Forwarded to the wrong unit: back to the Ministry Office, with a reason. The unit and those it asked
    see the case no more. Event: recall; the unit is told.
    """
    with moving(case, Verb.RECALL, by=by, note=note) as move:
        move.unit = move.subject.lead_unit
        _take_from_unit(move)


def _take_from_unit(move: CaseMove) -> None:
    case = move.subject
    case.lead_unit = case.officer = None
    case.supporting_units.clear()


def remind_unit(case: Case, *, by: Actor, note: str = "") -> None:
    """Ask the unit to go on (đôn đốc); nothing else changes, and nobody's draft is disturbed. Event: remind;
    the officer and whoever hears for the unit are told.
    """
    with moving(case, Verb.REMIND, by=by, note=note) as move:
        move.unit = move.subject.lead_unit
        move.payload = Payload(due_on=move.subject.due_on)


def change_urgency(case: Case, *, urgency: str, by: Actor, note: str = "") -> None:
    """Another urgency for a case that a unit has already; the deadline follows the rule for it. Event:
    change_urgency; whoever has the case is told.
    """
    with moving(case, Verb.CHANGE_URGENCY, by=by, note=note) as move:
        before, move.subject.urgency = move.subject.urgency, urgency
        try:
            case_clock.choose_rule(move.subject)
        except NoRule as error:
            raise NotAllowed(case, Verb.CHANGE_URGENCY, str(error)) from error
        move.subject.due_on = due_dates.due_on(move.subject)
        move.payload = UrgencyChanged(urgency=urgency, urgency_before=before, due_on=move.subject.due_on)


def set_inner_due(case: Case, *, on: date | None, by: Actor, note: str = "") -> None:
    """The day by which the unit wants it done, no later than the sender was promised; None takes it away.
    Event: set_inner_due.
    """
    with moving(case, Verb.SET_INNER_DUE, by=by, note=note) as move:
        due_on = move.subject.due_on
        if on is not None and on < clock.today():
            raise NotAllowed(case, Verb.SET_INNER_DUE, _("This day is past already."))
        if on is not None and due_on is not None and on > due_on:
            raise NotAllowed(
                case,
                Verb.SET_INNER_DUE,
                _("The case itself is due on %(date)s; choose a day before.")
                % {"date": f"{due_on:%d/%m/%Y}"},
            )
        move.subject.inner_due_on = on
        move.payload = InnerDue(inner_due_on=on)


def assign_case(case: Case, *, officer: Any, by: Actor, note: str = "") -> None:
    """Name the officer who drafts. Event: assign; the officer is told. The officer must belong to the lead
    unit.
    """
    with moving(case, Verb.ASSIGN, by=by, note=note) as move:
        if move.subject.lead_unit_id not in scope_of(officer).unit_ids:
            raise NotAllowed(
                case,
                Verb.ASSIGN,
                _("%(officer)s does not work in the lead unit.") % {"officer": person(officer)},
            )
        move.subject.officer = officer
        move.unit = move.subject.lead_unit
        move.payload = Assigned(officer=key_of(officer), due_on=move.subject.due_on)


def request_opinion(case: Case, *, unit: Any, by: Actor, note: str, form_key: str = "") -> None:
    """Ask another unit, which becomes a supporting unit; several are asked one after another. `form_key`: of
    the form whose files go with the question. Event: request_opinion; its focal person is told.
    """
    with moving(case, Verb.REQUEST_OPINION, by=by, note=note) as move:
        if unit.pk == move.subject.lead_unit_id:
            raise NotAllowed(case, Verb.REQUEST_OPINION, _("The lead unit cannot be asked by itself."))
        _check_unit(move, unit)
        move.subject.supporting_units.add(unit)
        move.unit = unit
        attach_to(move, form_key, by=by)


def _check_unit(move: CaseMove, unit: Any) -> None:
    """Only to a unit that is open and where somebody can act (I6). One that is being closed in this moment is
    waited for.
    """
    current = type(unit)._default_manager.select_for_update().filter(pk=unit.pk).first()
    problem = ""
    if current is None or not current.is_active:
        problem = _("“%(unit)s” is closed. Choose another unit.")
    elif AtHand([unit.pk]).is_empty(unit.pk):
        problem = _("Nobody can act for “%(unit)s” yet. Choose another unit, or have its people named.")
    if problem:
        raise NotAllowed(move.subject, move.transition.verb, problem % {"unit": unit})


def give_opinion(case: Case, *, by: Actor, note: str, form_key: str = "") -> None:
    """The opinion of the unit that was asked last, kept in the register with the files that wait under
    `form_key`. Event: give_opinion; the lead unit is told.
    """
    with moving(case, Verb.GIVE_OPINION, by=by, note=note) as move:
        move.unit = asked_unit(move.subject)
        attach_to(move, form_key, by=by)


def continue_without(case: Case, *, by: Actor, note: str) -> None:
    """The unit that was asked is silent: go on without it, with a reason. It sees the case no more. Event:
    continue_without; that unit is told.
    """
    with moving(case, Verb.CONTINUE_WITHOUT, by=by, note=note) as move:
        move.unit = asked_unit(move.subject)
        if move.unit is not None:
            move.subject.supporting_units.remove(move.unit)


def extend_deadline(case: Case, *, by: Actor, note: str) -> None:
    """One extension by the rule's term while the term runs, with a reason the sender is told. Event:
    extend_deadline.
    """
    with moving(case, Verb.EXTEND_DEADLINE, by=by, note=note) as move:
        rule = extension_rule(move.subject)
        granted = move.subject.extensions.create(
            term_number=move.subject.term_number,
            amount=rule.amount,
            unit=rule.unit,
            reason=Truncator(mask_all(note, known_values(case.submission.sender))).chars(300),
            legal_basis=rule.legal_basis,
            granted_on=clock.today(),
        )
        move.subject.due_on = due_dates.due_on(move.subject)
        move.payload = DeadlineExtended(amount=rule.amount, unit=rule.unit, due_on=move.subject.due_on)
        move.texts = what_was_granted(granted)
