"""Small files of each type, good ones."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}"'
    ' ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/>'
    "</Types>"
)


def pdf_bytes(body: str = "") -> bytes:
    return f"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% {body}\nstartxref\n9\n%%EOF\n".encode()


def image_bytes(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def docx_bytes(extra: dict[str, bytes] | None = None, main: str = "wordprocessingml.document") -> bytes:
    return office_bytes("word/document.xml", main, b"<w:document>Noi dung</w:document>", extra)


def xlsx_bytes(extra: dict[str, bytes] | None = None) -> bytes:
    return office_bytes("xl/workbook.xml", "spreadsheetml.sheet", b"<workbook/>", extra)


def office_bytes(part: str, main: str, body: bytes, extra: dict[str, bytes] | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(part=part, main=main))
        archive.writestr(part, body)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def compound_bytes(*names: str) -> bytes:
    """An office file of before 2007 with these entries in its directory."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<I", header, 48, 1)
    entries = b"".join(_entry(name, 5 if name == "Root Entry" else 2) for name in ("Root Entry", *names))
    return bytes(header) + bytes(512) + entries.ljust(1024, b"\0") + bytes(512)


def _entry(name: str, kind: int) -> bytes:
    entry = bytearray(128)
    text = name.encode("utf-16-le")
    entry[: len(text)] = text
    struct.pack_into("<H", entry, 64, len(text) + 2)
    entry[66] = kind
    return bytes(entry)


def pdf(name: str = "don.pdf", body: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(body), "application/pdf")


def png(name: str = "anh.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, image_bytes(), "image/png")
