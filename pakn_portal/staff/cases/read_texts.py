"""Which public texts this person has read to their end: kept in their session, with the very words.

Publishing many at once is only for these; one that was changed since is to be read again.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from pakn_portal.answers.models import PublicText
from pakn_portal.register.texts import text_hash

_KEY: Final = "pakn_read"
_CHOSEN: Final = "pakn_to_publish"
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


def remember_chosen(request: HttpRequest, keys: list[int]) -> None:
    """The cases that were chosen to be published together: who reads one of them goes on with the next."""
    request.session[_CHOSEN] = keys


def chosen_with(request: HttpRequest, pk: int) -> list[int]:
    """Those that were chosen together with this one; nothing where it was not among them."""
    keys: list[int] = request.session.get(_CHOSEN, [])
    return keys if pk in keys else []


def first_unread(request: HttpRequest, keys: list[int]) -> int | None:
    """Of cases, in their order."""
    texts = PublicText.objects.in_bulk(keys, field_name="case_id")
    return next((pk for pk in keys if not has_read(request, texts.get(pk))), None)
