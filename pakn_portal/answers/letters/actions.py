"""Verbs of outgoing letters."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pakn_portal.answers.models import OutgoingLetter
from pakn_portal.answers.texts import words_of_letter
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import LetterNumbered
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.flow.errors import MoveError
from pakn_portal.flow.moving import require
from pakn_portal.languages import speaking
from pakn_portal.people.actor import Account
from pakn_portal.register.texts import text_hash
from pakn_portal.snippets.enums import LetterKind

#: The verb after which a letter of the kind is another letter, with a number of its own.
_ANEW: Final = {
    LetterKind.ANSWER: Verb.REOPEN,
    LetterKind.REFUSAL: Verb.REFUSE,
    LetterKind.SUPPLEMENT: Verb.REQUEST_SUPPLEMENT,
    LetterKind.FORWARDING: Verb.FORWARD,
    LetterKind.EXTENSION: Verb.EXTEND_DEADLINE,
}


class Renumbered(MoveError):
    """A colleague kept something else since the letter was looked at: `kept`."""

    def __init__(self, kept: OutgoingLetter | None) -> None:
        self.kept = kept
        number = kept.reference_number if kept is not None else ""
        day = f"{kept.dated_on:%d/%m/%Y}" if kept is not None and kept.dated_on else ""
        super().__init__(
            _(
                "A colleague has kept number and date of this letter meanwhile: number %(number)s, date "
                "%(day)s. Nothing of yours is kept yet. To replace theirs, press the button once more."
            )
            % {"number": number or "…", "day": day or "…"}
        )


def state_of(letter: OutgoingLetter | None) -> str:
    """Differs when anything that is kept of the letter does; empty where nothing is."""
    if letter is None:
        return ""
    day = letter.dated_on.isoformat() if letter.dated_on else ""
    return text_hash(letter.reference_number, day, letter.signature_title, letter.signatory)


def record_of(case: Case, kind: str) -> OutgoingLetter | None:
    """What is kept of the letter that the case has now. The number of an earlier one of the same kind is that
    letter's alone (Decree 30/2020/NĐ-CP, art. 15): the register has it.
    """
    kept = OutgoingLetter.objects.filter(case=case, kind=kind).first()
    if kept is None:
        return None
    anew = case.events.filter(verb=_ANEW[LetterKind(kind)]).order_by("sequence").last()
    numbered = _last_numbering(case, kind)
    is_older = anew is not None and numbered is not None and numbered.sequence < anew.sequence
    return None if is_older else kept


def _last_numbering(case: Case, kind: str) -> Any:
    lines = case.events.filter(verb=Verb.NOTE, data__letter=kind)
    return lines.select_related("by").order_by("sequence").last()


def _last_numbered_by(case: Case, kind: str) -> Account | None:
    line = _last_numbering(case, kind)
    return line.by if line is not None else None


def number_letter(
    case: Case,
    kind: str,
    *,
    reference_number: str,
    dated_on: date | None,
    signature_title: str,
    signatory: str,
    by: Account,
    seen: str | None = None,
) -> OutgoingLetter:
    """Keep number, date and signatory of a letter of the case. The same again changes nothing.

    Whoever may read the sender's contacts, for the letter has them. `seen`: `state_of` the letter that they
    wrote for; None overruns what a colleague has kept since.
    Event: note, with number and date. Raises Renumbered.
    """
    require(case, Verb.READ_CONTACTS, by=by)
    values = {
        "reference_number": reference_number,
        "dated_on": dated_on,
        "signature_title": signature_title,
        "signatory": signatory,
    }
    kept = record_of(case, kind)
    if kept is not None and all(getattr(kept, name) == value for name, value in values.items()):
        return kept
    # in the words of the site, for the register is kept for good
    with speaking():
        told = f"{capfirst(str(LetterKind(kind).label))}: {reference_number or '…'}"
    with moving(case, Verb.NOTE, by=by, note=told) as move:
        kept = record_of(case, kind)
        if seen is not None and seen != state_of(kept) and _last_numbered_by(case, kind) != by:
            raise Renumbered(kept)
        letter = OutgoingLetter.objects.update_or_create(case=case, kind=kind, defaults=values)[0]
        move.payload = LetterNumbered(letter=kind, dated_on=dated_on)
        move.texts = words_of_letter(letter)
    return letter
