"""What will come of an act, told on its screen before anybody presses the button."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pakn_portal.answers.models import answer_of
from pakn_portal.answers.told.together import joined_to
from pakn_portal.cases.due_dates import is_late, told_of
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import UnknownYear
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.routing.extensions import deadline_if_extended
from pakn_portal.snippets.models.legal_basis import doubts_about, replaced_among, told_as_replaced
from pakn_portal.text import document_numbers


def nothing(case: Case) -> str:
    return ""


def clock_that_ran_out(case: Case) -> str:
    """Of asking the sender."""
    if not is_late(case):
        return ""
    return _("The term is over already (%(date)s), so asking does not stop the clock.") % {
        "date": f"{case.due_on:%d/%m/%Y}"
    }


def date_if_extended(case: Case) -> str:
    try:
        due_on = told_of(deadline_if_extended(case))
    except (NoRule, UnknownYear) as error:
        return str(error)
    return _("New due date: %(date)s") % {"date": due_on} if due_on else ""


def of_the_answer(case: Case) -> str:
    """Of handing in and approving one: who else gets it, and what is wrong with what it cites."""
    return " ".join(filter(None, [_others_told(case), replaced_documents(case)]))


def _others_told(case: Case) -> str:
    count = joined_to(case).count()
    if not count:
        return ""
    return ngettext(
        "It also goes to the sender of %(count)s case joined to this one, without its files.",
        "It also goes to the senders of %(count)s cases joined to this one, without its files.",
        count,
    ) % {"count": count}


def others_read(case: Case) -> str:
    """Of what is told to all who have the answer: opening it again, and correcting it."""
    count = joined_to(case).count()
    if not count:
        return ""
    return ngettext(
        "What you write to the sender also goes to the sender of %(count)s case joined to this one, so "
        "name nobody.",
        "What you write to the sender also goes to the senders of %(count)s cases joined to this one, so "
        "name nobody.",
        count,
    ) % {"count": count}


def replaced_documents(case: Case) -> str:
    """Of handing in and approving an answer: what it cites, in its words too, that is no longer in force."""
    answer = answer_of(case)
    if answer is None:
        return ""
    replaced = replaced_among(document_numbers(f"{answer.body}\n{answer.legal_bases}")).values()
    return " ".join(filter(None, [told_as_replaced(replaced), *doubts_about(answer.legal_bases)]))
