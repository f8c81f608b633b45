"""What an extension would do, told before anybody grants it, and when none is to be had."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases import deadline
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import UnknownYear
from pakn_portal.deadlines.clock import Extension, compute_deadline
from pakn_portal.deadlines.rules import NoRule, current_calendar, rule_for, term_of
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule


def extension_rule(case: Case) -> DeadlineRule:
    """The rule for one extension of this case. Raises NoRule."""
    return rule_for(
        step=Step.EXTENSION,
        kind=case.submission.kind,
        sender_kind=case.submission.sender.kind,
        sector=case.sector_id,
        urgency=case.urgency,
        on=case.registered_on,
    )


def due_on_if_extended(case: Case) -> date | None:
    """The due date that an extension would give. Raises NoRule, UnknownYear."""
    calendar = current_calendar()
    rule = extension_rule(case)
    term = deadline.compute(case, calendar).term
    more = [Extension(term_of(rule), legal_basis=rule.legal_basis)]
    return compute_deadline(
        term, case.registered_on, deadline.pauses_of(case), more, calendar=calendar
    ).due_on


def why_not_extended(case: Case) -> str:
    """Why this case gets no extension now, as a sentence; empty when it may.

    More time is announced before the term ends, until midnight of its last day: a date that was missed stays
    missed, and no date is told that is past itself.
    """
    if deadline.extensions_of(case):
        return _("The deadline of this case was already extended once.")
    if deadline.is_late(case):
        return _(
            "The term of this case ended on %(date)s. Only a term that still runs is extended, until the end "
            "of its last day. The sender is written to every week until the answer is there."
        ) % {"date": f"{case.due_on:%d/%m/%Y}"}
    try:
        promised = due_on_if_extended(case)
    except NoRule as error:
        return str(error)
    except UnknownYear:
        return ""
    if promised is not None and promised <= clock.today():
        return _("The new date would be %(date)s, which is no later than today.") % {
            "date": f"{promised:%d/%m/%Y}"
        }
    return ""
