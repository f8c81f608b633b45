"""A page of an answer as the register proves it: every field that a reader sees of it, by name."""

from __future__ import annotations

import json
from typing import Any, Final

from pakn_portal.people.accounts import plain_key
from pakn_portal.register.texts import text_hash

_SEEN: Final = (
    "title",
    "question",
    "answer",
    "legal_bases",
    "public_slug",
    "seo_title",
    "search_description",
    "sector_id",
    "unit_id",
    "kind",
    "sender_kind",
    "outcome",
    "asked_on",
    "answered_on",
)
_OF_CORRECTION: Final = ("note", "corrected_on", "earlier_question", "earlier_answer", "is_withheld")


def what_readers_see(page: Any, *, is_new: bool = False) -> dict[str, str]:
    """Of an answer page on the site, as its row is. Two queries, for its files and for the notes of what
    was corrected, where they were not read with it; one that `is_new` on the site has no notes.
    """
    values = {f"page.{name}": _text(getattr(page, name)) for name in _SEEN}
    copies = _copies(page)
    values["page.files"], values["page.copies"] = _files(copies), _taken_for(copies)
    return {**values, "page.corrections": "[]" if is_new else _corrections(page)}


def _copies(page: Any) -> list[Any]:
    """The copies that stand beside the answer. One query, where they were not read with it."""
    return list(page.public_text.files.all()) if page.public_text_id is not None else []


def _files(copies: list[Any]) -> str:
    """Name and SHA-256 of each."""
    return json.dumps([[file.name, file.sha256] for file in copies])


def _taken_for(copies: list[Any]) -> str:
    """What else whoever opens each is told, what it was made of, and what the archive searches of it."""
    told = [
        [file.content_type, file.state, sorted(file.warnings), file.source, text_hash(file.words)]
        for file in copies
    ]
    return json.dumps(told)


def _text(value: Any) -> str:
    """Keys and dates as text, nothing as the empty one."""
    return "" if value is None else str(plain_key(value))


def _corrections(page: Any) -> str:
    if not hasattr(page, "corrections"):
        return "[]"
    rows = sorted(page.corrections.all(), key=lambda row: row.pk)
    return json.dumps([[str(getattr(row, name)) for name in _OF_CORRECTION] for row in rows])
