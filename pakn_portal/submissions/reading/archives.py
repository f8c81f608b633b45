"""A zip file read to its end within limits, so that no bomb and no lie in its directory gets further."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from pakn_portal.submissions.reading.verdict import Reason, Refused, size_of

MOST_ENTRIES: Final = 1000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 100
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
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


def open_archive(file: Any) -> zipfile.ZipFile:
    """The archive after its directory was found harmless. Raises FileRefused."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Refused(Reason.PASSWORD if _is_compound(file) else Reason.OTHER_TYPE)
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        raise Refused(Reason.DAMAGED) from error
    _check_directory(archive, size_of(file))
    return archive


def unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """(name, piece of content) of every entry; each piece overlaps the one before, for searching.

    Counts what really comes out, whatever the directory promised, and checks every sum.
    """
    total = 0
    try:
        for entry in archive.infolist():
            before = b""
            with archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    total += len(chunk)
                    if total > MOST_UNPACKED:
                        raise Refused(Reason.COMPLEX)
                    yield entry.filename, before + chunk
                    before = chunk[-64:]
    except _BROKEN as error:
        raise Refused(Reason.DAMAGED) from error


def _check_directory(archive: zipfile.ZipFile, packed_size: int) -> None:
    entries = archive.infolist()
    unpacked_size = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_ENTRIES
        or unpacked_size > MOST_UNPACKED
        or unpacked_size > packed_size * MOST_RATIO
    ):
        raise Refused(Reason.COMPLEX)
    if len({entry.filename for entry in entries}) < len(entries):
        raise Refused(Reason.DAMAGED)  # two entries of one name: programs differ in which they read
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name:
        raise Refused(Reason.DAMAGED)
    if stat.S_ISLNK(entry.external_attr >> 16) or entry.compress_type not in _METHODS:
        raise Refused(Reason.DAMAGED)
    if entry.flag_bits & 0x1:
        raise Refused(Reason.PASSWORD)
    if name.lower().endswith(_ARCHIVES):
        raise Refused(Reason.HOLDS_ANOTHER)


def _is_compound(file: Any) -> bool:
    file.seek(0)
    return file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
