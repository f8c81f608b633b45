"""Photographs and scans. A picture is accepted if it can be drawn again, because staff get only the copy."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin  # noqa: F401  (the only two that may open)

from pakn_portal.submissions.reading.bounds import MOST_PIXELS
from pakn_portal.submissions.reading.starts import PICTURES
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Low compression for PNG: it is lossless, and a high level takes many seconds on a large scan.
_SAVED: Final[dict[str, dict[str, Any]]] = {"JPEG": {"quality": 92}, "PNG": {"compress_level": 3}}
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: How pictures of telephones and web sites begin: HEIC and AVIF after a length, WebP.
_PHONE_BRANDS: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"avif", b"avis")

_END_OF_JPEG: Final = b"\xff\xd9"
#: The share of a truncated photograph that must be there.
_ENOUGH: Final = 0.9

# our own limit is lower, and refuses instead of warning
Image.MAX_IMAGE_PIXELS = None


def look_png(file: Any) -> set[str]:
    _check_start(file, PICTURES["png"])
    with _opened(file, "PNG") as image:
        image.verify()  # every chunk and its checksum, to the end
    draw_png(file)
    _check_alone(file)
    return set()


def look_jpeg(file: Any) -> set[str]:
    _check_start(file, PICTURES["jpg"])
    draw_jpeg(file)
    _check_alone(file)
    return set()


def draw_png(file: Any) -> BytesIO:
    return _draw(file, "PNG")


def draw_jpeg(file: Any) -> BytesIO:
    return _draw(file, "JPEG")


def _draw(file: Any, kind: str) -> BytesIO:
    """Upright and without any metadata: no place, no camera, no names, no thumbnail
    of what was cropped (H34).

    Only the orientation is read from the EXIF: Pillow's own `exif_transpose` writes all of it again, and
    fails on what telephones put there.
    """
    with _loaded(file, kind) as image:  # load first: a PNG may have its orientation after the pixels
        turn = _UPRIGHT.get(_orientation(image))
        bare = image if turn is None else image.transpose(turn)
        if bare is not image:
            image.im = None  # type: ignore[assignment]  # half of the memory
        # the transparent colour of the palette belongs to the picture
        bare.info = {name: bare.info[name] for name in ("transparency",) if name in bare.info}
        out = BytesIO()
        bare.save(out, kind, **_SAVED[kind])
    out.seek(0)
    return out


def _loaded(file: Any, kind: str) -> Image.Image:
    image = _opened(file, kind)
    try:
        image.load()
    except OSError:
        if kind != "JPEG":
            raise
        return _without_its_end(file)
    return image


def _without_its_end(file: Any) -> Image.Image:
    """A photograph without its last bytes. Every program shows it; the missing part is grey."""
    if _share_there(file) < _ENOUGH:
        raise Refused(Reason.DAMAGED)
    file.seek(0)
    image = _opened(BytesIO(file.read() + _END_OF_JPEG), "JPEG")
    image.load()
    return image


def _share_there(file: Any) -> float:
    """How far down the picture goes: rows that could not be read stay black."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with _opened(file, "JPEG") as image:
            # Pillow's own `load_read` would append an end marker, and nothing would be black
            vars(image)["load_read"] = file.read
            image.load()
            there = image.getbbox()
            return there[3] / image.height if there else 0.0
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # an unreadable note does not spoil the picture
        return 1


def _check_start(file: Any, magic: bytes) -> None:
    file.seek(0)
    start = file.read(16)
    if start.startswith(magic):
        return
    if start[8:12] == b"WEBP" or (start[4:8] == b"ftyp" and start[8:12] in _PHONE_BRANDS):
        raise Refused(Reason.PHONE_PICTURE)
    raise Refused(Reason.OTHER_TYPE)


def _opened(file: Any, kind: str) -> Image.Image:
    file.seek(0)
    image = Image.open(file, formats=[kind])
    if image.width * image.height > MOST_PIXELS:
        raise Refused(Reason.PIXELS)
    return image


def _check_alone(file: Any) -> None:
    """An archive appended to a picture opens as both (H24)."""
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise Refused(Reason.HOLDS_ANOTHER)
