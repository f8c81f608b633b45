"""H34: what a picture tells beside itself."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from pakn_portal.submissions.files import FileRefused, cleaned

PLACE = b"10.762622,106.660172"
CAMERA = "Dien thoai cua chi Cuc"
ORIENTATION, GPS, MAKE, COMMENT = 0x0112, 0x8825, 0x010F, 0x9286


def photograph(kind: str = "JPEG", **more: Any) -> bytes:
    """Lying on its side, with place, owner and a thumbnail in which more is seen."""
    image = Image.new("RGB", (40, 30), "teal")
    image.paste("red", (0, 0, 20, 15))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE], exif[COMMENT] = 6, CAMERA, PLACE
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    image.save(out, kind, exif=exif, icc_profile=b"ten cua chi Cuc" * 9, **more)
    return out.getvalue()


def clean(content: bytes, content_type: str) -> bytes:
    copy = cleaned(BytesIO(content), content_type)
    assert copy is not None
    return copy.read()


@pytest.mark.parametrize(
    "content",
    [
        photograph(comment=b"cua chi Cuc"),
        # bytes behind the picture, as "live" photographs have a film there
        photograph() + b"ftypmp42" + PLACE,
        photograph(xmp=b"<x:xmpmeta>chi Cuc</x:xmpmeta>"),
    ],
)
def test_h34_a_photograph_loses_all_but_the_picture(content: bytes) -> None:
    copy = clean(content, "image/jpeg")
    for told in (PLACE, b"Cuc", b"Exif", b"GPS", b"xmp", b"ICC_PROFILE"):
        assert told not in copy
    image = Image.open(BytesIO(copy))
    assert (image.format, image.size) == ("JPEG", (30, 40))  # upright
    red, _green, blue = image.convert("RGB").getpixel((28, 2))  # type: ignore[misc]
    assert red > 200 > blue


def test_h34_a_png_too() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "chi Cuc")
    notes.add_itxt("XML:com.adobe.xmp", "chi Cuc")
    copy = clean(photograph("PNG", pnginfo=notes), "image/png")
    for told in (PLACE, b"Cuc", b"eXIf", b"tEXt", b"iTXt", b"iCCP"):
        assert told not in copy
    assert Image.open(BytesIO(copy)).size == (30, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_stays_the_picture_it_was(mode: str) -> None:
    out = BytesIO()
    more = {"transparency": 1} if mode == "P" else {}
    Image.new(mode, (8, 6), 1).save(out, "PNG", **more)
    before = Image.open(BytesIO(out.getvalue()))
    after = Image.open(BytesIO(clean(out.getvalue(), "image/png")))
    assert (after.mode, after.tobytes(), after.info.get("transparency")) == (
        mode,
        before.tobytes(),
        before.info.get("transparency"),
    )


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_of_any_kind_can_be_drawn_anew(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (8, 6)).save(out, "JPEG")
    assert Image.open(BytesIO(clean(out.getvalue(), "image/jpeg"))).mode == mode


def test_other_files_are_handed_on_as_they_are() -> None:
    assert cleaned(BytesIO(b"%PDF-1.4"), "application/pdf") is None


def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(FileRefused):
        cleaned(BytesIO(photograph()[:200]), "image/jpeg")
