"""What an extension would do, told before anybody grants it."""

from __future__ import annotations

from datetime import date

from pakn_portal.cases import due_dates
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.count import Deadline, MoreTime, compute_deadline
from pakn_portal.deadlines.rules import current_calendar, term_of
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule


def extension_rule(case: Case) -> DeadlineRule:
    """The rule for one extension of this case. Raises NoRule."""
    return due_dates.rule_of(case, Step.EXTENSION)


def deadline_if_extended(case: Case) -> Deadline:
    """The deadline that an extension would give. Raises NoRule, UnknownYear."""
    calendar = current_calendar()
    rule = extension_rule(case)
    term = due_dates.compute(case, calendar).term
    more = [MoreTime(term_of(rule), legal_basis=rule.legal_basis)]
    return compute_deadline(term, case.term_started_on, due_dates.pauses_of(case), more, calendar=calendar)


def due_on_if_extended(case: Case) -> date | None:
    """The due date that an extension would give. Raises NoRule, UnknownYear."""
    return deadline_if_extended(case).due_on
