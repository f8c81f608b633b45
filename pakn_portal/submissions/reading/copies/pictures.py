"""Pictures are drawn again, as for staff; one inside a PDF stays as it is, without whatever is no picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pakn_portal.submissions.reading import pictures
from pakn_portal.submissions.reading.copies import Copied
from pakn_portal.submissions.reading.verdict import Reason, Refused


def copy_jpeg(file: Any) -> Copied:
    return Copied(pictures.draw_jpeg(file).getvalue())


def copy_png(file: Any) -> Copied:
    return Copied(pictures.draw_png(file).getvalue())


# --- JPEG (ISO/IEC 10918-1, annex B)

_START: Final = b"\xff\xd8"
_END: Final = b"\xff\xd9"
_SCAN: Final = 0xDA
#: Frames, tables, scans. Comments and application segments are none of the picture, but for the two below.
_DRAWN: Final = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0)} - {0xC8})
#: Markers that stand alone.
_ALONE: Final = frozenset({0x00, 0x01, *range(0xD0, 0xD8)})
#: Of the picture's form and its colours, so many bytes; behind them stand a thumbnail and whatever else.
_FORM: Final = (0xE0, b"JFIF\0", 14)
_COLOURS: Final = (0xEE, b"Adobe", 12)
#: In the dots of a scan each such byte is followed by a zero, or counts them.
_BEHIND_SCAN: Final = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
#: Some programs write a line end or two first.
_MOST_BEFORE: Final = 16


def bare_jpeg(content: bytes) -> bytes:
    """Up to the end of the first picture: telephones append others to it, and films. Raises Refused if it is
    not built as one.
    """
    start = content.find(_START)
    if not 0 <= start <= _MOST_BEFORE:
        raise Refused(Reason.UNSEARCHED)
    kept, has_scan = [_START], False
    for marker, body, dots in _segments(content, start + 2):
        has_scan = has_scan or marker == _SCAN
        kept += [*_kept(marker, body), dots]
    if not has_scan:
        raise Refused(Reason.UNSEARCHED)
    return b"".join([*kept, _END])


def _segments(content: bytes, at: int) -> Iterator[tuple[int, bytes, bytes]]:
    """The marker, body and dots behind it of each segment."""
    while (at := content.find(b"\xff", at)) >= 0:
        while content[at : at + 1] == b"\xff":  # any number of them may come before a marker
            at += 1
        marker = content[at : at + 1]
        if marker in (b"", _END[1:]):
            return
        at += 1
        if marker[0] in _ALONE:
            continue
        length = int.from_bytes(content[at : at + 2])
        if marker == _START[1:] or length < 2:
            raise Refused(Reason.UNSEARCHED)
        body, at = content[at + 2 : at + length], at + length
        dots = b""
        if marker[0] == _SCAN:
            behind = _BEHIND_SCAN.search(content, at)
            end = behind.start() if behind else len(content)
            dots, at = content[at:end], end
        yield marker[0], body, dots


def _kept(marker: int, body: bytes) -> list[bytes]:
    if marker in _DRAWN:
        return [bytes((0xFF, marker)), (len(body) + 2).to_bytes(2), body]
    for own, name, size in (_FORM, _COLOURS):
        if marker == own and body.startswith(name) and len(body) >= size:
            bare = body[: size - 2] + b"\0\0" if own == _FORM[0] else body[:size]
            return [bytes((0xFF, marker)), (size + 2).to_bytes(2), bare]
    return []


# --- JPEG 2000 (ISO/IEC 15444-1, annexes A and I)

_BOXED: Final = b"\0\0\0\x0cjP  \r\n\x87\n"
_STREAM: Final = b"\xff\x4f\xff\x51"
_HEADER: Final = b"jp2h"
_BOXES: Final = (b"jP  ", b"ftyp", _HEADER, b"jp2c")
_IN_HEADER: Final = (b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res ")
_TILE, _DATA = b"\xff\x90", b"\xff\x93"
#: A comment; and the lengths of the tiles, which change and need not be told.
_LEFT_OUT: Final = (b"\xff\x64", b"\xff\x55")


def bare_jpeg_2000(content: bytes) -> bytes:
    """As `bare_jpeg`."""
    if content.startswith(_STREAM):
        return _bare_stream(content)
    if not content.startswith(_BOXED):
        raise Refused(Reason.UNSEARCHED)
    kept = []
    for name, body in _boxes(content, _BOXES):
        if name == _HEADER:
            body = b"".join(_box(*inner) for inner in _boxes(body, _IN_HEADER))
        kept.append(_box(name, _bare_stream(body) if name == b"jp2c" else body))
        if name == b"jp2c":
            return b"".join(kept)
    raise Refused(Reason.UNSEARCHED)


def _boxes(content: bytes, wanted: tuple[bytes, ...]) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, name, head = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16]), 16
        size = size or len(content) - at
        if size < head:
            raise Refused(Reason.UNSEARCHED)
        if name in wanted:
            yield name, content[at + head : at + size]
        at += size


def _box(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4) + name + body


def _bare_stream(content: bytes) -> bytes:
    if not content.startswith(_STREAM):
        raise Refused(Reason.UNSEARCHED)
    head, at = _bare_head(content, 2, _TILE)
    kept = [content[:2], head]
    while content[at : at + 2] == _TILE:
        length = int.from_bytes(content[at + 6 : at + 10])
        end = at + length if length else _end_of_dots(content, at)
        fields, data = _bare_head(content, at + 12, _DATA)
        if not data <= end <= len(content):
            raise Refused(Reason.UNSEARCHED)
        bare = fields + content[data:end]
        kept += [content[at : at + 6], (len(bare) + 12).to_bytes(4), content[at + 10 : at + 12], bare]
        at = end
    if len(kept) == 2:
        raise Refused(Reason.UNSEARCHED)
    return b"".join([*kept, _END])


def _bare_head(content: bytes, at: int, until: bytes) -> tuple[bytes, int]:
    """The segments up to this marker, and where it stands."""
    kept = []
    while (marker := content[at : at + 2]) != until:
        length = int.from_bytes(content[at + 2 : at + 4])
        if marker[:1] != b"\xff" or length < 2:
            raise Refused(Reason.UNSEARCHED)
        if marker not in _LEFT_OUT:
            kept.append(content[at : at + 2 + length])
        at += 2 + length
    return b"".join(kept), at


def _end_of_dots(content: bytes, at: int) -> int:
    """The last tile may leave its length open. No marker can stand in its dots."""
    end = content.find(_END, content.find(_DATA, at))
    return len(content) if end < 0 else end
