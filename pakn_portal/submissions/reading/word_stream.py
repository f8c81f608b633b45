"""The text of an old letter ([MS-DOC]): its fields stand in it between 0x13 and 0x14, in eight bits or
sixteen.
"""

from __future__ import annotations

import re
import struct
from typing import Final

from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

_IS_LOCKED: Final = 0x0100
_IS_WORD: Final = (0xA5EC, 0xA5DC)
_DDE: Final = ("DDEAUTO", "DDE")
_FETCHING: Final = ("INCLUDEPICTURE", "INCLUDETEXT", "IMPORT", "LINK")


def _field(*names: str) -> re.Pattern[bytes]:
    narrow = b"|".join(name.encode() for name in names)
    wide = b"|".join(re.escape(name.encode("utf-16-le")) for name in names)
    return re.compile(
        rb"\x13[ \t\"]*(?:" + narrow + rb")[ \t\"]|\x13\0(?:[ \t\"]\0)*(?:" + wide + rb")[ \t\"]\0",
        re.IGNORECASE,
    )


_COMMAND_FIELDS: Final = _field(*_DDE)
_FETCHING_FIELDS: Final = _field(*_FETCHING)


def look(content: bytes) -> set[Seen]:
    """Raises Refused for DDE, which runs commands."""
    if len(content) < 12 or struct.unpack_from("<H", content)[0] not in _IS_WORD:
        return {Seen.UNREAD}
    if struct.unpack_from("<H", content, 10)[0] & _IS_LOCKED:
        return {Seen.ENCRYPTED, Seen.UNREAD}
    if _COMMAND_FIELDS.search(content):
        raise Refused(Reason.COMMANDS)
    return {Seen.EXTERNAL} if _FETCHING_FIELDS.search(content) else set()
