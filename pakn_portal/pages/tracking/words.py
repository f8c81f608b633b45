"""A case in words for its sender: where it stands, what comes next, what happened. Nothing of who works on
it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.models import Answer
from pakn_portal.cases.due_dates import is_late, told
from pakn_portal.cases.enums import DELIVERED, SEALED, Status, Verb
from pakn_portal.cases.files import files_by_key
from pakn_portal.cases.models import Case, CaseEvent, CaseFile
from pakn_portal.cases.notices import Way
from pakn_portal.deadlines.explain import long_date
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.deadlines.time_left import TimeLeft, time_left
from pakn_portal.pages.tracking.told import asked_keys
from pakn_portal.snippets.models import Agency, RefusalReason
from pakn_portal.snippets.needed import NOT_SUPPLEMENTED

LazyWords = Callable[[], str]
#: Notes written for the sender, which the mails tell too; every other note stays inside.
_TOLD = frozenset(
    {
        Verb.CORRECT,
        Verb.REQUEST_SUPPLEMENT,
        Verb.REFUSE,
        Verb.GUIDE,
        Verb.EXTEND_DEADLINE,
        Verb.REFER,
        Verb.MARK_DUPLICATE,
        Verb.MOVE_TO_COMPLAINT,
        Verb.MOVE_TO_DENUNCIATION,
        Verb.GUIDE_AGAIN,
        Verb.KEEP,
        Verb.REOPEN,
    }
)


@dataclass(frozen=True)
class Milestone:
    """One line of the history as the sender reads it."""

    at: datetime
    sentence: str
    note: str = ""
    #: What the list tells the sender of the reason of a refusal: the ground in the law, and what they can do.
    why: str = ""
    files: tuple[CaseFile, ...] = ()


def public_status(case: Case) -> str:
    """The status in the words of the public (a locked case is simply being worked on)."""
    status = Status(case.status)
    if status == Status.EXTENDED and case.due_on and not is_late(case):
        return _("More time until %(date)s") % {"date": f"{case.due_on:%d/%m/%Y}"}
    if status == Status.FORWARDED and case.agency:
        return _("Referred to %(agency)s") % {"agency": case.agency.name}
    if case.lead is not None:
        # named still when it is sealed, for they were told: a number that goes would tell of the lock
        return _("Same as case %(number)s") % {"number": case.lead.number}
    return _STATUS[status]()


def badge_of(case: Case, *, is_answered: bool = False) -> str:
    """ "good", "late", "accent" (the sender must act) or "" for the look of the status."""
    if is_answered or case.status in DELIVERED:
        return "good"
    if case.status == Status.NEED_INFO:
        return "accent"
    return "late" if left_of(case).state == "overdue" else ""


def what_next(case: Case, *, is_answered: bool = False) -> str:
    """What happens now, in one or two sentences. `is_answered`: its sender has an answer, be it that of
    another case.
    """
    if case.status == Status.SECRET_HOLD and case.closed_on is not None:
        return _("The ministry is checking this case once more.")
    if case.status == Status.DUPLICATE:
        return _next_of_joined(case, is_answered=is_answered)
    if case.status == Status.REJECTED and not may_send_again(case):
        return _("The reason is in the history below.")
    if case.submission.is_in_lawful_form and Status(case.status) in _NEXT_OF_LETTERS:
        return _NEXT_OF_LETTERS[Status(case.status)]()
    return _NEXT[Status(case.status)]()


def may_send_again(case: Case) -> bool:
    """It was refused for a reason that its sender can mend."""
    reason = case.refusal_reason
    return case.status == Status.REJECTED and (reason is None or reason.may_resubmit)


def _next_of_joined(case: Case, *, is_answered: bool) -> str:
    master = case.master
    if is_answered:
        return _("You find the answer below. It is for everybody who wrote about the same matter.")
    if master is not None and master.status == Status.SECRET_HOLD and master.closed_on is not None:
        # they may have had an answer, so none is promised; as to the sender of the locked one
        return _("The ministry is checking this case once more.")
    if master is not None and master.status == Status.PUBLISHED:
        return _("The same matter has been answered there. The answer is public: its address is below.")
    if master is not None and master.status in DELIVERED:
        return _(
            "The same matter has been answered there. When that answer is published, you find it here; if it "
            "is not, the ministry takes up your case by itself."
        )
    return _NEXT[Status.DUPLICATE]()


def left_of(case: Case) -> TimeLeft:
    """Time left for the answer; state "none" when no deadline runs."""
    if not case.is_open or case.due_on is None:
        return TimeLeft("none")
    return time_left(case.due_on, clock.today(), current_calendar())


def due_sentence(case: Case) -> str:
    """By when, with the weekday; empty when no deadline runs."""
    if case.status == Status.NEED_INFO:
        if case.supplement_due_on is None:
            return ""
        text = _("Please answer by %(date)s. Until then the deadline stands still.")
        if is_late(case):
            text = _("Please answer by %(date)s. The answer is late already; we apologise.")
        return text % {"date": long_date(case.supplement_due_on)}
    left = left_of(case)
    if left.state == "none" or case.due_on is None:
        return ""
    if left.state == "overdue":
        return _(
            "The answer was due on %(date)s and is late. We apologise; the unit in charge has been warned."
        ) % {"date": long_date(case.due_on)}
    return _("You will have an answer by %(date)s (%(left)s).") % {
        "date": told(case),
        "left": left.phrase,
    }


def milestones(case: Case) -> list[Milestone]:
    """What the sender may know of the register, oldest first; at most four queries."""
    events = [event for event in case.events.select_related("unit").order_by("sequence") if _is_told(event)]
    for event in events:
        event.case = case
    reasons = _reasons({event.data.get("reason") for event in events})
    names = {
        **{code: name for code, (name, _text) in reasons.items()},
        **_named(Agency, {event.data.get("agency") for event in events}),
    }
    # a note of ours may repeat what is locked away
    shows_notes = case.status != Status.SECRET_HOLD
    files = files_by_key(case, asked_keys(events)) if shows_content(case) else {}
    return [
        replace(
            _milestone(event, names, shows_note=shows_notes),
            files=_files(event, files),
            why=reasons.get(event.data.get("reason", ""), ("", ""))[1],
        )
        for event in events
    ]


def corrections_of(answer: Answer) -> list[Milestone]:
    """What was corrected in its public text since it was approved, to be said where the answer stands: it is
    shown as it was sent. One query.
    """
    verbs = (Verb.APPROVE_ANSWER, Verb.CORRECT)
    lines = list(answer.case.events.filter(verb__in=verbs).order_by("sequence"))
    approved = max((at for at, line in enumerate(lines) if line.verb == Verb.APPROVE_ANSWER), default=-1)
    return [Milestone(line.at, "", line.note) for line in lines[approved + 1 :]]


def _files(event: CaseEvent, files: dict[str, CaseFile]) -> tuple[CaseFile, ...]:
    return tuple(files[key] for key in asked_keys([event]) if key in files)


def _is_told(event: CaseEvent) -> bool:
    """A lock is not told to the sender; that it took their answer off the site is."""
    return _told_as(event) in _SENTENCES


def _told_as(event: CaseEvent) -> Verb:
    """As which verb the sender reads it: they know nothing of the lock, only of what they did meanwhile."""
    if event.verb == Verb.HOLD and event.from_status == Status.PUBLISHED:
        return Verb.UNPUBLISH
    if event.verb == Verb.NOTE and event.data.get("sender"):
        return Verb(event.data["sender"])
    return Verb(event.verb)


def _milestone(event: CaseEvent, names: dict[str, str], *, shows_note: bool) -> Milestone:
    verb = _told_as(event)
    code = event.data.get("reason") or event.data.get("agency") or ""
    sentence = _words_for(verb, event)() % {
        "unit": event.unit or "",
        "name": names.get(code, code),
        "due": _day(event.data.get("due_on")),
        "master": event.data.get("master", ""),
    }
    if notice := _NOTICES.get(event.data.get("written_notice", "")):
        sentence = f"{sentence} {notice()}"
    # a letter or a call may be entered days later; the term counts from when it came
    at = event.case.submission.received_at if verb == Verb.SUBMIT else event.at
    return Milestone(at, sentence, event.note if shows_note and verb in _TOLD else "")


def _words_for(verb: Verb, event: CaseEvent) -> LazyWords:
    if event.case.submission.is_in_lawful_form and verb in _SENTENCES_OF_LETTERS:
        return _SENTENCES_OF_LETTERS[verb]
    if verb == Verb.REFUSE and event.data.get("reason") == NOT_SUPPLEMENTED:
        return _CLOSED
    return _SENTENCES[verb]


def _day(text: Any) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _named(model: Any, codes: set[Any]) -> dict[str, str]:
    codes.discard(None)
    return dict(model.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def _reasons(codes: set[Any]) -> dict[str, tuple[str, str]]:
    """Name and text for the sender."""
    codes.discard(None)
    rows = RefusalReason.objects.filter(code__in=codes).values_list("code", "name", "public_text")
    return {code: (name, text) for code, name, text in rows} if codes else {}


def shows_content(case: Case) -> bool:
    """A sealed case shows neither text nor files on this screen, not even to its sender (Law
    117/2025/QH15).
    """
    return case.status not in SEALED


_NOTICES: dict[str, LazyWords] = {
    Way.MAIL: lambda: _("The written notice went to you by e-mail."),
    Way.PAPER: lambda: _("The written notice comes to you by post."),
}
_WORKING: LazyWords = lambda: _("Being worked on")  # noqa: E731
_GUIDED: LazyWords = lambda: _("Guided")  # noqa: E731

_STATUS: dict[Status, LazyWords] = {
    Status.SUBMITTED: lambda: _("Sent, waiting to be received"),
    Status.RECEIVED: lambda: _("Received"),
    Status.NEED_INFO: lambda: _("We need more from you"),
    Status.ROUTED: _WORKING,
    Status.RETURNED: _WORKING,
    Status.PROCESSING: _WORKING,
    Status.COORDINATING: _WORKING,
    Status.DRAFT_REVIEW: _WORKING,
    Status.EXTENDED: _WORKING,
    Status.ANSWERED: lambda: _("Answered"),
    Status.PUBLISHED: lambda: _("Answered and made public"),
    Status.REJECTED: lambda: _("Not received"),
    Status.DUPLICATE: lambda: _("Same as another case"),
    Status.OUT_OF_SCOPE: _GUIDED,
    Status.FORWARDED: lambda: _("Referred to another agency"),
    Status.COMPLAINT: _GUIDED,
    Status.DENUNCIATION: _GUIDED,
    Status.NOTED: lambda: _("Noted"),
    Status.WITHDRAWN: lambda: _("Withdrawn"),
    Status.REOPENED: lambda: _("Being worked on again"),
    Status.SECRET_HOLD: _WORKING,
    Status.ON_PAPER: lambda: _("Handled on paper"),
}

_UNIT_WORKS: LazyWords = lambda: _("The unit in charge is preparing the answer.")  # noqa: E731
_NEXT: dict[Status, LazyWords] = {
    Status.SUBMITTED: lambda: _(
        "The Ministry Office reads what you sent and receives it, or asks you for more."
    ),
    Status.RECEIVED: lambda: _("The Ministry Office chooses the unit that will answer."),
    Status.NEED_INFO: lambda: _("The ministry asks you to add something before work goes on."),
    Status.ROUTED: _UNIT_WORKS,
    Status.RETURNED: lambda: _("The Ministry Office chooses the unit that will answer."),
    Status.PROCESSING: _UNIT_WORKS,
    Status.COORDINATING: lambda: _("The unit in charge is asking other units of the ministry."),
    Status.DRAFT_REVIEW: lambda: _("The answer is written and waits for its approval."),
    Status.EXTENDED: _UNIT_WORKS,
    Status.ANSWERED: lambda: _(
        "You find the answer below. If it is not enough, send a new question and name this case."
    ),
    Status.PUBLISHED: lambda: _(
        "You find the answer below; others can find it among the answers. It names you only if you agreed to "
        "that."
    ),
    Status.REJECTED: lambda: _("The reason is in the history below. You may send again once it is mended."),
    Status.DUPLICATE: lambda: _(
        "The same matter is already being handled there. When it is answered, you find the answer here; if "
        "it ends without one, the ministry takes up your case by itself."
    ),
    Status.OUT_OF_SCOPE: lambda: _(
        "The matter is not the ministry's to decide. What you can do is told below."
    ),
    Status.FORWARDED: lambda: _("The matter belongs to that agency, which will answer you."),
    Status.COMPLAINT: lambda: _(
        "This is a complaint, which follows a procedure of its own. Send a signed letter to"
        " the office that decided, "
        "or bring it to the ministry's reception of citizens."
    ),
    Status.DENUNCIATION: lambda: _(
        "This is a denunciation, which the law takes by letter or in person only. Bring it "
        "to the ministry's reception "
        "of citizens or post it to the office that receives denunciations; your name will be kept secret."
    ),
    Status.NOTED: lambda: _(
        "There is not enough ground for a change yet. The ministry keeps it for its study."
    ),
    Status.WITHDRAWN: lambda: _("You took it back; nobody works on it any more."),
    Status.REOPENED: _UNIT_WORKS,
    Status.SECRET_HOLD: _UNIT_WORKS,
    Status.ON_PAPER: lambda: _(
        "As the law requires, the ministry handles this matter on paper and keeps nothing of it on this "
        "site. Please speak of it with the ministry in person only, not here and not by e-mail."
    ),
}

#: Of what came by letter or was told in person, which are the forms of the law: nothing is asked for again.
_NEXT_OF_LETTERS: dict[Status, LazyWords] = {
    Status.COMPLAINT: lambda: _(
        "This is a complaint, which follows a procedure of its own. The ministry has what you brought or "
        "sent; you need not send it again."
    ),
    Status.DENUNCIATION: lambda: _(
        "This is a denunciation, which follows a procedure of its own. The ministry has what you brought or "
        "sent; you need not send it again. Your name will be kept secret."
    ),
}
_SENTENCES_OF_LETTERS: dict[Verb, LazyWords] = {
    Verb.MOVE_TO_COMPLAINT: lambda: _("It is a complaint; it goes on by its own procedure."),
    Verb.MOVE_TO_DENUNCIATION: lambda: _("It is a denunciation; it goes on by its own procedure."),
}
_CLOSED: LazyWords = lambda: _("The ministry closed it: %(name)s.")  # noqa: E731

_SENTENCES: dict[Verb, LazyWords] = {
    Verb.SUBMIT: lambda: _("Your submission arrived at the ministry."),
    Verb.RECEIVE: lambda: _("The Ministry Office received it."),
    Verb.REFUSE: lambda: _("The Ministry Office did not receive it: %(name)s."),
    Verb.REQUEST_SUPPLEMENT: lambda: _("The ministry asked you for more."),
    Verb.SUPPLEMENT: lambda: _("Your addition arrived; work goes on."),
    Verb.FORWARD: lambda: _("Given to %(unit)s to answer."),
    Verb.EXTEND_DEADLINE: lambda: _("The unit needs more time, until %(due)s."),
    Verb.APPROVE_ANSWER: lambda: _("The ministry answered."),
    Verb.PUBLISH: lambda: _("The answer was made public, without your contacts."),
    Verb.UNPUBLISH: lambda: _("The answer was taken off the site."),
    Verb.CORRECT: lambda: _("The public answer was corrected."),
    Verb.REFER: lambda: _("Referred to %(name)s, which is competent."),
    Verb.GUIDE: lambda: _("The ministry is not competent and told you what you can do."),
    Verb.MARK_DUPLICATE: lambda: _("The same as case %(master)s."),
    Verb.MOVE_TO_COMPLAINT: lambda: _("It is a complaint; you were guided to its procedure."),
    Verb.MOVE_TO_DENUNCIATION: lambda: _("It is a denunciation; you were guided to its procedure."),
    Verb.GUIDE_AGAIN: lambda: _("The ministry told you once more where to turn."),
    Verb.HAND_OVER: lambda: _("It was handed over to whoever is competent."),
    Verb.KEEP: lambda: _("Kept for study."),
    Verb.CONFIRM_SECRET: lambda: _("From now on the ministry handles it on paper."),
    Verb.WITHDRAW: lambda: _("You withdrew it."),
    Verb.CORRECT_SENDER: lambda: _("As you asked, the ministry changed what it has of your data."),
    Verb.REOPEN: lambda: _("The ministry took the case up again."),
}
