"""The clock of a case: it starts with a rule, and follows what a move does to it. The caller saves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from pakn_portal import clock
from pakn_portal.cases.due_dates import due_on, hand_over_due_on, intake_due_on, rule_of, step_due_on
from pakn_portal.cases.enums import OTHER_PROCEDURES, Clock, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import current_calendar, rules_for
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule

#: Verb → the verb whose pause it ends. A lock may lie over a pause, and each ends by itself.
_ENDED_BY: Final = {Verb.SUPPLEMENT: Verb.REQUEST_SUPPLEMENT, Verb.RELEASE_HOLD: Verb.HOLD}


def start(case: Case, calendar: Calendar | None = None) -> None:
    """Take the rules in force on the day of registration and compute the first due dates (not saved)."""
    calendar = calendar or current_calendar()
    case.term_started_on = case.registered_on
    rules = rules_for(Step.REPLY, Step.INTAKE)
    choose_rule(case, rules)
    case.due_on = due_on(case, calendar)
    case.intake_due_on = intake_due_on(case, calendar, rules)


def choose_rule(case: Case, among: Iterable[DeadlineRule] | None = None) -> None:
    """The reply rule for the case's kind, sender, sector and urgency; its term is copied onto the case."""
    rule = rule_of(case, Step.REPLY, among)
    case.deadline_rule = rule
    case.term_amount, case.term_unit, case.legal_basis = rule.amount, rule.unit, rule.legal_basis


def follow(case: Case, effect: Clock, verb: Verb) -> bool:
    """What a move does to the clock; `case` is saved by the caller. Whether its due date is to be told.

    The clock of a closed case stands for good: a lock neither stops it once more nor starts it.
    """
    today, is_closed = clock.today(), case.closed_on is not None
    if effect == Clock.PAUSE and not is_closed:
        case.pauses.create(term_number=case.term_number, started_on=today, reason=verb)
    elif effect == Clock.RESUME and not is_closed:
        end_pause(case, today, _ENDED_BY[verb])
        if case.status == Status.SUBMITTED:
            case.intake_due_on = intake_due_on(case)
    elif effect == Clock.STOP:
        if not is_closed:
            end_pause(case, today)
        if case.status in OTHER_PROCEDURES:
            case.hand_over_due_on = hand_over_due_on(case)
        return True
    elif effect == Clock.RESTART:
        case.term_started_on, case.closed_on = today, None
        case.term_number += 1
    runs_anew = case.is_open and effect != Clock.KEEP
    if runs_anew:
        case.due_on = due_on(case)
    if case.status == Status.NEED_INFO and case.supplement_due_on is None:
        case.supplement_due_on = step_due_on(case, Step.SUPPLEMENT, today)
    return runs_anew


def end_pause(case: Case, on: date, reason: str = "") -> None:
    """End what stands since the verb `reason`; everything without one."""
    standing = case.pauses.filter(ended_on=None)
    (standing.filter(reason=reason) if reason else standing).update(ended_on=on)
    if reason != Verb.HOLD:
        case.supplement_due_on = None
    case.due_on = due_on(case)
