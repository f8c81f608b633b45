"""Verbs of the answer: draft, submit, approve (four eyes), and the redacted public text."""

from __future__ import annotations

from collections.abc import Iterable

from pakn_portal import clock
from pakn_portal.answers.enums import AnswerState, PublicTextState
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.answers.texts import hash_of_answer, words_of_answer, words_of_public_text
from pakn_portal.cases.enums import Outcome, Verb
from pakn_portal.cases.events import AnswerMoved, Approved, Prepared
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.people.actor import Account, Actor
from pakn_portal.register.texts import text_hash


def draft_answer(
    case: Case, *, body: str, by: Account, outcome: str = Outcome.EXPLAINED, legal_bases: str = ""
) -> Answer:
    """Save the draft. Everybody who saves it is its writer (see `four_eyes`), the last is named. Event:
    draft_answer.
    """
    with moving(case, Verb.DRAFT_ANSWER, by=by) as move:
        answer = Answer.objects.filter(case=case).first() or Answer(case=case)
        answer.body, answer.outcome, answer.legal_bases = body, outcome, legal_bases
        answer.state, answer.version = AnswerState.DRAFT, answer.version + 1
        answer.written_by, answer.written_at = by, clock.now()
        answer.save()
        move.payload, move.texts = AnswerMoved(version=answer.version), words_of_answer(answer)
    return answer


def submit_answer(case: Case, *, by: Actor, note: str = "") -> None:
    """Hand the draft to the head. Event: submit_answer; the head is told."""
    with moving(case, Verb.SUBMIT_ANSWER, by=by, note=note) as move:
        answer = move.subject.answer
        answer.state = AnswerState.SUBMITTED
        answer.save()
        move.payload = AnswerMoved(version=answer.version)


def reject_answer(case: Case, *, by: Actor, note: str) -> None:
    """Back to the officer with a reason. Event: reject_answer; the officer is told."""
    with moving(case, Verb.REJECT_ANSWER, by=by, note=note) as move:
        answer = Answer.objects.get(case=case)
        answer.state = AnswerState.REJECTED
        answer.save()
        move.payload = AnswerMoved(version=answer.version)


def approve_answer(case: Case, *, by: Actor, note: str = "") -> None:
    """Approve; in a petition that delivers it too (`then` of the row, see `delivery`). Never by one of its
    writers. Event: approve_answer; the sender is told.
    """
    with moving(case, Verb.APPROVE_ANSWER, by=by, note=note) as move:
        answer = move.subject.answer
        answer.state = AnswerState.APPROVED
        answer.approved_by, answer.approved_at = by, clock.now()
        answer.approved_hash = text_hash(answer.body)
        answer.save()
        move.payload = Approved(
            version=answer.version, hash=answer.approved_hash, answer_hash=hash_of_answer(answer)
        )
        move.texts = words_of_answer(answer)


def prepare_public_text(
    case: Case, *, title: str, question: str, answer: str, by: Account, confirmed: Iterable[str] = ()
) -> PublicText:
    """Save the text for the public; it is not public yet. `confirmed`: fingerprints of finds that are not
    personal data.

    Event: prepare_public_text. A text that was already with the publisher goes back to being a draft; the
    text of a
    published answer becomes public only through `pages.answers.actions.correct_answer`.
    """
    with moving(case, Verb.PREPARE_PUBLIC_TEXT, by=by) as move:
        text = PublicText.objects.filter(case=case).first() or PublicText(case=case)
        text.title, text.question, text.answer = title, question, answer
        text.confirmed = sorted(set(confirmed))
        text.state, text.prepared_by, text.prepared_at = PublicTextState.DRAFT, by, clock.now()
        text.content_hash = text_hash(title, question, answer)
        text.save()
        move.payload, move.texts = Prepared(open_finds=len(open_finds(text))), words_of_public_text(text)
    return text
