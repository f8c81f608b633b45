"""Verbs of outgoing letters."""

from __future__ import annotations

from datetime import date

from django.utils.text import capfirst

from pakn_portal.answers.models import OutgoingLetter
from pakn_portal.answers.texts import words_of_letter
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import LetterNumbered
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.flow.moving import require
from pakn_portal.languages import speaking
from pakn_portal.people.actor import Account
from pakn_portal.snippets.enums import LetterKind


def number_letter(
    case: Case,
    kind: str,
    *,
    reference_number: str,
    dated_on: date | None,
    signature_title: str,
    signatory: str,
    by: Account,
) -> OutgoingLetter:
    """Keep number, date and signatory of a letter of the case. The same again changes nothing.

    Whoever may read the sender's contacts, for the letter has them. Event: note, with number and date.
    """
    require(case, Verb.READ_CONTACTS, by=by)
    values = {
        "reference_number": reference_number,
        "dated_on": dated_on,
        "signature_title": signature_title,
        "signatory": signatory,
    }
    kept = OutgoingLetter.objects.filter(case=case, kind=kind).first()
    if kept is not None and all(getattr(kept, name) == value for name, value in values.items()):
        return kept
    # in the words of the site, for the register is kept for good
    with speaking():
        told = f"{capfirst(str(LetterKind(kind).label))}: {reference_number or '…'}"
    with moving(case, Verb.NOTE, by=by, note=told) as move:
        letter, _is_new = OutgoingLetter.objects.update_or_create(case=case, kind=kind, defaults=values)
        move.payload = LetterNumbered(letter=kind, dated_on=dated_on)
        move.texts = words_of_letter(letter)
    return letter
