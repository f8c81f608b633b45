"""Office files since 2007 (docx, xlsx): a zip with a declared main part, without macros, scripts or DTDs."""

from __future__ import annotations

import re
from typing import Any, Final

from pakn_portal.submissions.reading.archives import open_archive, unpacked
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

_MOST_DECLARED: Final = 1024 * 1024
_TYPES_PART: Final = "[Content_Types].xml"
_MAIN: Final = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
_MACROS: Final = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/)", re.IGNORECASE)
#: An office file has no DTD; one with entities is an attack on whoever reads it (H27, H29). Also in UTF-16.
_DTD: Final = re.compile(rb"<!(DOCTYPE|ENTITY)|<\0!\0D\0O\0C\0T|\0<\0!\0D\0O\0C\0T")
#: Commands run when the file is opened (H29).
_COMMANDS: Final = re.compile(rb"<ddeLink|DDEAUTO|\bDDE\s+(&quot;|\")?(cmd|c:)", re.IGNORECASE)
_WARNINGS: Final = (
    (Seen.EMBEDDED, re.compile(r"/(embeddings|activeX)/", re.IGNORECASE)),
    (Seen.EXTERNAL, re.compile(r"/externalLinks/", re.IGNORECASE)),
)


def look_docx(file: Any) -> set[str]:
    return _check(file, "docx")


def look_xlsx(file: Any) -> set[str]:
    return _check(file, "xlsx")


def _check(file: Any, extension: str) -> set[str]:
    with open_archive(file) as archive:
        names = archive.namelist()
        if _TYPES_PART not in names:
            raise Refused(Reason.OTHER_TYPE)
        if any(_MACROS.search(name) for name in names):
            raise Refused(Reason.MACROS)
        declared, last = b"", ""
        for name, piece in unpacked(archive):
            declared += piece if name == _TYPES_PART and len(declared) < _MOST_DECLARED else b""
            _check_piece(name, piece, is_first=name != last)
            last = name
    _check_declared(declared, extension)
    return {str(code) for code, pattern in _WARNINGS if any(pattern.search(f"/{name}") for name in names)}


def _check_piece(name: str, piece: bytes, *, is_first: bool) -> None:
    if is_first and piece.startswith((b"PK\x03\x04", b"MZ")):
        raise Refused(Reason.HOLDS_ANOTHER)
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    if _DTD.search(piece):
        raise Refused(Reason.DAMAGED)
    if _COMMANDS.search(piece):
        raise Refused(Reason.COMMANDS)


def _check_declared(declared: bytes, extension: str) -> None:
    if b"macroEnabled" in declared:
        raise Refused(Reason.MACROS)
    if _MAIN[extension] not in declared:
        raise Refused(Reason.OTHER_TYPE)
