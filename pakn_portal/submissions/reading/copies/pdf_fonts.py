"""Whether what a font of a PDF shows can be read as letters: only then can it be searched."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pypdf._cmap import get_encoding
from pypdf.generic import DictionaryObject, NameObject, StreamObject

_IDENTITY: Final = frozenset({"/Identity-H", "/Identity-V"})
#: Their codes are letters in a known encoding (ISO 32000-2, table 116), and the library knows which.
_KNOWN: Final = frozenset(
    f"/{name}-{way}"
    for name in (
        *("GB-EUC", "GBpc-EUC", "GBK-EUC", "GBK2K", "ETen-B5", "ETenms-B5", "90ms-RKSJ"),
        *("UniCNS-UTF16", "UniGB-UTF16", "UniJIS-UTF16"),
        *("UniCNS-UCS2", "UniGB-UCS2", "UniJIS-UCS2", "UniKS-UCS2"),
    )
    for way in "HV"
)
_SIMPLE: Final = frozenset({"/Type1", "/MMType1", "/TrueType"})
_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")
_OWN_GLYPHS: Final = 4
_STANDARD: Final = re.compile(rb"/Encoding\s+StandardEncoding\s+def")
#: Ends of lines that some programs leave in the texts; no font draws them.
_SPACES: Final = frozenset(b"\t\n\r")
_NO_LETTER: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\ufffd]")

Reads = Callable[[bytes], bool]


def reads(font: Any) -> Reads:
    """A test of the texts that this font shows: is each of their signs known to be a letter?"""
    kind = _of(font, "/Subtype")
    if kind == "/Type0":
        return _of_many_bytes(font)
    if kind == "/Type3":
        return _by_table(font) if isinstance(_of(font, "/ToUnicode"), StreamObject) else _never
    return _of_one_byte(font) if kind in _SIMPLE else _never


def _never(shown: bytes) -> bool:
    return not shown


def _of(thing: Any, name: str) -> Any:
    found = thing.get(name) if isinstance(thing, DictionaryObject) else None
    return None if found is None else found.get_object()


def _is_letter(letter: Any) -> bool:
    """A sign without a meaning keeps its name, as `/g12`."""
    is_text = isinstance(letter, str) and letter != ""
    return is_text and not (letter[0] == "/" and len(letter) > 1) and not _NO_LETTER.search(letter)


def _of_many_bytes(font: Any) -> Reads:
    """The numbers of glyphs mean nothing without a table. A CMap of the file's own might mean anything."""
    encoding = _of(font, "/Encoding")
    if not isinstance(encoding, NameObject):
        return _never
    if encoding in _KNOWN:
        return lambda _shown: True
    if encoding not in _IDENTITY or not isinstance(_of(font, "/ToUnicode"), StreamObject):
        return _never
    letters = get_encoding(font)[1]

    def all_read(shown: bytes) -> bool:
        codes = [int.from_bytes(shown[at : at + 2]) for at in range(0, len(shown), 2)]
        # zero is the box of a missing sign
        return len(shown) % 2 == 0 and all(not code or _is_letter(letters.get(chr(code))) for code in codes)

    return all_read


def _by_table(font: Any) -> Reads:
    letters = get_encoding(font)[1]
    return lambda shown: all(_is_letter(letters.get(chr(code))) for code in shown)


def _of_one_byte(font: Any) -> Reads:
    names, letters = get_encoding(font)
    named = _named(font)
    is_known = _is_base_known(font)

    def is_read(code: int) -> bool:
        if chr(code) in letters:
            return _is_letter(letters[chr(code)])
        if code not in named and not is_known:
            return False
        return code in _SPACES or (isinstance(names, dict) and _is_letter(names.get(code)))

    return lambda shown: all(map(is_read, set(shown)))


def _named(font: Any) -> set[int]:
    """The codes to which the file gives a name of a glyph."""
    differences = _of(_of(font, "/Encoding"), "/Differences")
    named, code = set(), 0
    for each in differences if isinstance(differences, list) else ():
        if isinstance(each, int):
            code = each
        else:
            named.add(code)
            code += 1
    return named


def _is_base_known(font: Any) -> bool:
    """Without a named encoding the font inside counts its glyphs as it likes."""
    encoding, descriptor = _of(font, "/Encoding"), _of(font, "/FontDescriptor")
    if isinstance(encoding, NameObject) or _of(encoding, "/BaseEncoding") is not None:
        return True
    files = [file for name in _FILES if (file := _of(descriptor, name)) is not None]
    if not files:
        return True
    flags = _of(descriptor, "/Flags")
    has_own = isinstance(flags, int) and bool(flags & _OWN_GLYPHS)
    if encoding is not None and not has_own:
        return True
    return "/FontFile" in descriptor and _STANDARD.search(files[0].get_data()) is not None
