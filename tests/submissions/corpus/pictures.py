"""Pictures, ordinary and odd."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION = 0x0112
HTML = b"<html><body><script>alert(document.domain)</script></body></html>"


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Image.Image:
    """Red in the upper left quarter, so that a turn shows."""
    image = Image.new("RGB", size, "teal")
    image.paste("red", (0, 0, max(1, size[0] // 2), max(1, size[1] // 2)))
    return image.convert(mode)


def jpeg(size: tuple[int, int] = (40, 30), mode: str = "RGB", **how: Any) -> bytes:
    return saved(picture(mode, size), "JPEG", **how)


def png(size: tuple[int, int] = (40, 30), mode: str = "RGB", **how: Any) -> bytes:
    return saved(picture(mode, size), "PNG", **how)


def exif(*entries: bytes) -> bytes:
    """A block of notes made by hand; each entry has its twelve bytes."""
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)


def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
    return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")


TURNED = entry(ORIENTATION, 3, 1, struct.pack("<H", 6))


def portrait(*more: bytes) -> bytes:
    """As a telephone held upright stores it: lying, with a note which way is up."""
    return jpeg(exif=exif(TURNED, *more))


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, pixels: bytes, *, colour: int = 2, before: bytes = b"") -> bytes:
    """A PNG whose sums are right, whatever its pixels are."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + before + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


_DOT = zlib.compress(b"\0abc")


def png_of_49_megapixels() -> bytes:
    """Some 50 kB that want 200 MB when they are opened."""
    return saved(Image.new("RGB", (7000, 7000), "teal"), "PNG")


def animated() -> bytes:
    return saved(picture(), "PNG", save_all=True, append_images=[picture("RGB").rotate(90)])


def noise(size: tuple[int, int] = (400, 300), **how: Any) -> bytes:
    """A photograph whose rows are all of about the same size."""
    return saved(Image.effect_noise(size, 60).convert("RGB"), "JPEG", **how)


ORDINARY: dict[str, tuple[str, bytes]] = {
    "a photograph without its last two bytes": ("a.jpg", noise()[:-2]),
    "a photograph without its last rows": ("a.jpg", noise()[: -len(noise()) // 20]),
    "saved by Windows": ("a.jfif", jpeg()),
    "of an old program": ("a.jpe", jpeg()),
    "a tracking pixel": ("a.jpg", jpeg((1, 1))),
    "a signature line": ("a.jpg", jpeg((600, 5))),
    "a thin column": ("a.jpg", jpeg((3, 900))),
    "seven by seven": ("a.jpg", jpeg((7, 7))),
    "a PNG of one dot": ("a.png", png((1, 1))),
    "grey": ("a.jpg", jpeg(mode="L")),
    "of a printer (CMYK)": ("a.jpg", jpeg(mode="CMYK")),
    "progressive": ("a.jpg", jpeg(progressive=True)),
    "a portrait": ("a.jpg", portrait()),
    "a portrait with a number of the wrong kind": ("a.jpg", portrait(entry(0x0102, 1, 3, b"\x08\x08\x08"))),
    "a portrait with a fraction over nothing": ("a.jpg", portrait(entry(0x011A, 5, 1, b"\x08\0\0\0"))),
    "a portrait whose notes point nowhere": ("a.jpg", portrait(entry(0x8825, 4, 1, b"\xff\xff\xff\x7f"))),
    "a portrait whose notes point at themselves": ("a.jpg", portrait(entry(0x8769, 4, 1, b"\x08\0\0\0"))),
    "a portrait with text for a number": ("a.jpg", portrait(entry(0x0103, 2, 3, b"ab\0"))),
    "an orientation there is none of": ("a.jpg", jpeg(exif=exif(entry(ORIENTATION, 3, 1, b"\x63\0")))),
    "notes cut short": ("a.jpg", jpeg(exif=exif(TURNED)[:14])),
    "a doubled header": ("a.jpg", jpeg().replace(b"\xff\xd8", b"\xff\xd8\xff\xd8", 1)[2:]),
    "two in one (MPO)": ("a.jpg", saved(picture(), "MPO", save_all=True, append_images=[picture()])),
    "a film behind it (motion photo)": ("a.jpg", jpeg() + b"\0\0\0\x18ftypmp42" + bytes(300)),
    "16 bits, grey": ("a.png", saved(Image.new("I;16", (8, 6), 40_000), "PNG")),
    "16 bits, colours": ("a.png", png_of(1, 1, zlib.compress(b"\0\x11\x22\x33"))),
    "with a palette": ("a.png", png(mode="P")),
    "black and white": ("a.png", png(mode="1")),
    "see-through": ("a.png", png(mode="RGBA")),
    "animated (APNG)": ("a.png", animated()),
    "notes in a PNG": ("a.png", png(exif=exif(TURNED))),
    "notes in a PNG that are none": (
        "a.png",
        png_of(1, 1, zlib.compress(b"\0abc"), before=chunk(b"eXIf", b"x")),
    ),
}

#: Open here or there, but never for everybody.
BROKEN: dict[str, tuple[str, bytes]] = {
    "right sums, no pixels": ("a.png", png_of(1, 1, b"x")),
    "right sums, broken pixels": ("a.png", png_of(30, 30, zlib.compress(bytes(9)))),
    "right sums, an unknown filter": ("a.png", png_of(4, 4, zlib.compress(b"\x63" * 52))),
    "right sums, an impossible colour": ("a.png", png_of(1, 1, zlib.compress(b"\0abc"), colour=5)),
    "no size": ("a.png", png_of(0, 0, zlib.compress(b""))),
    "cut in the middle": ("a.jpg", jpeg((400, 300))[:2000]),
    "cut before the last quarter": ("a.jpg", noise()[: len(noise()) * 3 // 4]),
    "nothing but a start": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(60)),
    "a picture of no height": ("a.jpg", jpeg().replace(struct.pack(">HH", 30, 40), bytes(4))),
}

PHONE: dict[str, tuple[str, bytes]] = {
    "HEIC": ("IMG_0001.HEIC", b"\0\0\0\x18ftypheic" + bytes(80)),
    "HEIC under another name": ("IMG_0001.jpg", b"\0\0\0\x18ftypheic" + bytes(80)),
    "HEIC of another maker": ("IMG_0001.jpg", b"\0\0\0\x18ftypmif1" + bytes(80)),
    "WebP": ("a.webp", saved(picture(), "WEBP")),
    "WebP under another name": ("a.png", saved(picture(), "WEBP")),
    "AVIF": ("a.jpeg", b"\0\0\0\x18ftypavif" + bytes(80)),
}

POLYGLOTS: dict[str, tuple[str, bytes]] = {
    "HTML behind a JPEG": ("a.jpg", jpeg() + HTML),
    "HTML in the remarks of a JPEG": ("a.jpg", jpeg(comment=HTML)),
    "HTML behind a PNG": ("a.png", png() + HTML),
    "HTML in a chunk of a PNG": (
        "a.png",
        png_of(1, 1, zlib.compress(b"\0abc"), before=chunk(b"tEXt", b"Comment\0" + HTML)),
    ),
}
