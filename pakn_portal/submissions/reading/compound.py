"""The office files of before 2007 (doc, xls): a compound file whose directory is read entry by entry.

They are kept for download only; nothing here interprets them.
"""

from __future__ import annotations

import re
import struct
from typing import Any, Final

from pakn_portal.submissions.reading.verdict import Reason, Refused, size_of

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR: Final = 512
_SMALLEST: Final = 3 * _SECTOR
_CHUNK: Final = 128 * 8192
_MACROS: Final = frozenset({"Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR"})
_LOCKED: Final = frozenset({"EncryptedPackage", "EncryptionInfo"})


def look_doc(file: Any) -> set[str]:
    return _check(file, "doc", {"WordDocument"})


def look_xls(file: Any) -> set[str]:
    return _check(file, "xls", {"Workbook", "Book"})


def _check(file: Any, extension: str, main: set[str]) -> set[str]:
    file.seek(0)
    header = file.read(_SECTOR)
    if not header.startswith(_MAGIC):
        raise Refused(Reason.OTHER_TYPE)
    if size_of(file) < _SMALLEST or len(header) < _SECTOR:
        raise Refused(Reason.DAMAGED)
    (directory,) = struct.unpack_from("<I", header, 48)
    if (directory + 1) * _SECTOR >= size_of(file):
        raise Refused(Reason.DAMAGED)
    names = _entries(file, main | _MACROS | _LOCKED)
    if names & _LOCKED:
        raise Refused(Reason.PASSWORD)
    if names & _MACROS:
        raise Refused(Reason.MACROS)
    if not names & main:
        raise Refused(Reason.OTHER_TYPE)
    return set()


def _entries(file: Any, wanted: set[str]) -> set[str]:
    """Which of these names stand in the directory: at an entry's place, with an entry's length and kind."""
    patterns = {name: re.compile(re.escape(name.encode("utf-16-le") + b"\0\0")) for name in wanted}
    found: set[str] = set()
    file.seek(0)
    before = b""
    while chunk := file.read(_CHUNK):
        text = before + chunk
        found |= {
            name
            for name, pattern in patterns.items()
            if any(_is_entry(text, match.start(), name) for match in pattern.finditer(text))
        }
        before = chunk[-128:]
    return found


def _is_entry(text: bytes, at: int, name: str) -> bool:
    if at % 128 or at + 67 > len(text):
        return False
    (length,) = struct.unpack_from("<H", text, at + 64)
    return length == 2 * len(name) + 2 and text[at + 66] in (1, 2, 5)
