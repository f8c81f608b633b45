"""The Legal Department's board: what it has to confirm, what waits for its opinion, what rests on old law."""

from __future__ import annotations

from typing import Final

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.models import LegalBasis
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.sections import BoardNumber, Section, Table, TableRow
from pakn_portal.staff.cases.list.rows import rows_of
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.lists.confirm import confirm_url
from pakn_portal.staff.lists.confirm_rows import DAYS, REASONS, RULES, waiting
from pakn_portal.staff.lists.replaced_bases import count_of_answers, replaced, replaced_bases_url

#: So many of each stand on the first page; the lists have all.
SHOWN: Final = 8


def of_legal(scope: Scope, calendar: Calendar) -> Section:
    """A constant number of queries."""
    numbers = [
        BoardNumber(label, count, confirm_url(which), is_bad=count > 0)
        for which, label, count in (
            (RULES, _("deadline rules to confirm"), waiting(RULES)),
            (REASONS, _("refusal reasons to confirm"), waiting(REASONS)),
            (DAYS, _("years of days off to confirm"), waiting(DAYS)),
        )
    ]
    everything = addresses.list_url(scope=worklists.ALL, opinion="true")
    asked = Case.objects.within(scope).filter(worklists.asked_for_opinion(scope))
    if scope.is_handler:
        numbers.append(BoardNumber(_("waiting for your unit's opinion"), asked.count(), everything))
    numbers.append(
        BoardNumber(
            _("answers that rest on replaced documents"), count_of_answers(scope), replaced_bases_url()
        )
    )
    cases = asked.with_names().order_by(F("due_on").asc(nulls_last=True), "-pk")[:SHOWN]
    return Section(
        "legal",
        _("Legal Department"),
        numbers=numbers,
        cases=rows_of(list(cases), back="scope=all&opinion=true", calendar=calendar),
        tables=[_replaced(scope)],
        more=(_("All that is to be confirmed"), confirm_url()),
        empty=_("No case waits for your opinion, and no answer rests on a replaced document."),
    )


def _replaced(scope: Scope) -> Table:
    rows = [
        TableRow(_name(one.basis), "", [BoardNumber("", one.count, one.url)])
        for one in replaced(scope)[:SHOWN]
    ]
    return Table(_("Replaced documents that answers cite"), [pgettext("of a document", "Answers")], rows)


def _name(basis: LegalBasis) -> str:
    successor = f" → {basis.replaced_by}" if basis.replaced_by else ""
    return f"{basis}{successor}"
