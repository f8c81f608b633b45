"""Photographs and scans, read by Pillow with its limits held."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from pakn_portal.submissions.files.errors import FileRefused, damaged, holds_another, not_what_it_says

MOST_PIXELS: Final = 50_000_000
_SAVED: Final[dict[str, dict[str, Any]]] = {"JPEG": {"quality": 92}, "PNG": {"icc_profile": None}}
#: What Pillow raises on bytes that are not, or no longer, an image.
_BROKEN: Final = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError)


def check_png(file: Any) -> set[str]:
    _check_start(file, b"\x89PNG\r\n\x1a\n", "png")
    with _opened(file, "PNG") as image:
        try:
            image.verify()  # every chunk and its sum, to the end, without unpacking
        except _BROKEN as error:
            raise damaged() from error
    _check_alone(file)
    return set()


def check_jpeg(file: Any) -> set[str]:
    _check_start(file, b"\xff\xd8\xff", "jpg")
    with _opened(file, "JPEG") as image:
        try:
            image.draft(
                "L", (image.width // 8, image.height // 8)
            )  # an eighth of the size is quick to decode
            image.load()
        except _BROKEN as error:
            raise damaged() from error
    _check_alone(file)
    return set()


def _check_start(file: Any, magic: bytes, extension: str) -> None:
    file.seek(0)
    if file.read(len(magic)) != magic:
        raise not_what_it_says(extension)


def _opened(file: Any, kind: str) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file, formats=[kind])
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise damaged() from error
    except _BROKEN as error:
        raise damaged() from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    return image


def _too_many_pixels() -> FileRefused:
    return FileRefused(
        _("The picture has more than %(count)s million dots. Make it smaller and choose it again.")
        % {"count": MOST_PIXELS // 1_000_000}
    )


def _check_alone(file: Any) -> None:
    """An archive glued to a picture opens as both (H24)."""
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise holds_another()


def clean_image(file: Any, kind: str) -> BytesIO:
    """The picture drawn anew ("JPEG" or "PNG"), upright and without anything that is not picture: no place,
    no camera, no names, no small copy of what was cut off (H34). Raises FileRefused when it cannot be read.
    """
    with _opened(file, kind) as image:
        try:
            bare = ImageOps.exif_transpose(image)
            # what the palette's transparent colour is belongs to the picture
            bare.info = {name: bare.info[name] for name in ("transparency",) if name in bare.info}
            out = BytesIO()
            bare.save(out, kind, **_SAVED[kind])
        except _BROKEN as error:
            raise damaged() from error
    out.seek(0)
    return out
