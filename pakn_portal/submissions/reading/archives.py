"""Reads a zip file to its end within limits, so that neither a zip bomb nor a false directory harms."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from pakn_portal.submissions.reading import compound
from pakn_portal.submissions.reading.verdict import Reason, Refused, size_of
from pakn_portal.submissions.reading.work import MOST_UNPACKED, Work

MOST_ENTRIES: Final = 1000
MOST_RATIO: Final = 100
#: A hundred thousand formatted empty rows of a sheet compress to a thousandth; below this size they may.
MOST_REPETITION: Final = 64 * 1024 * 1024
_CHUNK: Final = 256 * 1024
_ARCHIVES: Final = (
    ".zip",
    ".rar",
    ".7z",
    ".gz",
    ".tar",
    ".jar",
    ".docx",
    ".xlsx",
    ".pptx",
    ".docm",
    ".xlsm",
    ".exe",
)
#: The workbook behind a chart in a letter. Whoever accepts an archive with one must read that workbook too.
_FIGURES: Final = re.compile(r"(word|xl|ppt)/embeddings/[^/]+\.xlsx", re.IGNORECASE)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MARKUP: Final = (".xml", ".rels", ".vml")


class Archive:
    """Its directory was checked; what is read is counted as it is unpacked, and
    every checksum is verified.
    """

    def __init__(self, file: Any, work: Work) -> None:
        """Raises Refused, and whatever `zipfile` raises."""
        file.seek(0)
        if file.read(4) != b"PK\x03\x04":
            raise Refused(Reason.PASSWORD if compound.is_locked(file) else Reason.OTHER_TYPE)
        file.seek(0)
        self._zip = zipfile.ZipFile(file)
        self._work = work
        self.entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        _check_directory(self._zip.infolist(), size_of(file))

    def chunks(self, entry: zipfile.ZipInfo, *, is_counted: bool = True) -> Iterator[bytes]:
        """What is really unpacked, whatever the directory says."""
        with self._zip.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                self._work.unpack(len(chunk) if is_counted else 0)
                yield chunk


def _check_directory(entries: list[zipfile.ZipInfo], packed: int) -> None:
    for entry in entries:
        _check_entry(entry)
    names = {entry.filename.lower() for entry in entries}
    if len(names) < len(entries):
        raise Refused(Reason.DAMAGED)  # two entries with one name: programs differ in which they read
    unpacked = sum(entry.file_size for entry in entries)
    # text is repetitive; pictures and programs are not
    other = sum(entry.file_size for entry in entries if not entry.filename.lower().endswith(_MARKUP))
    is_bomb = other > packed * MOST_RATIO or unpacked > max(packed * MOST_RATIO, MOST_REPETITION)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_bomb:
        raise Refused(Reason.COMPLEX)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name:
        raise Refused(Reason.DAMAGED)
    if stat.S_ISLNK(entry.external_attr >> 16) or entry.compress_type not in _METHODS:
        raise Refused(Reason.DAMAGED)
    if entry.flag_bits & 0x1:
        raise Refused(Reason.PASSWORD)
    if name.lower().endswith(_ARCHIVES) and not is_figures(name):
        raise Refused(Reason.HOLDS_ANOTHER)


def is_figures(name: str) -> bool:
    """Whether this entry of an office file is the workbook behind one of its charts."""
    return bool(_FIGURES.fullmatch(name))
