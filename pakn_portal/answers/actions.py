"""Verbs of the answer: draft, submit, approve (four eyes), and the redacted public text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pakn_portal import clock
from pakn_portal.answers.enums import AnswerState, PublicTextState
from pakn_portal.answers.files.listed import listing, unready, without
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.guards import lacking
from pakn_portal.answers.models import Answer, AnswerVersion, PublicText
from pakn_portal.answers.texts import (
    Words,
    words_in,
    words_of_answer,
    words_of_public_text,
)
from pakn_portal.answers.told.together import seals_of_places, to_confirm, unconfirmed
from pakn_portal.cases.enums import Outcome, Verb
from pakn_portal.cases.events import AnswerMoved, Approved, Prepared
from pakn_portal.cases.files import take_over
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.cases.texts import what_was_stored
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.flow.moving import require
from pakn_portal.people.actor import Account, Actor
from pakn_portal.register.texts import text_hash
from pakn_portal.submissions.tray import waiting_uploads


def draft_answer(
    case: Case,
    *,
    body: str,
    by: Account,
    outcome: str = Outcome.EXPLAINED,
    legal_bases: str = "",
    form_key: str = "",
    dropped: Iterable[str] = (),
) -> Answer:
    """Save the draft. Everybody who saves other words is their writer (see `four_eyes`), the last is named;
    each version is kept. The same words again are no version. Event: draft_answer.

    The answer keeps its files but those `dropped` (keys), and gets those that wait under `form_key`.
    """
    saved = Answer.objects.filter(case=case).first()
    words = Words(body, outcome, legal_bases, without(saved.files if saved else "", dropped))
    has_new = bool(form_key) and bool(waiting_uploads(form_key))
    if saved is not None and not has_new and words == words_in(saved):
        require(case, Verb.DRAFT_ANSWER, by=by)
        return saved
    with moving(case, Verb.DRAFT_ANSWER, by=by) as move:
        answer = Answer.objects.filter(case=case).first() or Answer(case=case)
        answer.body, answer.outcome, answer.legal_bases, kept = words
        files = take_over(case, form_key, by=by)
        answer.files = "\n".join(filter(None, [kept, listing(files)]))
        answer.state, answer.version = AnswerState.DRAFT, answer.version + 1
        answer.written_by, answer.written_at = by, clock.now()
        answer.save()
        _keep(answer, by)
        move.payload = AnswerMoved(version=answer.version, is_kept=True)
        move.texts = {**words_of_answer(answer), **what_was_stored(files)}
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


def approve_answer(
    case: Case,
    *,
    by: Actor,
    note: str = "",
    corrected: Words | None = None,
    confirmed: Iterable[str] = (),
) -> None:
    """Approve; in a petition that delivers it too (`then` of the row, see `delivery`). Never by one of its
    writers, nor without words and outcome (NotAllowed). Event: approve_answer; the sender is told.

    `corrected`: other words than were submitted, for which the approver answers. They are a version of their
    own, the line says of which, and both are kept. `confirmed`: fingerprints of places that name none of the
    senders of joined cases, who are told the answer too (`told.together`).
    """
    with moving(case, Verb.APPROVE_ANSWER, by=by, note=note) as move:
        answer, submitted = move.subject.answer, None
        if lacks := lacking(corrected or words_in(answer)):
            raise NotAllowed(move.subject, Verb.APPROVE_ANSWER, " ".join(lacks.values()))
        if problem := unready(move.subject, (corrected or words_in(answer)).files):
            raise NotAllowed(move.subject, Verb.APPROVE_ANSWER, problem)
        doubtful = to_confirm(move.subject, corrected or words_in(answer))
        if problem := unconfirmed(doubtful, set(confirmed)):
            raise NotAllowed(move.subject, Verb.APPROVE_ANSWER, problem)
        if corrected is not None and corrected != words_in(answer):
            submitted = answer.version
            answer.body, answer.outcome, answer.legal_bases, answer.files = corrected
            answer.version += 1
        answer.state = AnswerState.APPROVED
        answer.approved_by, answer.approved_at = by, clock.now()
        answer.approved_hash = text_hash(answer.body)
        answer.save()
        if submitted is not None:
            _keep(answer, by)
        move.payload = Approved(
            version=answer.version,
            is_kept=True if submitted is not None else None,
            corrected_from=submitted,
            confirmed=len(doubtful) or None,
            confirmed_places=seals_of_places(answer, doubtful),
        )
        move.texts = words_of_answer(answer)


def _keep(answer: Answer, by: Any) -> None:
    words = words_in(answer)
    AnswerVersion.objects.create(
        answer=answer, version=answer.version, written_by=by, written_at=clock.now(), **words._asdict()
    )


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
