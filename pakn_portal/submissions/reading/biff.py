"""The records of an old workbook ([MS-XLS]; Excel 95 too): macro sheets, links to programs and files."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Final

from pakn_portal.submissions.reading.addresses import is_far, is_worth_a_click
from pakn_portal.submissions.reading.meanings import RECORDS, judge_link, judge_reference
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

_BEGINNINGS: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_EXCEL_97: Final = 0x0600
_LOCKED, _SHEET, _SOURCE, _SOURCE_OF_95, _SOURCE_NAME = 0x002F, 0x0085, 0x01AE, 0x0017, 0x0023
_LINK, _CONTINUED = 0x01B8, 0x003C
_OWN_SOURCES: Final = (0x0401, 0x3A01)
#: How the path of a file begins; otherwise it names a program, 0x03, and what that should open.
_FILE_PATH: Final = (b"\0", b"\x01", b"\x02")
#: The workbook itself, its sheets, its functions: how the name of such a source begins in Excel 95.
_OWN_SOURCES_OF_95: Final = (b"", b"\0", b"\x02", b"\x03", b"\x04", b"\x3a")
_MACRO_SHEETS: Final = (1, 6)
_IS_OLE: Final = 0x10
#: Sources of a pivot table (an area, a built-in name, a name), and the offset of the path; None: it follows
#: the name.
_PATH_AT: Final = {0x0051: 6, 0x01B5: 4, 0x0052: None}
#: In cells, names, areas, shared formulas, conditional formats and data validation.
_FORMULAS: Final = frozenset({0x0006, 0x0018, 0x0221, 0x04BC, 0x01B1, 0x01BE})
#: The function HYPERLINK (359) with one or two arguments, and a text.
_CALLS_LINK: Final = re.compile(rb"[\x22\x42\x62][\x01\x02]\x67[\x01\x81]")
#: The function INDIRECT (148): its text is a reference, which may lead to another file.
_CALLS_REFERENCE: Final = re.compile(rb"[\x22\x42\x62][\x01\x02]\x94[\x00\x80]")
_TEXT: Final = re.compile(rb"\x17([^\0])([\0\x01])", re.DOTALL)
_DRAWINGS: Final = frozenset({0x00EB, 0x00EC})
#: In a drawing: a path that leads to a network share; a linked picture, and how its address begins.
_SHARE: Final = re.compile(rb"\\\0\\\0[\w.-]\0|f\0i\0l\0e\0:\0/\0/\0", re.IGNORECASE)
_LINKED_PICTURE: Final = re.compile(rb"\x06[\x01\x41][\x08-\x0f]\0\0\0")
_WEB: Final = re.compile(rb"h\0t\0t\0p\0s?\0?:\0/\0/\0", re.IGNORECASE)

_ADDRESS_MONIKER: Final = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_HAS_MONIKER, _HAS_PLACE, _HAS_NAME, _HAS_FRAME, _IS_TEXT = 0x01, 0x08, 0x10, 0x80, 0x100


def look(content: bytes, _streams: Mapping[str, bytes]) -> set[Seen]:
    """Raises Refused for macros and for DDE, which runs commands."""
    seen: set[Seen] = set()
    is_program = is_old = False
    drawing = b""
    for number, (kind, body) in enumerate(_records(content)):
        if number == 0 and kind not in _BEGINNINGS:
            return {Seen.UNREAD}
        if number == 0:
            is_old = _number(body, 0) != _EXCEL_97
        if kind == _LOCKED:
            return seen | {Seen.ENCRYPTED, Seen.UNREAD}
        if kind == _SHEET and len(body) > 5 and body[5] in _MACRO_SHEETS:
            raise Refused(Reason.MACROS)
        if kind == _SOURCE or (kind == _SOURCE_OF_95 and is_old):
            is_elsewhere, is_program = _source_of_95(body) if kind == _SOURCE_OF_95 else _source(body)
            seen |= {Seen.EXTERNAL} if is_elsewhere else set()
        if kind == _SOURCE_NAME and is_program and len(body) > 1 and not body[0] & _IS_OLE:
            raise Refused(Reason.COMMANDS)
        if kind in RECORDS:
            seen.add(RECORDS[kind])
        if kind == _LINK:
            _judge_hyperlink(body, seen)
        if kind in _PATH_AT and _are_elsewhere(kind, body, is_old=is_old):
            seen.add(Seen.EXTERNAL)
        if kind in _FORMULAS and _CALLS_LINK.search(body):
            _judge_calls(list(_texts(body)), seen)
        if kind in _FORMULAS and _CALLS_REFERENCE.search(body):
            for text in _texts(body):
                judge_reference(text, seen)
        drawing = _drawing(kind, body, drawing, seen)
    return seen


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + size]
        at += 4 + size


def _number(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 2], "little")


def _source(body: bytes) -> tuple[bool, bool]:
    """Whether the source is elsewhere, and whether it is a program."""
    if len(body) < 4 or _number(body, 2) in _OWN_SOURCES:
        return False, False
    return True, body[5:6] not in _FILE_PATH and b"\x03" in body[5:]


def _source_of_95(body: bytes) -> tuple[bool, bool]:
    if body[1:2] in _OWN_SOURCES_OF_95:
        return False, False
    return True, body[1:2] not in _FILE_PATH and b"\x03" in body[1:]


def _are_elsewhere(kind: int, body: bytes, *, is_old: bool) -> bool:
    """A source in the workbook itself has no path, or one that begins with 0x02."""
    head = 1 if is_old else 2  # bytes of a length; later, one more follows: the width of a character
    at = _PATH_AT.get(kind)
    if at is None:
        name_length = int.from_bytes(body[:head], "little")
        at = head + name_length if is_old else 3 + name_length * (1 + (body[2:3] == b"\x01"))
    path = body[at + head + (not is_old) :]
    return any(body[at : at + head]) and path[:1] not in (b"", b"\x02")


def _judge_hyperlink(body: bytes, seen: set[Seen]) -> None:
    """[MS-OSHARED] 2.3.7.1: after the cells and the class come the display name, the frame, the
    address and the place in it.
    """
    try:
        (flags,) = struct.unpack_from("<I", body, 28)
        at = 32
        for flag in (_HAS_NAME, _HAS_FRAME):
            if flags & flag:
                _words, at = _string(body, at)
        if flags & _HAS_MONIKER:
            if flags & _IS_TEXT:
                address, at = _string(body, at)
            elif body[at : at + 16] == _ADDRESS_MONIKER:
                (size,) = struct.unpack_from("<I", body, at + 16)
                address = _until_null(body[at + 20 : at + 20 + size])
                at += 20 + size
            else:
                seen.add(Seen.EXTERNAL)  # a file, or unknown
                return
            judge_link(address, seen)
        if flags & _HAS_PLACE:
            judge_reference(_string(body, at)[0], seen)
    except struct.error:
        seen.add(Seen.UNREAD)


def _string(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return _until_null(body[at + 4 : end]), end


def _until_null(words: bytes) -> str:
    return words.decode("utf-16-le", "replace").partition("\0")[0]


def _judge_calls(texts: list[str], seen: set[Seen]) -> None:
    """Where HYPERLINK leads: to the first text, unless another could be the beginning of an address."""
    is_harmless = bool(texts) and bool(texts[0]) and is_worth_a_click(texts[0])
    if not is_harmless or any(
        text.startswith("\\") or (is_far(text) and not is_worth_a_click(text)) for text in texts
    ):
        seen.add(Seen.EXTERNAL)


def _texts(body: bytes) -> Iterator[str]:
    """The texts of a formula, in order."""
    at = 0
    while found := _TEXT.search(body, at):
        is_wide = found[2] == b"\x01"
        at = found.end() + found[1][0] * (2 if is_wide else 1)
        yield body[found.end() : at].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _drawing(kind: int, body: bytes, before: bytes, seen: set[Seen]) -> bytes:
    """Check what a drawing refers to, across record boundaries; returns the end, for the next record."""
    if kind not in _DRAWINGS and not (kind == _CONTINUED and before):
        return b""
    text = before + body
    if _SHARE.search(text) or (_LINKED_PICTURE.search(text) and _WEB.search(text)):
        seen.add(Seen.EXTERNAL)
    return text[-200:]
