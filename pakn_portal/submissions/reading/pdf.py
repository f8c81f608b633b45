"""PDF: its frame only. What is inside is never interpreted here."""

from __future__ import annotations

import re
import zipfile
from typing import Any, Final

from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen, size_of

_CHUNK: Final = 1024 * 1024
_OVERLAP: Final = 64
_TAIL: Final = 2048
_HEADER: Final = re.compile(rb"%PDF-[12]\.\d")
_MARKS: Final = (
    (Seen.ENCRYPTED, re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")),
    (Seen.ACTIVE, re.compile(rb"/(JavaScript|JS|Launch|SubmitForm|ImportData)\b")),
    (Seen.EMBEDDED, re.compile(rb"/(EmbeddedFiles?|RichMedia)\b")),
)


def look(file: Any) -> set[str]:
    """The header must be the very first bytes: with anything before it, it may be a script too (H23)."""
    file.seek(0)
    if not _HEADER.match(file.read(8)):
        raise Refused(Reason.OTHER_TYPE)
    file.seek(max(0, size_of(file) - _TAIL))
    tail = file.read(_TAIL)
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Refused(Reason.DAMAGED)
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise Refused(Reason.HOLDS_ANOTHER)
    return _marks(file)


def _marks(file: Any) -> set[str]:
    found: set[str] = set()
    before = b""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        text = before + chunk
        found |= {str(mark) for mark, pattern in _MARKS if pattern.search(text)}
        before = chunk[-_OVERLAP:]
    return found
