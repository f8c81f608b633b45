"""What an answer said before: what the head asked to change, and what has changed since, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pakn_portal.answers.differences import Piece, word_differences
from pakn_portal.answers.files.listed import names_in
from pakn_portal.answers.models import Answer, AnswerVersion
from pakn_portal.answers.texts import Words, words_in
from pakn_portal.cases.enums import Outcome, Verb
from pakn_portal.cases.models import Case, CaseEvent

LABELS: dict[str, Promise] = {
    "body": _("Answer"),
    "outcome": _("Outcome"),
    "legal_bases": _("Legal bases"),
    "files": _("Files"),
}


@dataclass(frozen=True)
class Difference:
    """`fields`: label and pieces of each part that changed."""

    before: int
    after: int
    fields: list[tuple[Any, list[Piece]]]

    @property
    def has_body(self) -> bool:
        """Whether all the words of the answer stand in it, marked."""
        return any(label is LABELS["body"] for label, _pieces in self.fields)


@dataclass(frozen=True)
class Remarks:
    """Why the head did not approve the draft, and of which version that was said."""

    event: CaseEvent
    version: int

    @property
    def note(self) -> str:
        return self.event.note


def remarks_on(case: Case) -> Remarks | None:
    """The last ones that still count: none since the answer was approved. One query."""
    verdicts = case.events.filter(verb__in=[Verb.REJECT_ANSWER, Verb.APPROVE_ANSWER])
    last: CaseEvent | None = verdicts.select_related("by").order_by("sequence").last()
    if last is None or last.verb != Verb.REJECT_ANSWER:
        return None
    return Remarks(last, last.data.get("version", 0))


def changed_since(answer: Answer, version: int) -> Difference | None:
    """From that version to the present words; None where nothing changed, or the version was never kept."""
    before = answer.versions.filter(version=version).first() if version != answer.version else None
    return _difference(before, words_in(answer), answer.version)


def corrected_at_approval(answer: Answer) -> Difference | None:
    """What the approver changed, for an approved answer. Two queries."""
    approved = answer.case.events.filter(verb=Verb.APPROVE_ANSWER).order_by("sequence").last()
    submitted = approved.data.get("corrected_from") if approved is not None else None
    if submitted is None or approved is None or approved.data.get("version") != answer.version:
        return None
    return changed_since(answer, submitted)


def difference_to(answer: Answer, words: Words) -> Difference | None:
    """From the answer as it stands to other words for it."""
    return _difference(answer, words, answer.version + 1)


def _difference(before: Answer | AnswerVersion | None, words: Words, version: int) -> Difference | None:
    if before is None or words_in(before) == words:
        return None
    told, anew = _shown(words_in(before)), _shown(words)
    fields = [
        (LABELS[name], word_differences(told[name], anew[name]))
        for name in Words._fields
        if told[name] != anew[name]
    ]
    return Difference(before.version, version, fields)


def _shown(words: Words) -> dict[str, str]:
    outcome = str(Outcome(words.outcome).label) if words.outcome else ""
    return words._replace(outcome=outcome, files="\n".join(names_in(words.files)))._asdict()
