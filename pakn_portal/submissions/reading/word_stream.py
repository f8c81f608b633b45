"""The text of an old letter ([MS-DOC]): its fields are between 0x13 and 0x15, in
8-bit or 16-bit characters.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Final

from pakn_portal.submissions.reading.addresses import is_far
from pakn_portal.submissions.reading.fields import Fields
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

_IS_LOCKED: Final = 0x0100
_IS_SECOND_TABLE: Final = 0x0200
_IS_WORD: Final = (0xA5EC, 0xA5DC)
_IS_WORD_97: Final = 0x00C1
#: Offsets in the header: where in the table stream the associated names are, and the pieces of the text.
_NAMES_AT, _PIECES_AT = 0x019A, 0x01A2
#: Template, data source of a mail merge, its header source.
_FETCHED_NAMES: Final = (1, 8, 9)
_PIECES: Final = 2
_IS_NARROW: Final = 0x4000_0000
#: Random bytes in the largest files give a third of this.
_MOST_BORDERS: Final = 1_000_000
_BORDERS: Final = re.compile("([\x13\x14\x15])")


def look(content: bytes, streams: Mapping[str, bytes]) -> set[Seen]:
    """Raises Refused for DDE, which runs commands, and for more fields than any letter has."""
    if len(content) < 12 or struct.unpack_from("<H", content)[0] not in _IS_WORD:
        return {Seen.UNREAD}
    flags = struct.unpack_from("<H", content, 10)[0]
    if flags & _IS_LOCKED:
        return {Seen.ENCRYPTED, Seen.UNREAD}
    seen: set[Seen] = set()
    # everywhere a program might look for the text; a guess, which also finds fields in unreferenced pieces
    for text in (_narrow(content), _wide(content), _wide(content[1:])):
        _read(text, Fields(seen, is_exact=False))
    table = streams.get("1table" if flags & _IS_SECOND_TABLE else "0table", b"")
    if struct.unpack_from("<H", content, 2)[0] >= _IS_WORD_97 and table:
        try:
            _read("".join(_pieces(content, table)), Fields(seen))
            names = list(_names(content, table))
        except (struct.error, ValueError):
            return seen | {Seen.UNREAD}
        if any(is_far(names[at]) for at in _FETCHED_NAMES if at < len(names)):
            seen.add(Seen.EXTERNAL)
    return seen


def _read(text: str, fields: Fields) -> None:
    pieces = _BORDERS.split(text)
    if len(pieces) > 2 * _MOST_BORDERS:
        raise Refused(Reason.COMPLEX)
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            fields.show(piece)
        elif piece == "\x13":
            fields.begin()
        elif piece == "\x14":
            fields.separate()
        else:
            fields.end()
    fields.close()


def _narrow(content: bytes) -> str:
    return content.decode("cp1252", "replace")


def _wide(content: bytes) -> str:
    return content.decode("utf-16-le", "replace")


def _part(content: bytes, table: bytes, place: int) -> bytes:
    start, size = struct.unpack_from("<II", content, place)
    if start + size > len(table):
        raise ValueError("a part behind the end of its stream")
    return table[start : start + size]


def _pieces(content: bytes, table: bytes) -> Iterator[str]:
    """The text in reading order, whatever the order of its pieces in the stream (2.8.35, 2.9.38)."""
    part, at = _part(content, table, _PIECES_AT), 0
    while part and part[at] != _PIECES:
        at += 3 + struct.unpack_from("<H", part, at + 1)[0]
        if at >= len(part):
            raise ValueError("no pieces")
    if not part:
        return
    (size,) = struct.unpack_from("<I", part, at + 1)
    count = (size - 4) // 12
    borders = struct.unpack_from(f"<{count + 1}I", part, at + 5)
    left = len(content)
    for number in range(count):
        (place,) = struct.unpack_from("<I", part, at + 5 + 4 * (count + 1) + 8 * number + 2)
        length = max(0, borders[number + 1] - borders[number])
        left -= length
        if left < 0:
            raise ValueError("more text than file")
        if place & _IS_NARROW:
            start = (place & ~_IS_NARROW) // 2
            yield _narrow(content[start : start + length])
        else:
            yield _wide(content[place : place + 2 * length])


def _names(content: bytes, table: bytes) -> Iterator[str]:
    """The associated names by their index in the list (2.9.275, 2.9.271)."""
    part, at = _part(content, table, _NAMES_AT), 6
    if len(part) < at or part[:2] != b"\xff\xff":
        return
    extra = struct.unpack_from("<H", part, 4)[0]
    while at + 2 <= len(part):
        end = at + 2 + 2 * struct.unpack_from("<H", part, at)[0]
        yield _wide(part[at + 2 : end])
        at = end + extra
