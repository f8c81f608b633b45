"""The gate before publication: which finds of personal data are still neither masked nor confirmed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pakn_portal.answers.models import PublicText
from pakn_portal.cases.models import Case
from pakn_portal.text import Find, find_personal_data

FIELDS = ("title", "question", "answer")


@dataclass(frozen=True)
class MarkedFind:
    """A find in one field of the public text."""

    field: str
    find: Find
    fingerprint: str
    is_confirmed: bool


def known_values(case: Case) -> list[tuple[str, str]]:
    """What the sender told about themselves: (kind, value), found in the text however it is typed."""
    sender = case.submission.sender
    values = [
        ("name", sender.full_name),
        ("organisation", sender.organisation),
        ("tax_code", sender.tax_code),
        ("address", sender.address),
        ("phone", sender.phone),
        ("email", sender.email),
    ]
    return [(kind, value) for kind, value in values if value.strip()]


def marked_finds(text: PublicText) -> list[MarkedFind]:
    """Every find in title, question and answer, in order."""
    known = known_values(text.case)
    confirmed = set(text.confirmed)
    return [
        MarkedFind(name, find, fingerprint(name, find), fingerprint(name, find) in confirmed)
        for name in FIELDS
        for find in find_personal_data(getattr(text, name), known=known)
    ]


def open_finds(text: PublicText) -> list[MarkedFind]:
    """The finds that keep the button shut."""
    return [mark for mark in marked_finds(text) if not mark.is_confirmed]


def fingerprint(field: str, find: Find) -> str:
    """What a confirmation is bound to: the field, the kind and the very characters."""
    return hashlib.sha256(f"{field}\x1f{find.kind}\x1f{find.text}".encode()).hexdigest()[:32]
