"""The verbs of a case at intake, and those that end it. Each is one transaction: see `moves.moving`.

Common to all: `by` is the user, None for the system; each appends the CaseEvent of its name, queues its mails
through
`event_recorded` and raises MoveError with a sentence when it is refused.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import DELIVERED, SEALED, Right, Status, Verb
from pakn_portal.cases.events import (
    ActOfSender,
    Classified,
    Joined,
    NewCode,
    Recalculated,
    Referred,
    Refused,
    Reopened,
    Submitted,
    Supplemented,
)
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.numbers import next_case_number
from pakn_portal.cases.rights import rights_to
from pakn_portal.cases.state_secret import acts_of_sender, sender_may
from pakn_portal.cases.texts import what_was_added, what_was_sent
from pakn_portal.deadlines.rules import NoRule
from pakn_portal.flow.errors import Conflict, IllegalMove, NotAllowed
from pakn_portal.flow.moving import append_event, tell_change
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import scope_of
from pakn_portal.register.payloads import Payload
from pakn_portal.snippets.models import Agency, RefusalReason, Sector
from pakn_portal.snippets.needed import reason_unclear
from pakn_portal.submissions.models import Submission, Supplement


def open_case(submission: Submission, *, by: Actor = None, secret: str = "") -> Case:
    """The case of a new submission: number, clock, first line of the register, receipt mail. Event: submit.

    `secret` is the tracking secret in clear, for the receipt mail only. Raises NoRule when no reply deadline
    is in force.
    """
    with transaction.atomic():
        case = Case(
            number=next_case_number(),
            submission=submission,
            sector=submission.suggested_sector,
            registered_on=submission.registered_on,
        )
        due_dates.start(case)
        case.save()
        told = Submitted(channel=submission.channel, due_on=case.due_on)
        sent = what_was_sent(submission)
        event = append_event(case, Verb.SUBMIT, by=by, from_status="", data=told, texts=sent, secret=secret)
        tell_change(case, event)
    return case


def receive_case(case: Case, *, by: Actor) -> None:
    """Take the case in (Decree 20/2008/NĐ-CP art. 9). Event: receive; the sender is told."""
    with moving(case, Verb.RECEIVE, by=by) as move:
        move.payload = Payload(due_on=move.subject.due_on)


#: Reasons that are procedures of their own: the move that seals, locks, joins or guides, by the code of the
#: reason.
INSTEAD_OF_REFUSING: Final = {
    "complaint": Verb.MOVE_TO_COMPLAINT,
    "denunciation": Verb.MOVE_TO_DENUNCIATION,
    "state_secret": Verb.HOLD,
    "duplicate": Verb.MARK_DUPLICATE,
    "out_of_competence": Verb.GUIDE,
}
#: Reasons whose text speaks of a body, an answer or a letter that only the words beside it can name.
NAMED_IN_NOTE: Final = frozenset({"handled_elsewhere", "already_answered", "already_guided"})


def refuse_case(case: Case, *, reason: RefusalReason, by: Actor, note: str = "") -> None:
    """Refuse with a reason from the list (art. 7). Event: refuse; the sender is told the reason and may be
    told more in `note`, and must be where the reason does not say it (`NAMED_IN_NOTE`). A complaint, a
    denunciation, a state secret and a duplicate are not refused: refusing would leave them open to everybody
    who sees closed cases. Nor is what is outside competence: its sender is guided.
    """
    if reason.code in INSTEAD_OF_REFUSING:
        raise NotAllowed(case, Verb.REFUSE, not_refused(reason))
    if by is not None and is_unnamed(reason, note):
        raise NotAllowed(case, Verb.REFUSE, name_it())
    with moving(case, Verb.REFUSE, by=by, note=note) as move:
        move.subject.refusal_reason = reason
        move.payload = Refused(reason=reason.code)


def not_refused(reason: RefusalReason) -> str:
    """Why this reason is not for refusing, and which move is."""
    verb = INSTEAD_OF_REFUSING[reason.code]
    return _("“%(reason)s” is not refused. It has an action of its own: “%(verb)s”.") % {
        "reason": reason,
        "verb": verb.label,
    }


def is_unnamed(reason: RefusalReason, note: str) -> bool:
    """The reason's text speaks of what nobody has named to the sender."""
    return reason.code in NAMED_IN_NOTE and not note.strip()


