from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """Where a case stands. The codes are fixed; the labels are translations and may be changed."""

    SUBMITTED = "submitted", pgettext_lazy("case status", "Submitted")
    RECEIVED = "received", pgettext_lazy("case status", "Received")
    NEED_INFO = "need_info", pgettext_lazy("case status", "More information needed")
    ROUTED = "routed", pgettext_lazy("case status", "Forwarded to a unit")
    RETURNED = "returned", pgettext_lazy("case status", "Sent back by the unit")
    PROCESSING = "processing", pgettext_lazy("case status", "In progress")
    COORDINATING = "coordinating", pgettext_lazy("case status", "Awaiting other units")
    DRAFT_REVIEW = "draft_review", pgettext_lazy("case status", "Answer awaiting approval")
    EXTENDED = "extended", pgettext_lazy("case status", "Deadline extended")
    ANSWERED = "answered", pgettext_lazy("case status", "Answered")
    PUBLISHED = "published", pgettext_lazy("case status", "Published")
    REJECTED = "rejected", pgettext_lazy("case status", "Refused")
    DUPLICATE = "duplicate", pgettext_lazy("case status", "Duplicate")
    OUT_OF_SCOPE = "out_of_scope", pgettext_lazy("case status", "Outside competence, guided")
    FORWARDED = "forwarded", pgettext_lazy("case status", "Referred to another agency")
    COMPLAINT = "complaint", pgettext_lazy("case status", "Moved to the complaint procedure")
    DENUNCIATION = "denunciation", pgettext_lazy("case status", "Moved to the denunciation procedure")
    NOTED = "noted", pgettext_lazy("case status", "Kept for study")
    WITHDRAWN = "withdrawn", pgettext_lazy("case status", "Withdrawn by the sender")
    REOPENED = "reopened", pgettext_lazy("case status", "Re-opened")
    SECRET_HOLD = (
        "secret_hold",
        pgettext_lazy("case status", "Locked, possible state secret or denunciation"),
    )
    ON_PAPER = "on_paper", pgettext_lazy("case status", "State secret, kept on paper only")


#: Work goes on: somebody owes the sender something.
OPEN = frozenset(
    {
        Status.SUBMITTED,
        Status.RECEIVED,
        Status.NEED_INFO,
        Status.ROUTED,
        Status.RETURNED,
        Status.PROCESSING,
        Status.COORDINATING,
        Status.DRAFT_REVIEW,
        Status.EXTENDED,
        Status.REOPENED,
        Status.SECRET_HOLD,
    }
)
#: Hidden from everybody without the right to read sealed cases; never published, never indexed (I8).
SEALED = frozenset({Status.COMPLAINT, Status.DENUNCIATION, Status.SECRET_HOLD, Status.ON_PAPER})
#: Sealed for good: the procedure of complaints or denunciations has it, not this one.
OTHER_PROCEDURES = frozenset({Status.COMPLAINT, Status.DENUNCIATION})
#: The sender has the answer; it may go on the site, or stands there.
DELIVERED = frozenset({Status.ANSWERED, Status.PUBLISHED})
#: The unit is at work on it.
IN_UNIT = frozenset({Status.ROUTED, Status.PROCESSING, Status.COORDINATING, Status.EXTENDED, Status.REOPENED})
#: A unit has it, and owes the answer or somebody's word on it.
WITH_UNIT = IN_UNIT | {Status.DRAFT_REVIEW}
#: A wait after which the case goes on where it stood: nobody's turn ends by it.
WAITING = frozenset({Status.NEED_INFO, Status.SECRET_HOLD})
#: Somebody else than the officer has the next step: the sender, a unit that was asked, the head, a keeper.
AWAITED = WAITING | {Status.COORDINATING, Status.DRAFT_REVIEW}
#: Waiting for the Ministry Office.
AT_INTAKE = frozenset({Status.SUBMITTED, Status.RECEIVED, Status.RETURNED})


