"""How something enters: what was sent and its case, or what was added and its line, in one transaction."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction

from pakn_portal.cases.actions import open_case, supplement_case
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.actor import Actor
from pakn_portal.submissions.actions import Accepted, NewSubmission, add_supplement, create_submission
from pakn_portal.submissions.models import Supplement


class TakenIn(NamedTuple):
    """`accepted.is_repeat`: this form was taken in before, and this is the case it made."""

    accepted: Accepted
    case: Case


@transaction.atomic
def take_in(
    new: NewSubmission,
    *,
    form_key: str = "",
    words_hash: str = "",
    by: Actor = None,
    calendar: Calendar | None = None,
) -> TakenIn:
    """Store what was sent, with the files kept under `form_key`, and open its case. One form key makes one
    case, whichever door it comes by (I1, I2): sent again, it gives the same case and secret.

    `by`: who entered what came by letter, telephone or in person; None when the sender sent it. `words_hash`:
    of what was typed, see `submissions.repeats`. `calendar`: the present one if whoever calls has read it.
    Event: submit; the sender gets the receipt. Raises NoRule when no reply deadline is in force, and then
    nothing is stored.
    """
    calendar = calendar or current_calendar()
    accepted = create_submission(new, form_key=form_key, words_hash=words_hash, calendar=calendar)
    if accepted.is_repeat:
        return TakenIn(accepted, accepted.submission.case)
    case = open_case(
        accepted.submission, by=by, secret=accepted.secret, calendar=calendar, files=accepted.attachments
    )
    return TakenIn(accepted, case)


@transaction.atomic
def add_to(
    case: Case, *, content: str, form_key: str = "", words_hash: str = "", by: Actor = None
) -> Supplement:
    """Store what the sender adds, with the files kept under `form_key`, and let the case go on. Event:
    supplement, or note while the case is locked; the unit is told.

    `by`: who entered it; None when the sender sent it. Raises MoveError when nobody asked, and IntegrityError
    for a form key that added something before (see `find_supplement_of`); then nothing is stored.
    """
    supplement = add_supplement(case.submission, content=content, form_key=form_key, words_hash=words_hash)
    supplement_case(case, supplement=supplement, by=by)
    return supplement
