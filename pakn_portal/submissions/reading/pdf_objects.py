"""The objects of a PDF (ISO 32000-1, 7.2–7.5), wherever they are, whatever its cross-reference table says.

A reader that repairs files finds every `1 0 obj`, so we read every one too: those of older versions, those in
a compressed object stream, and those that hide inside another stream.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final

#: How much of one file we read; a larger one is kept with the warning that it was not checked.
MOST_TOKENS: Final = 2_000_000
MOST_INFLATED: Final = 64 * 1024 * 1024
_DEEPEST: Final = 80
_PIECE: Final = 64 * 1024
_FLATE: Final = (b"FlateDecode", b"Fl")
_UNNUMBERED: Final = -1
_BORDERS: Final = (b"\0", b"\t", b"\n", b"\f", b"\r", b" ", b">", b")", b"]")

_TOKEN: Final = re.compile(
    rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+"
    rb"(<<|>>|[\[\]{}()]|<[0-9A-Fa-f\0\t\n\f\r ]*>|/[^\0\t\n\f\r ()<>\[\]{}/%]*|[^\0\t\n\f\r ()<>\[\]{}/%]+)"
)
_STRING_PART: Final = re.compile(rb"[^()\\]*(?:\\[\s\S][^()\\]*)*")
_HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_HEADER: Final = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]*$")
_STREAM: Final = re.compile(rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+stream(\r\n|\n|\r)?")
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])")


class UnreadablePdf(Exception):
    """Not parsable, or more than we read."""


class Name(bytes):
    """Decoded: `/J#61vaScript` is `JavaScript`."""


class Ref(int):
    """The number of the object that is referred to."""


class Reader:
    """`objects` yields (number, value) in file order; trailers have the number 0.

    `is_whole` is false if something could not be read.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._tokens = MOST_TOKENS
        self._inflated = MOST_INFLATED
        #: From, to: the range whose next "endstream" is known.
        self._searched = (0, -1)
        self.is_whole = True
        #: From, to: the raw data of streams.
        self.streams: list[tuple[int, int]] = []
        #: From, to: texts with a slash, in objects that were read. What looks like a name there is none.
        self.texts: list[tuple[int, int]] = []

    def objects(self) -> Iterator[tuple[int, Any]]:
        for number, at in self._headers():
            known = len(self.texts)
            try:
                value, end = self._value(self._content, at)
            except UnreadablePdf:
                del self.texts[known:]
                self.is_whole = self.is_whole and number == _UNNUMBERED and self._tokens > 0
                if self._tokens <= 0:
                    return
                continue
            if number == _UNNUMBERED:
                del self.texts[known:]  # the word may be in a comment, and then all of it is
            yield number, value
            if isinstance(value, dict) and (stream := _STREAM.match(self._content, end)):
                yield from self._stream(value, stream.end())

    def _headers(self) -> Iterator[tuple[int, int]]:
        for match in re.finditer(rb"obj|trailer", self._content):
            at = match.start()
            if match[0] == b"trailer":
                yield 0, match.end()
            elif header := _HEADER.search(self._content[max(0, at - 30) : at]):
                yield int(header[1]), match.end()
            elif self._content[at - 1 : at] in _BORDERS:
                # a comment may separate number and word; or the word is part of a text
                yield _UNNUMBERED, match.end()

    def _stream(self, about: dict[bytes, Any], start: int) -> Iterator[tuple[int, Any]]:
        end = self._end_of_stream(start)
        self.streams.append((start, end))
        if about.get(b"Type") != b"ObjStm" and not {b"N", b"First"} <= about.keys():
            return
        try:
            yield from self._packed(about, self._unfiltered(about, start, end))
        except (UnreadablePdf, ValueError, zlib.error):
            self.is_whole = False

    def _end_of_stream(self, start: int) -> int:
        """Searched once for all streams that lack it."""
        since, end = self._searched
        if not since <= start <= end:
            end = self._content.find(b"endstream", start)
            end = len(self._content) if end < 0 else end
            self._searched = (start, end)
        return end

    def _packed(self, about: dict[bytes, Any], content: bytes) -> Iterator[tuple[int, Any]]:
        """Objects in a stream: first their numbers and offsets, then the objects."""
        first = about.get(b"First")
        if type(first) is not int:
            raise UnreadablePdf
        places = content[:first].split()
        for number, offset in zip(places[::2], places[1::2], strict=False):
            yield int(number), self._value(content, first + int(offset))[0]

    def _unfiltered(self, about: dict[bytes, Any], start: int, end: int) -> bytes:
        filters, settings = about.get(b"Filter", []), about.get(b"DecodeParms")
        names = filters if isinstance(filters, list) else [filters]
        # compressed data mark their own end; a false "endstream" in them would hide the rest
        is_compressed = bool(names) and names[0] in _FLATE
        data = memoryview(self._content)[start : None if is_compressed else end]
        if not is_compressed:
            self._unpack(len(data))
        for name in names:
            data = memoryview(self._one_filter(name, data))
        if settings and _predictor(settings) > 1:
            raise UnreadablePdf
        return bytes(data)

    def _one_filter(self, name: Any, data: memoryview) -> bytes:
        if name in _FLATE:
            return b"".join(self._inflate(data))
        if name in (b"ASCIIHexDecode", b"AHx"):
            digits = b"".join(bytes(data).partition(b">")[0].split())
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        if name in (b"ASCII85Decode", b"A85"):
            return base64.a85decode(b"".join(bytes(data).partition(b"~>")[0].split()))
        raise UnreadablePdf

    def _inflate(self, data: memoryview) -> Iterator[bytes]:
        """Piece by piece, so that what follows the end is not touched."""
        self._unpack(0)  # with a limit of 0, zlib would not limit at all
        inflater = zlib.decompressobj()
        for at in range(0, len(data), _PIECE):
            piece = inflater.decompress(data[at : at + _PIECE], self._inflated + 1)
            self._unpack(len(piece))
            yield piece
            if inflater.eof:
                return
        raise UnreadablePdf

    def _unpack(self, size: int) -> None:
        self._inflated -= size
        if self._inflated < 0:
            raise UnreadablePdf

    def _value(self, text: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
        """The value that begins here, and where it ends."""
        token, end = self._token(text, at)
        if depth > _DEEPEST:
            raise UnreadablePdf
        if token == b"<<":
            return self._dictionary(text, end, depth)
        if token == b"[":
            return self._list(text, end, depth)
        if token == b"(":
            return self._string(text, end)
        if token.startswith(b"<"):
            digits = b"".join(token[1:-1].split())
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), end
        if token.startswith(b"/"):
            return _name(token), end
        if token.isdigit():
            return self._number(text, int(token), end)
        if token in (b">>", b"]", b")", b"{", b"}"):
            raise UnreadablePdf
        return None, end

    def _number(self, text: bytes, number: int, end: int) -> tuple[Any, int]:
        """`12`, or `12 0 R`, which refers to an object."""
        meant = _REFERENCE.match(text, end)
        return (Ref(number), meant.end()) if meant else (number, end)

    def _dictionary(self, text: bytes, at: int, depth: int) -> tuple[dict[bytes, Any], int]:
        found: dict[bytes, Any] = {}
        while True:
            token, end = self._token(text, at)
            if token == b">>":
                return found, end
            if not token.startswith(b"/"):
                raise UnreadablePdf
            key = _name(token)
            value, at = self._value(text, end, depth + 1)
            # of two with one name, programs take the first or the last
            found[key] = [found[key], value] if key in found else value

    def _list(self, text: bytes, at: int, depth: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        while True:
            token, end = self._token(text, at)
            if token == b"]":
                return found, end
            value, at = self._value(text, at, depth + 1)
            found.append(value)

    def _string(self, text: bytes, at: int) -> tuple[bytes, int]:
        start, depth = at, 1
        while depth:
            self._count()
            at = _STRING_PART.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
            mark = text[at : at + 1]
            depth += {b"(": 1, b")": -1}.get(mark, 0)
            if mark not in (b"(", b")"):
                raise UnreadablePdf
            at += 1
        raw = text[start : at - 1]
        if text is self._content and b"/" in raw:
            self.texts.append((start, at - 1))
        return _ESCAPE.sub(_unescaped, raw), at

    def _token(self, text: bytes, at: int) -> tuple[bytes, int]:
        self._count()
        match = _TOKEN.match(text, at)
        if match is None:
            raise UnreadablePdf
        return match[1], match.end()

    def _count(self) -> None:
        self._tokens -= 1
        if self._tokens <= 0:
            raise UnreadablePdf


_REFERENCE: Final = re.compile(rb"[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])")


def _name(token: bytes) -> Name:
    return Name(_HEX.sub(lambda found: bytes([int(found[1], 16)]), token[1:]))


def _unescaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what[:1] in b"01234567":
        return bytes([int(what, 8) & 0xFF])
    return _ESCAPES.get(what[:1], what)


def _predictor(settings: Any) -> int:
    each = settings if isinstance(settings, list) else [settings]
    found = [one.get(b"Predictor", 1) if isinstance(one, dict) else 2 for one in each if one is not None]
    return max((number for number in found if isinstance(number, int)), default=1)