class Verb(TextChoices):
    """What can be done to a case; each is a function in an `actions.py` and a button for whoever may press
    it.
    """

    SUBMIT = "submit", pgettext_lazy("case verb", "Submit")
    RECEIVE = "receive", pgettext_lazy("case verb", "Receive")
    REFUSE = "refuse", pgettext_lazy("case verb", "Refuse")
    REQUEST_SUPPLEMENT = "request_supplement", pgettext_lazy("case verb", "Ask the sender")
    SUPPLEMENT = "supplement", pgettext_lazy("case verb", "Supplement")
    CLASSIFY = "classify", pgettext_lazy("case verb", "Classify")
    FORWARD = "forward", pgettext_lazy("case verb", "Forward to a unit")
    RECALL = "recall", pgettext_lazy("case verb", "Recall the forwarding")
    REMIND = "remind", pgettext_lazy("case verb", "Remind the unit")
    CHANGE_URGENCY = "change_urgency", pgettext_lazy("case verb", "Change the urgency")
    SET_INNER_DUE = "set_inner_due", pgettext_lazy("case verb", "Set a day within the unit")
    SEND_BACK = "send_back", pgettext_lazy("case verb", "Send back")
    ASSIGN = "assign", pgettext_lazy("case verb", "Assign")
    REQUEST_OPINION = "request_opinion", pgettext_lazy("case verb", "Ask another unit")
    GIVE_OPINION = "give_opinion", pgettext_lazy("case verb", "Give an opinion")
    CONTINUE_WITHOUT = "continue_without", pgettext_lazy("case verb", "Go on without the opinion")
    EXTEND_DEADLINE = "extend_deadline", pgettext_lazy("case verb", "Extend the deadline")
    DRAFT_ANSWER = "draft_answer", pgettext_lazy("case verb", "Save the draft answer")
    SUBMIT_ANSWER = "submit_answer", pgettext_lazy("case verb", "Submit for approval")
    APPROVE_ANSWER = "approve_answer", pgettext_lazy("case verb", "Approve")
    REJECT_ANSWER = "reject_answer", pgettext_lazy("case verb", "Do not approve")
    PREPARE_PUBLIC_TEXT = "prepare_public_text", pgettext_lazy("case verb", "Prepare the public text")
    REQUEST_PUBLICATION = "request_publication", pgettext_lazy("case verb", "Send to the publisher")
    RETURN_PUBLIC_TEXT = "return_public_text", pgettext_lazy("case verb", "Ask for changes")
    PUBLISH = "publish", pgettext_lazy("case verb", "Publish")
    UNPUBLISH = "unpublish", pgettext_lazy("case verb", "Unpublish")
    CORRECT = "correct", pgettext_lazy("case verb", "Correct")
    REFER = "refer", pgettext_lazy("case verb", "Refer to another agency")
    GUIDE = "guide", pgettext_lazy("case verb", "Close as outside competence")
    MARK_DUPLICATE = "mark_duplicate", pgettext_lazy("case verb", "Mark as duplicate")
    MOVE_TO_COMPLAINT = "move_to_complaint", pgettext_lazy("case verb", "Move to the complaint procedure")
    MOVE_TO_DENUNCIATION = (
        "move_to_denunciation",
        pgettext_lazy("case verb", "Move to the denunciation procedure"),
    )
    GUIDE_AGAIN = "guide_again", pgettext_lazy("case verb", "Guide the sender again")
    HAND_OVER = "hand_over", pgettext_lazy("case verb", "Hand over to the procedure")
    SETTLE = "settle", pgettext_lazy("case verb", "Settle")
    TAKE_UP_AGAIN = "take_up_again", pgettext_lazy("case verb", "Take up again")
    KEEP = "keep", pgettext_lazy("case verb", "Keep for study")
    WITHDRAW = "withdraw", pgettext_lazy("case verb", "Withdraw")
    REOPEN = "reopen", pgettext_lazy("case verb", "Re-open")
    HOLD = "hold", pgettext_lazy("case verb", "Lock: possible state secret or denunciation")
    RELEASE_HOLD = "release_hold", pgettext_lazy("case verb", "Unlock")
    CONFIRM_SECRET = "confirm_secret", pgettext_lazy("case verb", "Confirm the state secret")
    NOTE = "note", pgettext_lazy("case verb", "Write a note")
    READ_CONTACTS = "read_contacts", pgettext_lazy("case verb", "Show the sender's contacts")
    CORRECT_SENDER = "correct_sender", pgettext_lazy("case verb", "Correct or erase the sender's data")
    RECALCULATE = "recalculate", pgettext_lazy("case verb", "Recalculate the deadline")


