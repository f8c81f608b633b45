"""The real type of a file whose name says another, recognised by its beginning. Only for the message to the
sender: no file is accepted because of it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from pakn_portal.submissions.reading import compound
from pakn_portal.submissions.reading.starts import PICTURES

_BEGINNING: Final = 4096
#: The directory of an archive is at its end.
_END: Final = 128 * 1024

#: Code → how such a file begins. The codes are those of `files.errors`, which has names and advice.
_STARTS: Final[dict[str, re.Pattern[bytes]]] = {
    code: re.compile(pattern, re.DOTALL | re.IGNORECASE)
    for code, pattern in {
        "pdf": rb"%PDF-",
        **{code: re.escape(magic) for code, magic in PICTURES.items()},
        "gif": rb"GIF8[79]a",
        "bmp": rb"BM.{4}\0{4}",
        "tiff": rb"II\*\0|MM\0\*",
        "phone": rb"RIFF.{4}WEBP|.{4}ftyp(?:hei[cxm]|hevc|mif1|msf1|avi[fs])",
        "film": rb".{4}ftyp|RIFF.{4}AVI |\x1a\x45\xdf\xa3",
        "rtf": rb"\s*\{\\rtf",
        "rar": rb"Rar!\x1a\x07",
        "7z": rb"7z\xbc\xaf\x27\x1c",
        "mht": rb"\s*(?:MIME-Version:|From: <Saved by)",
        "svg": rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b",
        "html": rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
        rb"<(?:!doctype\s+html|html|head|body|meta|style|title|script|table|div|p|font)\b",
        "xml": rb"\s*<\?xml\b",
    }.items()
}
_ARCHIVE: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
#: OpenDocument declares its type at the very beginning; Office names its main part in the directory.
_IN_ARCHIVE: Final = (
    ("odt", rb"opendocument\.text"),
    ("ods", rb"opendocument\.spreadsheet"),
    ("odp", rb"opendocument\.presentation"),
    ("docx", rb"word/document\d*\.xml"),
    ("xlsx", rb"xl/workbook\d*\.(?:xml|bin)"),
    ("pptx", rb"ppt/presentation\d*\.xml"),
)
_IN_COMPOUND: Final = {
    "worddocument": "doc",
    "workbook": "xls",
    "book": "xls",
    "powerpoint document": "ppt",
    "__properties_version1.0": "msg",
}


def true_type(file: Any) -> str:
    """The code of the type; empty if it is unknown here."""
    file.seek(0)
    start = file.read(_BEGINNING)
    if start.startswith(_ARCHIVE):
        return _of_archive(file, start)
    if start.startswith(_COMPOUND):
        names = compound.names_in(file, tuple(_IN_COMPOUND))
        return next((code for name, code in _IN_COMPOUND.items() if name in names), "")
    text = _in_one_byte(start)
    return next((code for code, pattern in _STARTS.items() if pattern.match(text)), "")


def _of_archive(file: Any, start: bytes) -> str:
    file.seek(max(0, file.seek(0, 2) - _END))
    places = start + file.read()
    return next((code for code, words in _IN_ARCHIVE if re.search(words, places, re.IGNORECASE)), "zip")


def _in_one_byte(start: bytes) -> bytes:
    """Text in 16-bit characters, or with a UTF-8 byte order mark, as plain bytes."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return start.removeprefix(b"\xef\xbb\xbf")
