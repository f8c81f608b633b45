"""What the sender sees of the case: words, dates, the answer, their own text and files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.models import Answer
from pakn_portal.cases import deadline
from pakn_portal.cases.enums import Right, Status, Verb
from pakn_portal.cases.graph import find_transition
from pakn_portal.cases.models import Case
from pakn_portal.pages import public_words
from pakn_portal.pages.answer import AnswerPage

_ANSWERED = (Status.ANSWERED, Status.PUBLISHED)


def result_context(case: Case, request: HttpRequest) -> dict[str, Any]:
    """A constant number of queries, however long the history."""
    shows_content = public_words.shows_content(case)
    history = public_words.milestones(case)
    return {
        "case": case,
        "submission": case.submission,
        "status": public_words.public_status(case),
        "badge": public_words.badge_of(case),
        "next": public_words.what_next(case),
        "due": public_words.due_sentence(case),
        "explanation": deadline.explanation(case) if case.is_open and case.due_on else "",
        "milestones": history,
        "asked": _asked(history, case),
        "shows_content": shows_content,
        "sent_files": list(case.submission.attachments.all()) if shows_content else [],
        "supplements": list(case.submission.supplements.all()) if shows_content else [],
        "answer": _answer(case),
        "public_url": _public_url(case, request),
        "may_withdraw": _may_withdraw(case),
    }


def _asked(history: list[public_words.Milestone], case: Case) -> str:
    """What the ministry asked for last, while it waits."""
    notes = [line.note for line in history if line.note]
    return notes[-1] if case.status == Status.NEED_INFO and notes else ""


def _answer(case: Case) -> Answer | None:
    if case.status not in _ANSWERED:
        return None
    return Answer.objects.filter(case=case, state=AnswerState.APPROVED).first()


def _public_url(case: Case, request: HttpRequest) -> str:
    """The public page of this case's answer, or of the case it repeats."""
    whose = case.master_id if case.status == Status.DUPLICATE else case.pk
    page = AnswerPage.objects.live().filter(public_text__case=whose).first()
    return (page.get_url(request) or "") if page else ""


def _may_withdraw(case: Case) -> bool:
    transition = find_transition(Verb.WITHDRAW, case.status)
    return transition is not None and Right.SENDER in transition.rights
