"""Which public texts this person has read to their end: kept in their session, with the very words.

Publishing many at once is only for these; one that was changed since is to be read again.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from pakn_portal.answers.models import PublicText
from pakn_portal.register.texts import text_hash

_KEY: Final = "pakn_read"
#: The oldest are forgotten.
_MOST: Final = 300


def remember_read(request: HttpRequest, text: PublicText) -> None:
    """The person says that they are at its end."""
    kept = {**request.session.get(_KEY, {}), str(text.case_id): fingerprint_of(text)}
    request.session[_KEY] = dict(list(kept.items())[-_MOST:])


def has_read(request: HttpRequest, text: PublicText | None) -> bool:
    """These very words."""
    return text is not None and request.session.get(_KEY, {}).get(str(text.case_id)) == fingerprint_of(text)


def fingerprint_of(text: PublicText | None) -> str:
    """Of the words that are read; empty without a text."""
    return text_hash(text.title, text.question, text.answer) if text is not None else ""
