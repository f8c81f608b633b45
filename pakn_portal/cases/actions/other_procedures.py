"""What is done with a complaint or a denunciation by whoever keeps sealed cases.

The procedures themselves are not here: they go by laws of their own, on paper. Here stands that the sender
was guided, to whom it was handed over, and what became of it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pakn_portal.cases import due_dates
from pakn_portal.cases.actions.papers import letter_number, problem_of_date, problem_of_letter_number
from pakn_portal.cases.enums import Settled, Verb
from pakn_portal.cases.events import HandedOver, SettledAs
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.people.actor import Actor
from pakn_portal.snippets.models import Agency


def guide_again(case: Case, *, by: Actor, note: str) -> None:
    """Tell the sender once more where to turn, in the words of `note`. Event: guide_again; the sender is
    told.
    """
    with moving(case, Verb.GUIDE_AGAIN, by=by, note=note):
        pass


def hand_over(
    case: Case,
    *,
    by: Actor,
    paper_number: str,
    paper_dated_on: date,
    agency: Agency | None = None,
    unit: Any = None,
    note: str = "",
) -> None:
    """It went to this agency, or to this unit of the ministry, with a paper of this number and date. Done
    again, it corrects what was written; the register keeps both. Event: hand_over; the sender is told that
    it went on, once for each receiver.
    """
    with moving(case, Verb.HAND_OVER, by=by, note=note) as move:
        if (agency is None) == (unit is None):
            raise NotAllowed(case, Verb.HAND_OVER, one_receiver())
        if problem := problem_of_letter_number(paper_number) or problem_of_date(case, paper_dated_on):
            raise NotAllowed(case, Verb.HAND_OVER, problem)
        move.unit = unit
        move.payload = HandedOver(
            agency=agency.code if agency is not None else "",
            paper_number=letter_number(paper_number),
            paper_dated_on=paper_dated_on,
        )
        move.subject.handed_over_on, move.subject.hand_over_due_on = paper_dated_on, None


def settle(case: Case, *, settled_as: str, by: Actor, note: str = "") -> None:
    """Nothing is left to do here; `settled_as`: a value of `Settled`. Event: settle."""
    with moving(case, Verb.SETTLE, by=by, note=note) as move:
        if problem := problem_of_end(move.subject, settled_as):
            raise NotAllowed(case, Verb.SETTLE, problem)
        move.payload = SettledAs(settled_as=settled_as)
        move.subject.settled_as, move.subject.hand_over_due_on = settled_as, None


def take_up_again(case: Case, *, by: Actor, note: str) -> None:
    """There is something to do after all, for the reason in `note`. Event: take_up_again."""
    with moving(case, Verb.TAKE_UP_AGAIN, by=by, note=note) as move:
        move.subject.settled_as = ""
        if move.subject.handed_over_on is None:
            move.subject.hand_over_due_on = due_dates.hand_over_due_on(move.subject)


def one_receiver() -> str:
    return _("Choose an agency or a unit of the ministry, one of them.")


def problem_of_end(case: Case, settled_as: str) -> str:
    """Why this cannot be what became of it."""
    if settled_as == Settled.HANDED_OVER and case.handed_over_on is None:
        return _("It was not handed over yet: write down the paper first.")
    return ""
