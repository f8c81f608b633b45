from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a case stands. The codes are fixed; the labels are translations and may be changed."""

    SUBMITTED = "submitted", _("Submitted")
    RECEIVED = "received", _("Received")
    NEED_INFO = "need_info", _("More information needed")
    ROUTED = "routed", _("Forwarded to a unit")
    RETURNED = "returned", _("Sent back by the unit")
    PROCESSING = "processing", _("In progress")
    COORDINATING = "coordinating", _("Awaiting other units")
    DRAFT_REVIEW = "draft_review", _("Answer awaiting approval")
    EXTENDED = "extended", _("Deadline extended")
    ANSWERED = "answered", _("Answered")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Refused")
    DUPLICATE = "duplicate", _("Duplicate")
    OUT_OF_SCOPE = "out_of_scope", _("Outside competence, guided")
    FORWARDED = "forwarded", _("Referred to another agency")
    COMPLAINT = "complaint", _("Moved to the complaint procedure")
    DENUNCIATION = "denunciation", _("Moved to the denunciation procedure")
    NOTED = "noted", _("Kept for study")
    WITHDRAWN = "withdrawn", _("Withdrawn by the sender")
    REOPENED = "reopened", _("Re-opened")
    SECRET_HOLD = "secret_hold", _("Locked, possible state secret")


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
SEALED = frozenset({Status.COMPLAINT, Status.DENUNCIATION, Status.SECRET_HOLD})
#: The unit is at work on it.
IN_UNIT = frozenset({Status.ROUTED, Status.PROCESSING, Status.COORDINATING, Status.EXTENDED, Status.REOPENED})
#: Waiting for the Ministry Office.
AT_INTAKE = frozenset({Status.SUBMITTED, Status.RECEIVED, Status.RETURNED})


class Verb(TextChoices):
    """What can be done to a case; each is a function in an `actions.py` and a button for whoever may press
    it.
    """

    SUBMIT = "submit", _("Submit")
    RECEIVE = "receive", _("Receive")
    REFUSE = "refuse", _("Refuse")
    REQUEST_SUPPLEMENT = "request_supplement", _("Ask the sender")
    SUPPLEMENT = "supplement", _("Supplement")
    CLASSIFY = "classify", _("Classify")
    FORWARD = "forward", _("Forward to a unit")
    SEND_BACK = "send_back", _("Send back")
    ASSIGN = "assign", _("Assign")
    REQUEST_OPINION = "request_opinion", _("Ask another unit")
    GIVE_OPINION = "give_opinion", _("Give an opinion")
    EXTEND_DEADLINE = "extend_deadline", _("Extend the deadline")
    DRAFT_ANSWER = "draft_answer", _("Save the draft answer")
    SUBMIT_ANSWER = "submit_answer", _("Submit for approval")
    APPROVE_ANSWER = "approve_answer", _("Approve")
    REJECT_ANSWER = "reject_answer", _("Do not approve")
    PREPARE_PUBLIC_TEXT = "prepare_public_text", _("Prepare the public text")
    REQUEST_PUBLICATION = "request_publication", _("Send to the publisher")
    RETURN_PUBLIC_TEXT = "return_public_text", _("Ask for changes")
    PUBLISH = "publish", _("Publish")
    UNPUBLISH = "unpublish", _("Unpublish")
    CORRECT = "correct", _("Correct")
    REFER = "refer", _("Refer to another agency")
    GUIDE = "guide", _("Close as outside competence")
    MARK_DUPLICATE = "mark_duplicate", _("Mark as duplicate")
    MOVE_TO_COMPLAINT = "move_to_complaint", _("Move to the complaint procedure")
    MOVE_TO_DENUNCIATION = "move_to_denunciation", _("Move to the denunciation procedure")
    KEEP = "keep", _("Keep for study")
    WITHDRAW = "withdraw", _("Withdraw")
    REOPEN = "reopen", _("Re-open")
    HOLD = "hold", _("Lock: possible state secret")
    RELEASE_HOLD = "release_hold", _("Unlock")
    READ_CONTACTS = "read_contacts", _("Show the sender's contacts")
    RECALCULATE = "recalculate", _("Recalculate the deadline")


class Right(TextChoices):
    """Who may press a button, by their relation to the case; see `cases/rights.py`."""

    INTAKE = "intake", _("Ministry Office")
    OFFICER = "officer", _("officer of the lead unit")
    FOCAL = "focal", _("focal person of the lead unit")
    HEAD = "head", _("head of the lead unit")
    SUPPORT = "support", _("supporting unit")
    PUBLISHER = "publisher", _("publisher")
    LEADER = "leader", _("ministry leader")
    INSPECTOR = "inspector", _("Inspectorate")
    SENDER = "sender", _("sender")
    SYSTEM = "system", _("system")


class Clock(TextChoices):
    """What a move does to the deadline."""

    KEEP = "keep", _("runs on")
    PAUSE = "pause", _("pauses")
    RESUME = "resume", _("resumes")
    STOP = "stop", _("stops")
    RESTART = "restart", _("starts anew")


class Outcome(TextChoices):
    SOLVED = "solved", _("solved")
    BEING_SOLVED = "being_solved", _("being solved")
    EXPLAINED = "explained", _("explained")
    NOTED = "noted", _("noted for study")
