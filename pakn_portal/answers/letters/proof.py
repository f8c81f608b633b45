"""Whether a kept letter is still the one that its act wrote."""

from __future__ import annotations

from pakn_portal.answers.letters.letter import ACTS
from pakn_portal.answers.models import OutgoingLetter
from pakn_portal.answers.texts import name_of_letter, words_of_letter
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.register.texts import is_told_otherwise
from pakn_portal.snippets.enums import LetterKind


def last_numbering(case: Case, kind: str, act: int) -> CaseEvent | None:
    """The last line that tells of number and date of this letter."""
    lines = case.events.filter(verb=Verb.NOTE, data__letter=kind)
    lines = lines.filter(data__act=act) if act else lines.filter(data__act__isnull=True)
    return lines.select_related("by").order_by("sequence").last()


def is_as_kept(case: Case, kind: str, act: int, letter: OutgoingLetter | None) -> bool:
    """Whether `letter` is what the register has of the letter of this act (0: of a draft). One of before
    lines proved letters passes, and so does none where none was kept. A few queries.
    """
    lines = case.events.all()
    if letter is None or letter.act != act:
        told = lines.filter(sequence=act, texts__has_key=f"{name_of_letter(kind, act)}.words")
        if told.exists():
            return False
    if letter is None:
        return True
    if letter.words.get("is_joined"):
        # the act stands in the register of another case; what proves the letter is the line of its number
        if last_numbering(case, letter.kind, letter.act) is None:
            return False
    elif letter.act and not lines.filter(sequence=letter.act, verb=ACTS[LetterKind(kind)]).exists():
        return False
    return not _is_dated_otherwise(case, letter) and not is_told_otherwise(lines, words_of_letter(letter))


def _is_dated_otherwise(case: Case, letter: OutgoingLetter) -> bool:
    line = last_numbering(case, letter.kind, letter.act)
    day = letter.dated_on.isoformat() if letter.dated_on else ""
    return day != (line.data.get("dated_on") or "" if line is not None else "")
