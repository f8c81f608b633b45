"""Masking: each find gives way to a label that says in Vietnamese what stood there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pakn_portal.text.folding import fold
from pakn_portal.text.personal.data import Find, find_personal_data
from pakn_portal.text.personal.view import LABELS, OTHER_LABEL, SAID_LABEL

#: So much before a find is looked at for what it is called.
_LONGEST_LEAD: Final = 40


def label_of(kind: str) -> str:
    """What stands in the place of personal data of this kind: ``[số điện thoại]``."""
    return LABELS.get(kind, OTHER_LABEL)


def masked_label(kind: str) -> str:
    """A pattern of what `mask` may have put in the place of such a find."""
    return f"(?:{re.escape(label_of(kind))}|{re.escape(SAID_LABEL)})"


def mask(text: str, finds: Iterable[Find]) -> str:
    """The text with each find replaced by its label. Finds must not overlap, and those found do not.

    In the masked text nothing is found any more; masking it again changes nothing.
    """
    pieces: list[str] = []
    at = 0
    for find in sorted(finds, key=lambda find: find.start):
        before = text[at : find.start]
        pieces += before, _label_after(before, find.kind)
        at = find.end
    return "".join(pieces) + text[at:]


def _label_after(before: str, kind: str) -> str:
    """“số điện thoại [đã che]” and not “số điện thoại [số điện thoại]”."""
    label = label_of(kind)
    said = fold(before[-_LONGEST_LEAD:]).rstrip(" :,-")
    return SAID_LABEL if said.endswith(fold(label[1:-1])) else label


def mask_all(text: str, known: Iterable[tuple[str, str]] = ()) -> str:
    """The text with all personal data masked that can be found, sure or not: for what nobody looks over."""
    return mask(text, find_personal_data(text, known))


def mask_sure(text: str, known: Iterable[tuple[str, str]] = ()) -> str:
    """The text with what is surely personal data masked: somebody decides on the rest."""
    return mask(text, [find for find in find_personal_data(text, known) if find.is_sure])


def mask_note(text: str, known: Iterable[tuple[str, str]] = ()) -> str:
    """A note among colleagues, kept for good: all is masked but given names of others (anh Nam).

    Those tell a reader in the house who was meant, and nobody else; the sender's own is known and masked.
    """
    return mask(text, [find for find in find_personal_data(text, known) if find.kind != "given_name"])
