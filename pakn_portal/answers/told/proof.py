"""Whether an answer is still the one that was approved."""

from __future__ import annotations

from pakn_portal.answers.models import Answer
from pakn_portal.answers.texts import hash_of_answer, told_by
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import AnswerDoubted
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.register.models import FIRST_FORMAT
from pakn_portal.register.texts import is_proved, text_hash


def is_as_approved(answer: Answer) -> bool:
    """Held against its own hash and against the register. Three queries."""
    approved = answer.case.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    if approved is None or answer.approved_hash != text_hash(answer.body):
        return False
    if approved.data.get("hash", answer.approved_hash) != answer.approved_hash:
        return False
    if approved.data.get("answer_hash", hash_of_answer(answer)) != hash_of_answer(answer):
        return False
    if approved.format == FIRST_FORMAT:
        # it proves the body by its hash alone
        return "hash" in approved.data
    return is_proved(answer.case.events.filter(pk=approved.pk), told_by(approved, answer))


def tell_doubt(case: Case) -> None:
    """Write down, once for each approval, that the answer is another than the approved one and is shown to
    nobody. Event: note; the Ministry Office is told.
    """
    approved = case.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    notes = case.events.filter(verb=Verb.NOTE, sequence__gt=approved.sequence if approved else 0)
    if any(note.data.get("doubted") for note in notes):
        return
    with moving(case, Verb.NOTE, by=None) as move:
        move.payload = AnswerDoubted()