class Right(TextChoices):
    """Who may press a button, by their relation to the case; see `cases/rights.py`."""

    INTAKE = "intake", _("Ministry Office")
    OFFICER = "officer", _("officer of the lead unit")
    FOCAL = "focal", _("focal person of the lead unit")
    HEAD = "head", _("head of the lead unit")
    SUPPORT = "support", _("supporting unit")
    PUBLISHER = "publisher", _("publisher")
    LEADER = "leader", _("ministry leader")
    INSPECTOR = "inspector", _("keeper of sealed cases")
    SENDER = "sender", _("sender")
    SYSTEM = "system", pgettext_lazy("who acts", "system")


class Clock(TextChoices):
    """What a move does to the deadline."""

    KEEP = "keep", _("runs on")
    PAUSE = "pause", _("pauses")
    RESUME = "resume", _("resumes")
    STOP = "stop", _("stops")
    RESTART = "restart", _("starts anew")


class About(TextChoices):
    """What the sender has an opinion on (Decree 20/2008/NĐ-CP art. 5), as the ministry's forms ask."""

    CONDUCT = "conduct", _("administrative act")
    REGULATION = "regulation", _("administrative regulation")


class Outcome(TextChoices):
    SOLVED = "solved", _("solved")
    BEING_SOLVED = "being_solved", _("being solved")
    EXPLAINED = "explained", _("explained")
    NOTED = "noted", _("noted for study")

    @property
    def for_readers(self) -> Any:
        """In their words; staff see the official term, the label."""
        return _OUTCOMES_FOR_READERS[self]


_OUTCOMES_FOR_READERS = {
    Outcome.SOLVED: pgettext_lazy("outcome for readers", "The matter is settled"),
    Outcome.BEING_SOLVED: pgettext_lazy("outcome for readers", "The matter is being settled"),
    Outcome.EXPLAINED: pgettext_lazy("outcome for readers", "The rules were explained"),
    Outcome.NOTED: pgettext_lazy("outcome for readers", "Kept for the making of new rules"),
}


class Settled(TextChoices):
    """What became of a complaint or a denunciation, for whoever keeps it here."""

    DECIDED = "decided", pgettext_lazy("what became of it", "decided by the competent body")
    HANDED_OVER = "handed_over", pgettext_lazy("what became of it", "handed over; the other body goes on")
    GUIDED = "guided", pgettext_lazy("what became of it", "the sender was guided; nothing to hand over")
    NOT_ELIGIBLE = "not_eligible", pgettext_lazy("what became of it", "not eligible to be taken up")
    TAKEN_BACK = "taken_back", pgettext_lazy("what became of it", "the sender took it back")


class Suspicion(TextChoices):
    """What whoever locked a case takes it for, until a keeper of sealed cases has read it."""

    SECRET = "secret", pgettext_lazy("why a case is locked", "it may hold a state secret")
    DENUNCIATION = "denunciation", pgettext_lazy("why a case is locked", "it may be a denunciation")


class ToldBy(TextChoices):
    """How a sender without e-mail was told what a mail would have said."""

    LETTER = "letter", _("by a printed letter")
    TELEPHONE = "telephone", _("on the telephone")
    IN_PERSON = "in_person", _("in person, at the office")


#: The line that tells so may tell too that the contacts were looked at for it.
TOLD_BY_HAND = frozenset({Verb.NOTE, Verb.READ_CONTACTS})
