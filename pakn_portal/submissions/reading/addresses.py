"""Which addresses in a document lead elsewhere, and which of them need a warning."""

from __future__ import annotations

import re
from typing import Final

#: A link that opens a browser, a mail or a call only when clicked. Every second letter has some.
_HARMLESS: Final = re.compile(r"\s*(https?://|mailto:|tel:|sms:|#|$)", re.IGNORECASE)
_FAR: Final = re.compile(r"\s*([a-z][a-z0-9+.-]{1,20}:|//|\\\\)", re.IGNORECASE)
_INLINE: Final = re.compile(r"\s*(data:|cid:|urn:)", re.IGNORECASE)


def is_far(address: str) -> bool:
    """Whether it leads out of the file: to another machine, file or program."""
    return bool(_FAR.match(address)) and not _INLINE.match(address)


def is_worth_a_click(address: str) -> bool:
    """Whether a plain link needs no warning."""
    return bool(_HARMLESS.match(address))
