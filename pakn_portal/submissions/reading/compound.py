"""Office files from before 2007 (doc, xls): a compound file ([MS-CFB]), its directory and its main stream.

They are kept for download only; nothing here runs or converts them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pakn_portal.submissions.reading import biff, word_stream
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen, size_of

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR: Final = 512
_SMALLEST: Final = 3 * _SECTOR
_CHUNK: Final = 128 * 8192
_ENTRY: Final = 128
_LAST_SECTOR: Final = 0xFFFFFFFA
#: Programs that read these names ignore upper and lower case.
_MACROS: Final = ("macros", "vba", "_vba_project", "_vba_project_cur")
_LOCKED: Final = ("encryptedpackage", "encryptioninfo")
_EMBEDDED: Final = ("objectpool", "\x01ole10native", "package")
_TEMPLATE: Final = re.compile(
    rb"(?:h\0t\0t\0p\0s?\0?:\0/\0/\0|\\\0\\\0)(?:[^\0]\0){1,200}?\.\0d\0o\0t\0", re.I
)


def look_doc(file: Any) -> set[str]:
    return _look(file, {"worddocument": word_stream.look}, beside={"0table", "1table"})


def look_xls(file: Any) -> set[str]:
    return _look(file, {"workbook": biff.look, "book": biff.look})


def is_locked(file: Any) -> bool:
    """Whether it is the container of a file with a password."""
    return bool(names_in(file, _LOCKED))


def has_macros(file: Any) -> bool:
    """Whether any entry belongs to a macro project."""
    return any(name in _MACROS for name in names_in(file, _MACROS))


def _look(file: Any, main: dict[str, Any], beside: Set[str] = frozenset()) -> set[str]:
    """`beside`: further streams that the readers of the main ones need."""
    file.seek(0)
    header = file.read(_SECTOR)
    if not header.startswith(_MAGIC):
        raise Refused(Reason.OTHER_TYPE)
    size = size_of(file)
    if size < _SMALLEST or len(header) < _SECTOR:
        raise Refused(Reason.DAMAGED)
    (directory,) = struct.unpack_from("<I", header, 48)
    if (directory + 1) * _SECTOR >= size:
        raise Refused(Reason.DAMAGED)
    names = names_in(file, (*main, *_MACROS, *_LOCKED, *_EMBEDDED))
    if names & set(_LOCKED):
        raise Refused(Reason.PASSWORD)
    if names & set(_MACROS):
        raise Refused(Reason.MACROS)
    if not names & set(main):
        raise Refused(Reason.OTHER_TYPE)
    return {str(code) for code in _look_inside(file, main, names, beside)}


def _look_inside(file: Any, main: dict[str, Any], names: set[str], beside: Set[str]) -> set[Seen]:
    seen = {Seen.EMBEDDED} if names & set(_EMBEDDED) else set()
    try:
        compound = _Streams(file)
        streams = list(compound.named(set(main), beside))
        if any(name.startswith("mbd") for name in compound.names):
            seen.add(Seen.EMBEDDED)
    except (ValueError, struct.error, IndexError):
        return seen | {Seen.UNREAD}
    for name, content, others in streams:
        seen |= main[name](content, others)
        if name == "worddocument" and _TEMPLATE.search(_whole(file)):
            seen.add(Seen.EXTERNAL)
    return seen


def _whole(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


def names_in(file: Any, wanted: tuple[str, ...]) -> set[str]:
    """Which of these names are in the directory, wherever in the file its sectors are: at the offset of an
    entry, with the length and type of an entry.
    """
    patterns = {
        name: re.compile(re.escape(name.encode("utf-16-le") + b"\0\0"), re.IGNORECASE) for name in wanted
    }
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
        before = chunk[-_ENTRY:]
    return found


def _is_entry(text: bytes, at: int, name: str) -> bool:
    if at % _ENTRY or at + 67 > len(text):
        return False
    (length,) = struct.unpack_from("<H", text, at + 64)
    return bool(length == 2 * len(name) + 2 and text[at + 66] in (1, 2, 5))


@dataclass(frozen=True)
class _Entry:
    name: str
    start: int
    size: int
    is_storage: bool
    siblings: tuple[int, int]
    child: int


class _Streams:
    """The streams by name, each joined from its sectors. Raises ValueError if a chain is broken."""

    def __init__(self, file: Any) -> None:
        self._bytes = _whole(file)
        header = self._bytes
        self._shift = struct.unpack_from("<H", header, 30)[0] or 9
        if self._shift not in (9, 12):
            raise ValueError("sectors of an unknown size")
        self._size = 1 << self._shift
        (self._directory,) = struct.unpack_from("<I", header, 48)
        self._smallest, self._small_table = struct.unpack_from("<II", header, 56)

    @property
    def names(self) -> Iterator[str]:
        return (entry.name for entry in self._entries.values())

    def named(self, names: Set[str], beside: Set[str]) -> Iterator[tuple[str, bytes, dict[str, bytes]]]:
        """Name, content, and the streams of `beside` in the same storage: a letter
        embedded in a letter has its own.
        """
        for place, entry in self._entries.items():
            if entry.name in names and entry.size:
                yield entry.name, self._content(entry), self._others(place, beside)

    def _others(self, place: int, names: Set[str]) -> dict[str, bytes]:
        storage = self._storages.get(place)
        found = [
            entry
            for at, entry in self._entries.items()
            if entry.name in names and self._storages.get(at) == storage
        ]
        others = {entry.name: self._content(entry) for entry in found}
        if len(others) < len(found):
            raise ValueError("two streams of one name")
        return others

    def _content(self, entry: _Entry) -> bytes:
        if entry.size >= self._smallest:
            return self._chain(entry.start)[: entry.size]
        content = b"".join(
            self._small_sectors[at * 64 : at * 64 + 64] for at in _follow(entry.start, self._small_chains)
        )
        return content[: entry.size]

    @cached_property
    def _entries(self) -> dict[int, _Entry]:
        """By their positions in the directory."""
        content = self._sector(self._directory) if not self._chains else self._chain(self._directory)
        places = range(len(content) // _ENTRY)
        entries = {at: _entry(content[at * _ENTRY : (at + 1) * _ENTRY]) for at in places}
        return {at: entry for at, entry in entries.items() if entry}

    @cached_property
    def _storages(self) -> dict[int, int]:
        """The storage of each entry. The root comes first; entries that nothing refers to are left out."""
        storages: dict[int, int] = {}
        for place, entry in self._entries.items():
            left = [entry.child] if entry.is_storage else []
            while left:
                at = left.pop()
                if at and at not in storages and at in self._entries:
                    storages[at] = place
                    left += self._entries[at].siblings
        return storages

    @cached_property
    def _chains(self) -> list[int]:
        """The next sector of each sector (the FAT)."""
        (count,) = struct.unpack_from("<I", self._bytes, 44)
        first = struct.unpack_from("<109I", self._bytes, 76)[:count]
        tables = [at for at in first if at < _LAST_SECTOR]
        (more,) = struct.unpack_from("<I", self._bytes, 68)
        known: set[int] = set()
        while 0 < more < _LAST_SECTOR:
            if more in known:
                raise ValueError("a list of tables without an end")
            known.add(more)
            *places, more = _numbers(self._sector(more))
            tables += [at for at in places if at < _LAST_SECTOR]
        if len(tables) * self._size > len(self._bytes):
            raise ValueError("more tables than file")
        return [number for at in tables for number in _numbers(self._sector(at))]

    @cached_property
    def _small_chains(self) -> list[int]:
        return _numbers(self._chain(self._small_table))

    @cached_property
    def _small_sectors(self) -> bytes:
        root = next(entry for entry in self._entries.values() if entry.name == "root entry")
        return self._chain(root.start)

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(at) for at in _follow(start, self._chains))

    def _sector(self, at: int) -> bytes:
        place = (at + 1) * self._size
        if place >= len(self._bytes):
            raise ValueError("a sector behind the end")
        return self._bytes[place : place + self._size]


def _entry(content: bytes) -> _Entry | None:
    length, kind = struct.unpack_from("<HB", content, 64)
    left, right, child = struct.unpack_from("<III", content, 68)
    start, size = struct.unpack_from("<II", content, 116)
    name = content[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
    return _Entry(name, start, size, kind != 2, (left, right), child) if kind in (1, 2, 5) else None


def _follow(start: int, chains: list[int]) -> Iterator[int]:
    """Each sector once: a chain that returns to a sector would never end."""
    left = len(chains)
    while start < _LAST_SECTOR:
        if not left:
            raise ValueError("a chain without an end")
        yield start
        start, left = chains[start], left - 1


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
