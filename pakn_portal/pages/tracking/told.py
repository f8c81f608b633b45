"""What the ministry sent the sender beside words: the files of the answer, and of what it asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from pakn_portal.answers.models import Answer
from pakn_portal.answers.told.proof import is_as_approved, tell_doubt
from pakn_portal.answers.told.together import answer_told, files_told
from pakn_portal.cases.enums import SEALED, Verb
from pakn_portal.cases.files import file_keys, files_by_key
from pakn_portal.cases.models import Case, CaseEvent, CaseFile

logger = logging.getLogger(__name__)


def is_doubted(answer: Answer | None) -> bool:
    """Words that nobody approved are shown to nobody, and the Ministry Office is told."""
    if answer is None or is_as_approved(answer):
        return False
    logger.error("The answer of case %s is not the one that was approved; it is not shown.", answer.case)
    tell_doubt(Case.objects.get(pk=answer.case_id))
    return True


def files_for_sender(case: Case) -> list[CaseFile]:
    """Everything that the sender may have now."""
    if case.status in SEALED:
        return []
    answer = answer_told(case)
    of_answer = files_told(case, answer) if answer is not None and not is_doubted(answer) else []
    asked = files_by_key(case, asked_keys(case.events.filter(verb=Verb.REQUEST_SUPPLEMENT)))
    return [*of_answer, *asked.values()]


def asked_keys(lines: Iterable[CaseEvent]) -> list[str]:
    """Of the files that went to the sender with a question."""
    return [key for line in lines if line.verb == Verb.REQUEST_SUPPLEMENT for key in file_keys(line)]
