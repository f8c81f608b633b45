"""Texts under seal: a line holds a salted digest of each, the salt stands beside the line.

So the register proves a text as long as it is kept, and tells nothing of one that was erased with its salt.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from pakn_portal.register.models import TextSalts

_SALT_BYTES = 16
#: What the line's own note is called among its texts.
NOTE = "note"
#: What was released, as one figure (`text_hash`). Lines are compared by it, whether the same was released
#: once more, so that each takes the salt of the line before that has it.
WORDING = "page.wording"


def name_of(sequence: int, text: str) -> str:
    """How a later line names a text of this one in `forgotten`."""
    return f"{sequence}/{text}"


def text_hash(*parts: str) -> str:
    """SHA-256 over the parts, hexadecimal: one figure for a whole wording, without a salt."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def digests_of(
    texts: Mapping[str, str], known: Mapping[str, str] | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """For each name the digest to seal, and the salt to keep beside it; both hexadecimal. `known`: salts to
    be taken again.
    """
    salts = {name: (known or {}).get(name) or secrets.token_hex(_SALT_BYTES) for name in texts}
    return {name: digest(text, salts[name]) for name, text in texts.items()}, salts


def digest(text: str, salt: str) -> str:
    """HMAC-SHA-256 of the text under its salt."""
    return hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()


def salt_of_wording(lines: models.QuerySet[Any]) -> dict[str, str]:
    """The salt that the last of the subject's lines with a wording has for it; empty where none is left. Two
    queries.
    """
    told = lines.filter(texts__has_key=WORDING).order_by("-sequence").values_list("hash", flat=True).first()
    kept = TextSalts.objects.filter(pk=told).first() if told else None
    return {WORDING: kept.salts[WORDING]} if kept is not None and WORDING in kept.salts else {}


def is_proved(lines: models.QuerySet[Any], texts: Mapping[str, str]) -> bool:
    """Whether each of these texts is word for word what the last of the subject's lines that tells of it has
    under seal. Two queries.
    """
    found = _found(lines, texts)
    return all(found.get(name) for name in texts)


def is_told_otherwise(lines: models.QuerySet[Any], texts: Mapping[str, str]) -> bool:
    """Whether one of these texts is another than what the last of the subject's lines that tells of it has
    under seal. What no line tells of passes: it may be older than its proof. Two queries.
    """
    return not all(_found(lines, texts).values())


def _found(lines: models.QuerySet[Any], texts: Mapping[str, str]) -> dict[str, bool]:
    """Of these texts those that a line tells of, each with whether it is what the last one has."""
    last: dict[str, tuple[str, str]] = {}
    for line_hash, digests in lines.order_by("sequence").values_list("hash", "texts"):
        last.update({name: (line_hash, sealed) for name, sealed in digests.items() if name in texts})
    salts = TextSalts.objects.in_bulk({line_hash for line_hash, _sealed in last.values()})
    return {
        name: line_hash in salts
        and name in salts[line_hash].salts
        and digest(texts[name], salts[line_hash].salts[name]) == sealed
        for name, (line_hash, sealed) in last.items()
    }


def forget_lines(lines: Iterable[Any]) -> tuple[str, ...]:
    """Erase the notes of these lines, and let nobody prove any of their texts any more; the caller erases
    the texts themselves. What the line of the verb is to tell as `forgotten`. Their seals stay valid, for a
    note is sealed by its digest; but for lines of the first format, which `chain` then passes.
    """
    lines = list(lines)
    names = [
        name_of(line.sequence, name)
        for line in lines
        for name in dict.fromkeys([*line.texts, *([NOTE] if line.note else [])])
    ]
    for line in lines:
        # not the manager's: a line is never changed but for this
        models.QuerySet(type(line)).filter(pk=line.pk).update(note="")
    forget_salts([line.hash for line in lines], {name for line in lines for name in line.texts})
    return tuple(names)


def forget_salts(line_hashes: Iterable[str], names: Iterable[str]) -> None:
    """Let nobody prove these texts of these lines any more; for texts that were erased. Not an event itself:
    the verb that erases writes one. Where no later line tells of the text again, its payload names it among
    what is `forgotten`.
    """
    gone = set(names)
    for row in TextSalts.objects.select_for_update().filter(pk__in=list(line_hashes)).order_by("pk"):
        row.salts = {name: salt for name, salt in row.salts.items() if name not in gone}
        row.save(update_fields=["salts"])
