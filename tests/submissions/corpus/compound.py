"""Office files of before 2007, with tables and chains that are right."""

# one file of the collection in one line
from __future__ import annotations

import struct
from itertools import pairwise

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def compound(
    streams: dict[str, bytes], storages: tuple[str, ...] = (), *, is_scattered: bool = False
) -> bytes:
    """Each stream of 4096 bytes and more stands in sectors of its own; `is_scattered`: every second one."""
    entries = [("Root Entry", 5, _END, 0)]
    sectors: list[bytes] = [b"", b""]  # the table and the directory come first
    chains = [_TABLE, _END]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        pieces = [padded[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(padded), _SECTOR)]
        places = []
        for piece in pieces:
            if is_scattered:
                sectors.append(b"\xaa" * _SECTOR)
                chains.append(_FREE)
            places.append(len(sectors))
            sectors.append(piece)
            chains.append(_END)
        for here, there in pairwise(places):
            chains[here] = there
        entries.append((name, 2, places[0], len(padded)))
    entries += [(name, 1, _END, 0) for name in storages]
    assert len(entries) <= 4
    assert len(chains) <= 128
    sectors[0] = struct.pack("<128I", *chains, *[_FREE] * (128 - len(chains)))
    sectors[1] = b"".join(_entry(*entry) for entry in entries).ljust(_SECTOR, b"\0")
    header = bytearray(_SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 4096, _END, 0, _END, 0)
    struct.pack_into("<109I", header, 76, 0, *[_FREE] * 108)
    return bytes(header) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    entry = bytearray(128)
    text = name.encode("utf-16-le")
    entry[: len(text)] = text
    struct.pack_into("<HB", entry, 64, len(text) + 2, kind)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


BEGIN = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))


def workbook(*records: bytes) -> bytes:
    return BEGIN + b"".join(records) + record(0x000A)


def sheet(kind: int = 0) -> bytes:
    return record(0x0085, struct.pack("<IBBBB", 0, 0, kind, 1, 0) + b"a")


def source(path: str) -> bytes:
    return record(0x01AE, struct.pack("<HHB", 1, len(path), 0) + path.encode("latin-1"))


def source_name(flags: int) -> bytes:
    return record(0x0023, struct.pack("<HIB", flags, 0, 1) + b"\0a")


def xls(*records: bytes, storages: tuple[str, ...] = (), is_scattered: bool = False) -> tuple[str, bytes]:
    content = compound({"Workbook": workbook(*records)}, storages, is_scattered=is_scattered)
    return "a.xls", content


def doc(
    text: bytes = b"Kinh gui Bo",
    *,
    flags: int = 0,
    storages: tuple[str, ...] = (),
    is_scattered: bool = False,
) -> tuple[str, bytes]:
    head = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x409, 0, flags).ljust(1024, b"\0")
    return "a.doc", compound({"WordDocument": head + text}, storages, is_scattered=is_scattered)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def broken(file: tuple[str, bytes], at: int, what: bytes) -> tuple[str, bytes]:
    name, content = file
    return name, content[:at] + what + content[at + len(what) :]


ORDINARY: dict[str, tuple[str, bytes]] = {
    "a workbook": xls(sheet()),
    "a workbook with a chart": xls(sheet(), sheet(2)),
    "a workbook in pieces": xls(sheet(), is_scattered=True),
    "its own sheets as a source": xls(record(0x01AE, struct.pack("<HH", 1, 0x0401))),
    "a letter": doc(),
    "a letter with fields": doc(b'\x13 PAGE \x141\x15 \x13 HYPERLINK "https://moj.gov.vn" \x14a\x15'),
    "a letter about DDE": doc(b"Tat DDEAUTO the nao"),
}
WARNED: dict[str, tuple[str, bytes, str]] = {
    "another workbook": (*xls(source("\x01[a.xls]Sheet1")), "external"),
    "a path in folders": (*xls(source("\x01C\x03a\x03b.xls"), source_name(0)), "external"),
    "an object of another program": (
        *xls(source("Word.Document\x03c:\\a.doc"), source_name(0x10)),
        "external",
    ),
    "a query": (*xls(record(0x00DC, bytes(12))), "external"),
    "a workbook with a password": (*xls(record(0x002F, bytes(6))), "encrypted"),
    "an object inside": (*xls(sheet(), storages=("MBD0001",)), "embedded"),
    "a letter with a password": (*doc(flags=0x0100), "encrypted"),
    "an object in a letter": (*doc(storages=("ObjectPool",)), "embedded"),
    "a picture elsewhere": (*doc(b'\x13 INCLUDEPICTURE "http://evil/a.png" \x14\x15'), "external"),
    "a picture elsewhere in wide letters": (
        *doc(wide('\x13INCLUDEPICTURE "http://evil/a.png"\x14\x15')),
        "external",
    ),
    "a template elsewhere": (*doc(wide("http://evil.example/a.dotm")), "external"),
    "a template on a share": (*doc(wide("\\\\evil\\share\\a.dot")), "external"),
    "a chain without an end": (*broken(doc(), 512 + 4 * 2, struct.pack("<I", 2)), "unread"),
    "a chain that leads nowhere": (*broken(doc(), 512 + 4 * 2, struct.pack("<I", 99)), "unread"),
    "a workbook that is none": ("a.xls", compound({"Workbook": b"nothing"}), "unread"),
    "a letter that is none": ("a.doc", compound({"WordDocument": b"nothing"}), "unread"),
}
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "macros in small letters": (*doc(storages=("macros",)), "macros"),
    "VBA in small letters": (*doc(storages=("vba",)), "macros"),
    "macros in mixed letters": (*xls(sheet(), storages=("_Vba_Project_Cur",)), "macros"),
    "a sheet of macros": (*xls(sheet(1)), "macros"),
    "a sheet of macros in pieces": (
        *xls(*[record(0x0031, bytes(700))] * 9, sheet(1), is_scattered=True),
        "macros",
    ),
    "a command": (*xls(source("cmd\x03/c calc"), source_name(0)), "commands"),
    "a field with a command": (*doc(b"\x13 DDEAUTO c:\\\\windows\\\\cmd.exe \x14\x15"), "commands"),
    "a field with a command in wide letters": (*doc(wide("\x13 dde cmd \x14\x15")), "commands"),
    "a field with a command in pieces": (
        *doc(b"x" * (510 - 1024 % 512) + b"\x13 DDE cmd \x14", is_scattered=True),
        "commands",
    ),
    "a package with a password": ("a.doc", compound({"EncryptedPackage": b""}), "password"),
}
