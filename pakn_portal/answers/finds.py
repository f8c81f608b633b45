"""The gate before publication: which finds of personal data are still neither masked nor confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from pakn_portal.answers.models import PublicText
from pakn_portal.submissions.known import known_values
from pakn_portal.text import Find, find_personal_data, is_office_line, mask, read_phone

FIELDS = ("title", "question", "answer")


@dataclass(frozen=True)
class MarkedFind:
    """A find in one field of the public text."""

    field: str
    find: Find
    fingerprint: str
    is_confirmed: bool


def marked_finds(text: PublicText) -> list[MarkedFind]:
    """Every find in title, question and answer, in order; found once for the words that the text has now."""
    words = (*(getattr(text, name) for name in FIELDS), *text.confirmed)
    if getattr(text, "_found_in", None) != words:
        text._found_in, text._finds = words, _mark_finds(text)  # type: ignore[attr-defined]
    return text._finds  # type: ignore[attr-defined, no-any-return]


def _mark_finds(text: PublicText) -> list[MarkedFind]:
    known = known_values(text.case.submission.sender)
    confirmed = set(text.confirmed)
    return [
        MarkedFind(name, find, fingerprint(name, find), fingerprint(name, find) in confirmed)
        for name in FIELDS
        for find in finds_in(name, getattr(text, name), known)
    ]


def finds_in(field: str, words: str, known: list[tuple[str, str]]) -> list[Find]:
    """What is found in a field. In the answer the ministry speaks, so the telephones and mailboxes of offices
    are meant to be read: a person decides on them. The sender's own stay sure.
    """
    finds = find_personal_data(words, known=known)
    if field != "answer":
        return finds
    own = {read_phone(value) for kind, value in known if kind == "phone"}
    own |= {value.casefold() for kind, value in known if kind == "email"}
    return [find._replace(is_sure=find.is_sure and not is_of_office(find, own)) for find in finds]


def is_of_office(find: Find, own: Collection[str] = ()) -> bool:
    """Whether it may be the telephone or the mailbox of an office. `own`: those of the sender, as read."""
    if find.kind == "email":
        return find.text.casefold().endswith(".gov.vn") and find.text.casefold() not in own
    return is_office_line(find.text) and read_phone(find.text) not in own and find.kind == "phone"


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
