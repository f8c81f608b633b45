"""What the sender sees of the case: words, dates, the answer, their own text and files."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import HttpRequest

from pakn_portal.answers.told.together import answer_kept, files_told
from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.state_secret import answered_behind, sender_may, status_for_sender
from pakn_portal.pages.answers.actions import live_page_of
from pakn_portal.pages.tracking import words
from pakn_portal.pages.tracking.told import is_doubted
from pakn_portal.submissions.models import Submission


def result_context(case: Case, request: HttpRequest) -> dict[str, Any]:
    """A constant number of queries, however long the history."""
    shows_content = words.shows_content(case)
    history = words.milestones(case)
    seen = as_its_sender_knows(case)
    answer = answer_kept(case)
    is_checked = is_doubted(answer)
    shows_answer = answer is not None and not is_checked
    page = live_page_of((case.lead or case).pk)
    is_sealed = answer is not None and answer.case.is_sealed
    corrections = (
        words.corrections_of(answer) if answer is not None and shows_answer and not is_sealed else []
    )
    return {
        "case": case,
        "submission": case.submission,
        "status": words.public_status(seen),
        "badge": words.badge_of(seen, is_answered=shows_answer),
        "next": words.what_next(seen, is_answered=shows_answer),
        "due": words.due_sentence(seen),
        "explanation": due_dates.explanation(seen, tells_basis=False) if seen.is_open and seen.due_on else "",
        "counted_from": due_dates.counted_from(seen),
        "milestones": history,
        "is_asked": seen.status == Status.NEED_INFO,
        "asked": _asked(history, seen),
        "shows_content": shows_content,
        "sent_files": list(case.submission.attachments.all()) if shows_content else [],
        "supplements": list(case.submission.supplements.all()) if shows_content else [],
        "answer": None if is_checked else answer,
        "corrections": corrections,
        # what holds now stands first
        "corrected": page.answer if page is not None and corrections else "",
        "answer_files": files_told(case, answer) if answer is not None and not is_checked else [],
        "is_answer_checked": is_checked,
        "public_url": (page.get_url(request) or "") if page is not None else "",
        "may_withdraw": sender_may(seen, Verb.WITHDRAW),
    }


def with_names(submission: Submission) -> Case:
    """The case with all that its page says of it."""
    cases = Case.objects.with_names().select_related("master", "refusal_reason")
    case: Case = cases.get(pk=submission.case.pk)
    return case


def as_its_sender_knows(case: Case) -> Case:
    """The same case, not to be saved, standing where a lock has hidden it from its sender, with the clock as
    it would run.
    """
    seen = copy(case)
    seen.status = status_for_sender(case)
    if case.status == Status.SECRET_HOLD and case.closed_on is None:
        due_dates.hide_lock(seen, answered_behind(case))
    return seen


def _asked(history: list[words.Milestone], case: Case) -> str:
    """What the ministry asked for last, while it waits."""
    notes = [line.note for line in history if line.note]
    return notes[-1] if case.status == Status.NEED_INFO and notes else ""
