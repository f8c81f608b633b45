"""The records of an old workbook ([MS-XLS]): sheets of macros, links to other programs and files."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

_BEGINNINGS: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_LOCKED, _SHEET, _SOURCE, _SOURCE_NAME = 0x002F, 0x0085, 0x01AE, 0x0023
_QUERIES: Final = frozenset({0x00DC, 0x01AD, 0x0876})
_OWN_SOURCES: Final = (0x0401, 0x3A01)
#: What the path of a file begins with; otherwise it is a program, 0x03, and what to open with it.
_FILE_PATH: Final = (b"\0", b"\x01", b"\x02")
_MACRO_SHEETS: Final = (1, 6)
_IS_OLE: Final = 0x10


def look(content: bytes) -> set[Seen]:
    """Raises Refused for macros and for DDE, which runs commands."""
    seen: set[Seen] = set()
    is_program = False
    for number, (kind, body) in enumerate(_records(content)):
        if number == 0 and kind not in _BEGINNINGS:
            return {Seen.UNREAD}
        if kind == _LOCKED:
            return seen | {Seen.ENCRYPTED, Seen.UNREAD}
        if kind == _SHEET and len(body) > 5 and body[5] in _MACRO_SHEETS:
            raise Refused(Reason.MACROS)
        if kind == _SOURCE and len(body) >= 4 and struct.unpack_from("<H", body, 2)[0] not in _OWN_SOURCES:
            seen.add(Seen.EXTERNAL)
            is_program = body[5:6] not in _FILE_PATH and b"\x03" in body[5:]
        elif kind == _SOURCE:
            is_program = False
        if kind == _SOURCE_NAME and is_program and len(body) > 1 and not body[0] & _IS_OLE:
            raise Refused(Reason.COMMANDS)
        if kind in _QUERIES:
            seen.add(Seen.EXTERNAL)
    return seen


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + size]
        at += 4 + size
