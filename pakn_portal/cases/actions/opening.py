"""What comes in and is made ready for a unit: the first verbs of a case."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from pakn_portal.cases import case_clock, due_dates
from pakn_portal.cases.actions.locking import note_of_sender
from pakn_portal.cases.enums import Right, Status, Verb
from pakn_portal.cases.events import (
    Classified,
    Submitted,
    Supplemented,
)
from pakn_portal.cases.files import attach_to
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.numbers import next_case_number
from pakn_portal.cases.texts import what_was_added, what_was_sent
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.flow.moving import append_event, tell_change
from pakn_portal.people.actor import Actor
from pakn_portal.register.payloads import Payload
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions.models import Attachment, Submission, Supplement


def open_case(
    submission: Submission,
    *,
    by: Actor = None,
    secret: str = "",
    calendar: Calendar | None = None,
    files: Iterable[Attachment] | None = None,
) -> Case:
    """The case of a new submission: number, clock, first line of the register, receipt mail. Event: submit.

    `secret` is the tracking secret in clear, for the receipt mail only. Without a `calendar` the present
    one is read, and so are the files that came with it. Raises NoRule when no reply deadline is in force.
    """
    with transaction.atomic():
        case = Case(
            number=next_case_number(),
            submission=submission,
            sector=submission.suggested_sector,
            registered_on=submission.registered_on,
        )
        case_clock.start(case, calendar)
        case.save()
        told = Submitted(channel=submission.channel, due_on=case.due_on)
        sent = what_was_sent(submission, files)
        event = append_event(case, Verb.SUBMIT, by=by, from_status="", data=told, texts=sent, secret=secret)
        tell_change(case, event)
    return case


def receive_case(case: Case, *, by: Actor) -> None:
    """Take the case in (Decree 20/2008/NĐ-CP art. 9). Event: receive; the sender is told."""
    with moving(case, Verb.RECEIVE, by=by) as move:
        move.payload = Payload(due_on=move.subject.due_on)


def request_supplement(case: Case, *, by: Actor, note: str, form_key: str = "") -> None:
    """Ask the sender for more; the clock stands until they answer. `form_key`: of the form whose files go to
    the sender with the question. Event: request_supplement; the sender is told.
    """
    with moving(case, Verb.REQUEST_SUPPLEMENT, by=by, note=note) as move:
        attach_to(move, form_key, by=by)


def supplement_case(case: Case, *, supplement: Supplement, by: Actor = None) -> None:
    """The sender's addition came (or staff entered it, `by`); the clock goes on. Event: supplement; the unit
    is told.
    """
    if by is None and case.status == Status.SECRET_HOLD:
        note_of_sender(case, Verb.SUPPLEMENT, supplement)
        return
    acting_as = Right.SENDER if by is None else None
    with moving(case, Verb.SUPPLEMENT, by=by, acting_as=acting_as) as move:
        move.payload = Supplemented(supplement=supplement.pk)
        move.texts = what_was_added(supplement)


def classify_case(
    case: Case, *, sector: Sector, urgency: str, by: Actor, about: str = "", note: str = ""
) -> None:
    """Set sector, urgency and what it is about (a value of `About`, empty for neither); the deadline follows
    the rule for them. Event: classify.
    """
    with moving(case, Verb.CLASSIFY, by=by, note=note) as move:
        move.subject.sector, move.subject.urgency, move.subject.about = sector, urgency, about
        try:
            case_clock.choose_rule(move.subject)
        except NoRule as error:
            raise NotAllowed(case, Verb.CLASSIFY, str(error)) from error
        move.subject.due_on = due_dates.due_on(move.subject)
        move.payload = Classified(
            sector=sector.code, urgency=urgency, about=about or None, due_on=move.subject.due_on
        )
