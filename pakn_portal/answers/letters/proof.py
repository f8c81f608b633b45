"""Whether a kept letter is still the one that its act wrote."""

from __future__ import annotations

from django.db.models import QuerySet

from pakn_portal.answers.letters.letter import ACTS
from pakn_portal.answers.models import AnswerVersion, OutgoingLetter
from pakn_portal.answers.texts import name_of_letter, words_of_letter
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.register.texts import is_told_otherwise
from pakn_portal.snippets.enums import LetterKind


def numberings(case: Case, kind: str, act: int, lead: str = "") -> QuerySet[CaseEvent]:
    """The lines that tell of number and date of this letter; `lead`: `lead_told` of it."""
    lines = case.events.filter(verb=Verb.NOTE, data__letter=kind)
    lines = lines.filter(data__act=act) if act else lines.filter(data__act__isnull=True)
    return lines.filter(data__lead=lead) if lead else lines.filter(data__lead__isnull=True)


def last_numbering(case: Case, kind: str, act: int, lead: str = "") -> CaseEvent | None:
    """The last of them."""
    return numberings(case, kind, act, lead).select_related("by").order_by("sequence").last()


def is_as_kept(case: Case, kind: str, act: int, letter: OutgoingLetter | None) -> bool:
    """Whether `letter` is what the register has of the letter of this act (0: of a draft). One of before
    lines proved letters passes, and so does none where none was kept. A few queries.
    """
    lines = case.events.all()
    if (letter is None or letter.act != act) and _is_gone(case, kind, act):
        return False
    if letter is None:
        return True
    if letter.lead is not None or letter.words.get("is_joined"):
        # the line of its number proves its words, and the act stands in the register of the lead
        if last_numbering(case, letter.kind, letter.act, letter.lead_told) is None or is_of_other_act(letter):
            return False
    elif letter.act and not lines.filter(sequence=letter.act, verb=ACTS[LetterKind(kind)]).exists():
        return False
    return not _is_dated_otherwise(case, letter) and not is_told_otherwise(lines, words_of_letter(letter))


def _is_gone(case: Case, kind: str, act: int) -> bool:
    """Whether a line tells of the letter of this act that the case has now."""
    name = name_of_letter(kind, act, case.lead.number if case.lead is not None else "")
    told = case.events.filter(texts__has_key=f"{name}.words")
    return (told if case.lead is not None else told.filter(sequence=act)).exists()


def is_of_other_act(letter: OutgoingLetter) -> bool:
    """Of a joined sender: whether the register of its lead has no such act, or the letter says other words
    than were approved there. Two queries.
    """
    lead = letter.lead
    if lead is None or letter.words.get("lead", lead.number) != lead.number:
        return True
    act = lead.events.filter(sequence=letter.act, verb=ACTS[LetterKind(letter.kind)]).first()
    if act is None:
        return True
    if letter.kind != LetterKind.ANSWER:
        return False
    versions = AnswerVersion.objects.filter(answer__case=lead, version=act.data.get("version"))
    approved = versions.values_list("body", flat=True).first()
    told = [line.strip() for line in (approved or "").splitlines() if line.strip()]
    return bool(letter.words.get("paragraphs", [])[: len(told)] != told)


def _is_dated_otherwise(case: Case, letter: OutgoingLetter) -> bool:
    line = last_numbering(case, letter.kind, letter.act, letter.lead_told)
    day = letter.dated_on.isoformat() if letter.dated_on else ""
    return day != (line.data.get("dated_on") or "" if line is not None else "")
