"""Office files since 2007 (docx, xlsx): a zip with a declared main part, without macros, scripts or DTDs."""

from __future__ import annotations

import re
from typing import Any, Final

from pakn_portal.submissions.enums import FileWarning
from pakn_portal.submissions.files.archives import open_archive, unpacked
from pakn_portal.submissions.files.errors import (
    damaged,
    holds_another,
    not_what_it_says,
    with_commands,
    with_macros,
)

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
    (FileWarning.EMBEDDED, re.compile(r"/(embeddings|activeX)/", re.IGNORECASE)),
    (FileWarning.EXTERNAL, re.compile(r"/externalLinks/", re.IGNORECASE)),
)


def check_docx(file: Any) -> set[str]:
    return _check(file, "docx")


def check_xlsx(file: Any) -> set[str]:
    return _check(file, "xlsx")


def _check(file: Any, extension: str) -> set[str]:
    with open_archive(file, extension) as archive:
        names = archive.namelist()
        if _TYPES_PART not in names:
            raise not_what_it_says(extension)
        if any(_MACROS.search(name) for name in names):
            raise with_macros()
        declared, last = b"", ""
        for name, piece in unpacked(archive):
            declared += piece if name == _TYPES_PART and len(declared) < _MOST_DECLARED else b""
            _check_piece(name, piece, is_first=name != last)
            last = name
    _check_declared(declared, extension)
    return {str(code) for code, pattern in _WARNINGS if any(pattern.search(f"/{name}") for name in names)}


def _check_piece(name: str, piece: bytes, *, is_first: bool) -> None:
    if is_first and piece.startswith((b"PK\x03\x04", b"MZ")):
        raise holds_another()
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    if _DTD.search(piece):
        raise damaged()
    if _COMMANDS.search(piece):
        raise with_commands()


def _check_declared(declared: bytes, extension: str) -> None:
    if b"macroEnabled" in declared:
        raise with_macros()
    if _MAIN[extension] not in declared:
        raise not_what_it_says(extension)