def name_it() -> str:
    """What to write beside such a reason."""
    return _(
        "Name to the sender the body, or the number and day of the answer or letter, that the reason means."
    )


def request_supplement(case: Case, *, by: Actor, note: str) -> None:
    """Ask the sender for more; the clock stands until they answer. Event: request_supplement; the sender is
    told.
    """
    with moving(case, Verb.REQUEST_SUPPLEMENT, by=by, note=note):
        pass


def supplement_case(case: Case, *, supplement: Supplement, by: Actor = None) -> None:
    """The sender's addition came (or staff entered it, `by`); the clock goes on. Event: supplement; the unit
    is told.
    """
    if by is None and case.status == Status.SECRET_HOLD:
        _note_of_sender(case, Verb.SUPPLEMENT, supplement)
        return
    acting_as = Right.SENDER if by is None else None
    with moving(case, Verb.SUPPLEMENT, by=by, acting_as=acting_as) as move:
        move.payload = Supplemented(supplement=supplement.pk)
        move.texts = what_was_added(supplement)


def classify_case(case: Case, *, sector: Sector, urgency: str, by: Actor, note: str = "") -> None:
    """Set sector and urgency; the deadline follows the rule for them. Event: classify."""
    with moving(case, Verb.CLASSIFY, by=by, note=note) as move:
        move.subject.sector, move.subject.urgency = sector, urgency
        try:
            due_dates.choose_rule(move.subject)
        except NoRule as error:
            raise NotAllowed(case, Verb.CLASSIFY, str(error)) from error
        move.subject.due_on = due_dates.due_on(move.subject)
        move.payload = Classified(sector=sector.code, urgency=urgency, due_on=move.subject.due_on)


def refer_case(case: Case, *, agency: Agency, by: Actor, note: str = "") -> None:
    """Send on to the body that is competent (art. 9: within 5 working days). Event: refer; the sender is
    told.
    """
    with moving(case, Verb.REFER, by=by, note=note) as move:
        move.subject.agency = agency
        move.payload = Referred(agency=agency.code)


def guide_sender(case: Case, *, by: Actor, note: str) -> None:
    """Close as outside competence with guidance in `note`. Event: guide; the sender is told."""
    with moving(case, Verb.GUIDE, by=by, note=note):
        pass


def mark_duplicate(case: Case, *, master: Case, by: Actor, note: str = "") -> None:
    """Close as the same matter as `master`; the sender hears when its answer is published. When it ends
    otherwise, the Ministry Office is told and may re-open this one. Cases that are joined to this one are
    joined to `master` with it, and their senders told: nobody waits for a case that waits itself. Event:
    mark_duplicate, in the register of each.
    """
    joined = list(case.duplicates.values_list("pk", flat=True))
    beside = [master.pk, *joined]
    with moving(case, Verb.MARK_DUPLICATE, by=by, note=note, beside=beside) as move:
        master = Case.objects.get(pk=master.pk)
        _check_master(move.subject, master, by)
        move.subject.master = master
        move.payload = Joined(master=master.number)
        for each in move.subject.duplicates.order_by("pk"):
            if each.pk not in joined:  # in this very moment
                raise Conflict(move.subject, None)
            with moving(each, Verb.MARK_DUPLICATE, by=by, acting_as=Right.SYSTEM) as moved:
                moved.subject.master = master
                moved.payload = Joined(master=master.number, joined_before=case.number)


def _check_master(case: Case, master: Case, by: Actor) -> None:
    """Whether a case may be joined to this one as it stands now, both rows being ours."""
    if by is not None and not rights_to(scope_of(by), master):
        raise NotAllowed(case, Verb.MARK_DUPLICATE, no_such_case())
    if master.pk == case.pk:
        raise NotAllowed(case, Verb.MARK_DUPLICATE, this_very_case())
    if master.master_id is not None:
        raise NotAllowed(case, Verb.MARK_DUPLICATE, _("Choose another case that is not itself a duplicate."))
    if not (master.is_open or master.status in DELIVERED):
        raise NotAllowed(
            case,
            Verb.MARK_DUPLICATE,
            _("Case %(number)s ended without an answer to read. Handle this one by itself.")
            % {"number": master.number},
        )


