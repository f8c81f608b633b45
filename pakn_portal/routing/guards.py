"""What keeps a case from moving between units: the guards of the rows in `cases/petition_graph.py`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases.due_dates import extensions_of, is_late, rule_of
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import UnknownYear
from pakn_portal.deadlines.explain import amount_of_days
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import scope_of
from pakn_portal.routing.extensions import due_on_if_extended
from pakn_portal.routing.opinions import asked_unit
from pakn_portal.snippets.enums import Step


def extended_already(case: Case, by: Actor) -> str:
    """One extension for each term."""
    return _("The deadline of this case was already extended once.") if extensions_of(case) else ""


def no_later_date(case: Case, by: Actor) -> str:
    """More time is announced before the term ends, until midnight of its last day: a date that was missed
    stays missed, and no date is told that is past itself.
    """
    if is_late(case):
        ended = _(
            "The term of this case ended on %(date)s. Only a term that still runs is extended, until the end "
            "of its last day."
        ) % {"date": f"{case.due_on:%d/%m/%Y}"}
        return " ".join(filter(None, [ended, _what_the_sender_hears(case)]))
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


def _what_the_sender_hears(case: Case) -> str:
    try:
        rule = rule_of(case, Step.PROGRESS_NOTICE)
    except NoRule:
        return ""
    return _("The sender is written to every %(term)s until the answer is there.") % {
        "term": amount_of_days(rule.amount, rule.unit)
    }


def of_another_unit(case: Case, by: Actor) -> str:
    """Only the unit that was asked last gives its opinion."""
    unit = asked_unit(case)
    if by is None or (unit is not None and unit.pk in scope_of(by).unit_ids):
        return ""
    return _("The lead unit waits for the opinion of %(unit)s. Write a note instead.") % {"unit": unit or "–"}
