"""What in a document leads elsewhere, and what of it is worth a warning."""

from __future__ import annotations

import re
from typing import Final

#: A link that waits for a click and opens a browser, a letter or a call. Every second letter has some.
_HARMLESS: Final = re.compile(r"\s*(https?://|mailto:|tel:|sms:|#|$)", re.IGNORECASE)
_FAR: Final = re.compile(r"\s*([a-z][a-z0-9+.-]{1,20}:|//|\\\\)", re.IGNORECASE)
_INLINE: Final = re.compile(r"\s*(data:|cid:|urn:)", re.IGNORECASE)


def is_far(address: str) -> bool:
    """Outside the file: another machine, another file, another program."""
    return bool(_FAR.match(address)) and not _INLINE.match(address)


def is_worth_a_click(address: str) -> bool:
    """Whether a mere link may go without a warning."""
    return bool(_HARMLESS.match(address))
