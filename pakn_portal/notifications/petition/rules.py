"""Whom a petition tells what when. A new mail is a line here and a template in `templates/…/mail/`."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal.cases.enums import Verb
from pakn_portal.notifications.rule_sets import Rule


class To(StrEnum):
    """Who gets the mail; `recipients.py` finds them. Whoever did the act is never told of it."""

    SENDER = "sender"
    #: Senders of the cases that were joined to it as the same matter.
    SENDERS_OF_DUPLICATES = "senders_of_duplicates"
    INTAKE = "intake"
    #: The Ministry Office, when the case has duplicates whose senders will not hear of this.
    INTAKE_FOR_DUPLICATES = "intake_for_duplicates"
    #: Focal person of the unit the event names. Here and below: who can act, see `people/at_hand.py`.
    UNIT = "unit"
    #: The officer, or else the focal person of the lead unit, or else the Ministry Office.
    HANDLER = "handler"
    #: The head of the lead unit, or else one above it, or else the ministry's leaders.
    HEAD = "head"
    #: The officer and whoever hears for the lead unit, each once.
    DESK = "desk"
    PUBLISHERS = "publishers"
    #: Who prepared the public text, or else who has the case.
    PREPARER = "preparer"


#: How a case ends without an answer that the senders of its duplicates could read. When it becomes a
#: duplicate itself, they go along to its master.
ENDS_WITHOUT_ANSWER = (
    Verb.REFUSE,
    Verb.REFER,
    Verb.GUIDE,
    Verb.KEEP,
    Verb.WITHDRAW,
    Verb.MOVE_TO_COMPLAINT,
    Verb.MOVE_TO_DENUNCIATION,
)

#: The one template of several verbs: each of these ends.
DUPLICATES = "duplicates_waiting"
DUPLICATE_PUBLISHED = "duplicate_published"
#: The answer of the case that theirs was joined to.
ANSWERED_TOGETHER = "answered_together"
REOPENED_TOGETHER = "reopened_together"
SUPPLEMENT_REQUESTED = "supplement_requested"
#: Whoever was told the answer hears what was wrong with it.
CORRECTED = "corrected"
#: The sender's own act, at any time.
WITHDRAWN = "withdrawn"
#: What alone is told of a case that other procedures have: where to turn (Law 25/2018/QH14, art. 22).
OF_OTHER_PROCEDURES = ("complaint", "denunciation", "guided_again")
#: To a unit that sees the case no more from this on, so it has no link.
NOT_AWAITED = "opinion_not_awaited"
RECALLED = "case_recalled"
#: Why a unit sends a case back is read with the case: it is the place where somebody writes that it is a
#: denunciation, and of whom, and a mail cannot be sealed afterwards.
SENT_BACK = "case_sent_back"


RULES: tuple[Rule, ...] = (
    # to the sender
    Rule(Verb.SUBMIT, "receipt", To.SENDER),
    Rule(Verb.RECEIVE, "received", To.SENDER),
    Rule(Verb.REFUSE, "refused", To.SENDER),
    Rule(Verb.REQUEST_SUPPLEMENT, SUPPLEMENT_REQUESTED, To.SENDER),
    Rule(Verb.EXTEND_DEADLINE, "deadline_extended", To.SENDER),
    Rule(Verb.REFER, "referred", To.SENDER),
    Rule(Verb.GUIDE, "guided", To.SENDER),
    Rule(Verb.MARK_DUPLICATE, "duplicate", To.SENDER),
    Rule(Verb.MOVE_TO_COMPLAINT, "complaint", To.SENDER),
    Rule(Verb.MOVE_TO_DENUNCIATION, "denunciation", To.SENDER),
    Rule(Verb.GUIDE_AGAIN, "guided_again", To.SENDER),
    Rule(Verb.KEEP, "kept", To.SENDER),
    Rule(Verb.APPROVE_ANSWER, "answered", To.SENDER),
    Rule(Verb.APPROVE_ANSWER, ANSWERED_TOGETHER, To.SENDERS_OF_DUPLICATES),
    Rule(Verb.PUBLISH, "published", To.SENDER),
    Rule(Verb.PUBLISH, DUPLICATE_PUBLISHED, To.SENDERS_OF_DUPLICATES),
    Rule(Verb.CORRECT, CORRECTED, To.SENDER),
    Rule(Verb.CORRECT, CORRECTED, To.SENDERS_OF_DUPLICATES),
    Rule(Verb.REOPEN, "reopened", To.SENDER),
    Rule(Verb.REOPEN, REOPENED_TOGETHER, To.SENDERS_OF_DUPLICATES),
    Rule(Verb.WITHDRAW, WITHDRAWN, To.SENDER),
    # to staff
    Rule(Verb.FORWARD, "case_forwarded", To.UNIT),
    Rule(Verb.RECALL, RECALLED, To.UNIT),
    Rule(Verb.REMIND, "case_reminded", To.DESK),
    Rule(Verb.CHANGE_URGENCY, "urgency_changed", To.HANDLER),
    Rule(Verb.SEND_BACK, SENT_BACK, To.INTAKE),
    Rule(Verb.ASSIGN, "case_assigned", To.HANDLER),
    Rule(Verb.SUPPLEMENT, "case_supplemented", To.HANDLER),
    Rule(Verb.REQUEST_OPINION, "opinion_requested", To.UNIT),
    Rule(Verb.GIVE_OPINION, "opinion_given", To.HANDLER),
    Rule(Verb.CONTINUE_WITHOUT, NOT_AWAITED, To.UNIT),
    Rule(Verb.SUBMIT_ANSWER, "answer_submitted", To.HEAD),
    Rule(Verb.REJECT_ANSWER, "answer_rejected", To.HANDLER),
    Rule(Verb.REQUEST_PUBLICATION, "publication_requested", To.PUBLISHERS),
    Rule(Verb.RETURN_PUBLIC_TEXT, "public_text_returned", To.PREPARER),
    Rule(Verb.REOPEN, "case_reopened", To.HANDLER),
    Rule(Verb.WITHDRAW, "case_withdrawn", To.HANDLER),
    Rule(Verb.RELEASE_HOLD, "case_unlocked", To.HANDLER),
    *(Rule(verb, DUPLICATES, To.INTAKE_FOR_DUPLICATES) for verb in ENDS_WITHOUT_ANSWER),
)

#: Of these nobody is told by mail; `NOTE` and `RELEASE_HOLD` stand for other verbs at times (`mails.py`).
SILENT = frozenset(
    {
        Verb.CLASSIFY,
        Verb.SET_INNER_DUE,
        Verb.DRAFT_ANSWER,
        Verb.PREPARE_PUBLIC_TEXT,
        Verb.UNPUBLISH,
        Verb.HAND_OVER,
        Verb.SETTLE,
        Verb.TAKE_UP_AGAIN,
        Verb.CONFIRM_SECRET,
        Verb.HOLD,
        Verb.NOTE,
        Verb.READ_CONTACTS,
        Verb.CORRECT_SENDER,
        Verb.RECALCULATE,
    }
)

#: Written by the deadline sweep.
DIGEST, PROGRESS = "deadline_digest", "progress"
RECEIPT = "receipt"
#: Written when an answer is found that is not the approved one.
ANSWER_DOUBTED = "answer_doubted"
#: Written when a page above published answers is hidden.
HIDDEN = "answers_hidden"

#: What each tells of that has no verb of its own.
NAMES = {
    DIGEST: _("Deadlines of the day"),
    PROGRESS: _("Progress notice"),
    DUPLICATES: _("Duplicates that wait for an answer"),
    HIDDEN: _("Answers were hidden"),
    ANSWER_DOUBTED: _("An answer is not as approved"),
    # to the sender: what the letter says, for staff do not look for it under the name of an act
    RECEIPT: pgettext_lazy("name of a mail", "Receipt"),
    "received": pgettext_lazy("name of a mail", "Taken in"),
    "refused": pgettext_lazy("name of a mail", "Not taken in"),
    SUPPLEMENT_REQUESTED: pgettext_lazy("name of a mail", "Something to be added"),
    "deadline_extended": pgettext_lazy("name of a mail", "More time for the answer"),
    "referred": pgettext_lazy("name of a mail", "Sent on to another agency"),
    "guided": pgettext_lazy("name of a mail", "Where to turn"),
    "guided_again": pgettext_lazy("name of a mail", "Where to turn, once more"),
    "duplicate": pgettext_lazy("name of a mail", "Joined with an earlier case"),
    "complaint": pgettext_lazy("name of a mail", "How to complain"),
    "denunciation": pgettext_lazy("name of a mail", "How to denounce"),
    "kept": pgettext_lazy("name of a mail", "Kept for study"),
    "answered": pgettext_lazy("name of a mail", "The answer"),
    "published": pgettext_lazy("name of a mail", "The answer is public"),
    CORRECTED: pgettext_lazy("name of a mail", "Correction of the public answer"),
    "reopened": pgettext_lazy("name of a mail", "Opened again"),
    ANSWERED_TOGETHER: pgettext_lazy("name of a mail", "The answer, for several cases"),
    REOPENED_TOGETHER: pgettext_lazy("name of a mail", "Opened again, for several cases"),
    WITHDRAWN: pgettext_lazy("name of a mail", "Withdrawn, to the sender"),
    # where one verb writes to several, who reads it
    DUPLICATE_PUBLISHED: pgettext_lazy("name of a mail", "Published, to senders of duplicates"),
    "case_reopened": pgettext_lazy("name of a mail", "Re-opened, to colleagues"),
    "case_withdrawn": pgettext_lazy("name of a mail", "Withdrawn, to colleagues"),
}


def rules_for(verb: str) -> list[Rule]:
    return [rule for rule in RULES if rule.verb == verb]
