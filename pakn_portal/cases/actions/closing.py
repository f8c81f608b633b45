"""The other ends of a case, and its new beginning."""

from __future__ import annotations

from django.db import transaction

from pakn_portal.cases.actions.locking import note_of_sender
from pakn_portal.cases.enums import Right, Status, Verb
from pakn_portal.cases.events import ForAgency, Referred, Reopened
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.people.actor import Actor
from pakn_portal.snippets.models import Agency


def refer_case(case: Case, *, agency: Agency, by: Actor, note: str = "", slip_note: str = "") -> None:
    """Send on to the body that is competent (art. 9: within 5 working days). `note` is for the sender alone,
    `slip_note` for the agency alone. Events: refer, and before it a note with the words for the agency; the
    sender is told.
    """
    with transaction.atomic():
        told = _for_agency(case, agency, slip_note, by=by) if slip_note.strip() else 0
        with moving(case, Verb.REFER, by=by, note=note) as move:
            move.subject.agency = agency
            move.payload = Referred(agency=agency.code, slip_note=told)


def _for_agency(case: Case, agency: Agency, note: str, *, by: Actor) -> int:
    """A line of its own: what is written in a note is masked, and can be forgotten with the case."""
    with moving(case, Verb.NOTE, by=by, note=note) as move:
        move.payload = ForAgency(for_agency=agency.code)
    return int(move.event.sequence)


def guide_sender(case: Case, *, by: Actor, note: str) -> None:
    """Close as outside competence with guidance in `note`. Event: guide; the sender is told."""
    with moving(case, Verb.GUIDE, by=by, note=note):
        pass


def move_to_complaint(case: Case, *, by: Actor, note: str = "") -> None:
    """A complaint is not handled here: seal the case, guide the sender (Decree 20/2008 art. 1). Event:
    move_to_complaint.
    """
    with moving(case, Verb.MOVE_TO_COMPLAINT, by=by, note=note):
        pass


def move_to_denunciation(case: Case, *, by: Actor, note: str = "") -> None:
    """A denunciation is made by letter or in person (Law 25/2018 art. 22): seal, guide. Event:
    move_to_denunciation.
    """
    with moving(case, Verb.MOVE_TO_DENUNCIATION, by=by, note=note):
        pass


def keep_case(case: Case, *, by: Actor, note: str) -> None:
    """Not enough basis yet: keep for study (Decree 20/2008 art. 14). Event: keep; the sender is told why in
    `note`.
    """
    with moving(case, Verb.KEEP, by=by, note=note):
        pass


def withdraw_case(case: Case) -> None:
    """The sender takes it back, with their secret. Event: withdraw."""
    if case.status == Status.SECRET_HOLD:
        note_of_sender(case, Verb.WITHDRAW)
        return
    with moving(case, Verb.WITHDRAW, by=None, acting_as=Right.SENDER):
        pass


def reopen_case(case: Case, *, by: Actor, note: str) -> None:
    """Work starts again with a new term; a duplicate goes its own way. Event: reopen; sender and unit are
    told.
    """
    with moving(case, Verb.REOPEN, by=by, note=note) as move:
        if move.subject.master is not None:
            move.payload = Reopened(master=move.subject.master.number)
            move.subject.master = None
