"""The gate before publication: which finds of personal data are still neither masked nor confirmed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pakn_portal.answers.models import PublicText
from pakn_portal.submissions.known import known_values
from pakn_portal.text import Find, find_personal_data, mask

FIELDS = ("title", "question", "answer")


@dataclass(frozen=True)
class MarkedFind:
    """A find in one field of the public text."""

    field: str
    find: Find
    fingerprint: str
    is_confirmed: bool


def marked_finds(text: PublicText) -> list[MarkedFind]:
    """Every find in title, question and answer, in order."""
    known = known_values(text.case.submission.sender)
    confirmed = set(text.confirmed)
    return [
        MarkedFind(name, find, fingerprint(name, find), fingerprint(name, find) in confirmed)
        for name in FIELDS
        for find in find_personal_data(getattr(text, name), known=known)
    ]


def open_finds(text: PublicText) -> list[MarkedFind]:
    """The finds that keep the button shut."""
    return [mark for mark in marked_finds(text) if not mark.is_confirmed]


def masked(text: PublicText, field: str, words: str) -> str:
    """Other words for a field of the text, as they once stood: what is not confirmed is masked."""
    known, confirmed = known_values(text.case.submission.sender), set(text.confirmed)
    finds = find_personal_data(words, known=known)
    return mask(words, [find for find in finds if fingerprint(field, find) not in confirmed])


def fingerprint(field: str, find: Find) -> str:
    """What a confirmation is bound to: the field, the kind and the very characters."""
    return hashlib.sha256(f"{field}\x1f{find.kind}\x1f{find.text}".encode()).hexdigest()[:32]