def no_such_case() -> str:
    """Also for a case that the person must not know of."""
    return _("There is no case with this number.")


def this_very_case() -> str:
    return _("This is the very case at hand. Write the number of the other one.")


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
        _note_of_sender(case, Verb.WITHDRAW)
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


def hold_case(case: Case, *, by: Actor, note: str = "") -> None:
    """Stop display at once, wherever the case stands: it may hold a state secret (Law 117/2025/QH15).

    Its answer leaves the site in the same transaction (`pages.answers`); a closed case stays closed and its
    clock stands. Nobody is told that somebody was faster: it takes effect on the case as it now is, and when
    somebody sealed it in the same moment, there is nothing left to do. Event: hold.
    """
    try:
        with moving(case, Verb.HOLD, by=by, note=note, beside=_master_of(case)):
            pass
    except (IllegalMove, NotAllowed):
        if case.status in SEALED or not Case.objects.filter(pk=case.pk, status__in=SEALED).exists():
            raise
        case.refresh_from_db()


def release_hold(case: Case, *, by: Actor, note: str) -> None:
    """It holds no secret, for the reason in `note`; back to where it was. A published case is answered again:
    a publisher decides whether it returns to the site. A sender who was being waited for has the whole term
    again, unless they answered or withdrew meanwhile: see `state_secret`. Event: release_hold.
    """
    with moving(case, Verb.RELEASE_HOLD, by=by, note=note, beside=_master_of(case)) as move:
        move.subject.supplement_due_on = None
        for act in acts_of_sender(move.subject):
            due_dates.end_pause(move.subject, clock.local_date(act.at))
            if act.data["sender"] == Verb.WITHDRAW:
                move.subject.closed_on = clock.local_date(act.at)
        if move.subject.closed_on is None:
            move.payload = Payload(due_on=move.subject.due_on)


def add_note(case: Case, *, by: Actor, note: str) -> None:
    """A word for colleagues, kept in the register; neither sender nor public see it. Event: note."""
    with moving(case, Verb.NOTE, by=by, note=note):
        pass


def tell_new_code(case: Case) -> None:
    """Write into the register that the sender got a new tracking code (`submissions.mail_links`). Event:
    note.
    """
    with moving(case, Verb.NOTE, by=None) as move:
        move.payload = NewCode()


def read_contacts(case: Case, *, by: Actor) -> None:
    """Somebody looks at the sender's address, telephone and e-mail: write that down (P5). Event:
    read_contacts.
    """
    with moving(case, Verb.READ_CONTACTS, by=by):
        pass


def close_unanswered(case: Case) -> None:
    """The sender did not supplement in time: the system refuses. Event: refuse, reason `unclear`."""
    refuse_case(case, reason=reason_unclear(), by=None)


def recalculate_deadline(case: Case) -> bool:
    """Compute again, after the calendar changed, the dates that count where the case stands: reply, intake,
    supplement. True when one moved. Open cases only. Event: recalculate, with each date and the one before.
    """
    moved = due_dates.moved_dates(case)
    if not moved:
        return False
    with moving(case, Verb.RECALCULATE, by=None) as move:
        before = {f"{name}_before": getattr(case, name) for name in moved}
        move.payload = Recalculated(**moved, **before)
        for name, day in moved.items():
            setattr(move.subject, name, day)
    return True


def _note_of_sender(case: Case, verb: Verb, supplement: Supplement | None = None) -> None:
    """Write down what the sender did to a locked case; it counts once the case is unlocked. Event: note."""
    if not sender_may(case, verb):
        raise IllegalMove(case, verb)
    with moving(case, Verb.NOTE, by=None) as move:
        move.payload = ActOfSender(sender=verb, supplement=supplement.pk if supplement else None)
        move.texts = what_was_added(supplement) if supplement else {}


def _master_of(case: Case) -> list[int]:
    """Beside a duplicate that is locked or unlocked: what becomes of its master is told before or after."""
    return [case.master_id] if case.master_id is not None else []
