"""What a mask takes away from a picture of a PDF, and what a stencil or another picture lays over it."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, NameObject, NumberObject, StreamObject

from tests.submissions.test_copies_pdf import numbers, things
from tests.submissions.test_copies_pictures import (
    copied,
    drawn,
    form_of,
    page_of,
    picture_of,
    say,
    stream,
    told_why,
    written,
)

SIZE = (200, 100)


def plain(ink: int = 255, *boxes: tuple[int, int, int, int], mode: str = "L", on: int = 0) -> Image.Image:
    """One colour, with boxes of another."""
    image = Image.new(mode, SIZE, ink)
    for box in boxes:
        ImageDraw.Draw(image).rectangle(box, fill=on)
    return image


def noise() -> Image.Image:
    return Image.effect_noise(SIZE, 120)


def packed(image: Image.Image, how: str = "flate", **more: Any) -> StreamObject:
    if how == "jpeg":
        out = BytesIO()
        image.save(out, "JPEG")
        data, name = out.getvalue(), "/DCTDecode"
    else:
        data, name = zlib.compress(image.tobytes()), "/FlateDecode"
    if how == "closed":
        data, name = b"\0\0", "/JBIG2Decode"
    made = stream(
        data, Filter=NameObject(name), Width=NumberObject(image.width), Height=NumberObject(image.height)
    )
    made.update(things(Type="/XObject", Subtype="/Image", ColorSpace="/DeviceGray"))
    made[NameObject("/BitsPerComponent")] = NumberObject(1 if image.mode == "1" else 8)
    for key, value in more.items():
        made[NameObject(f"/{key}")] = value
    return made


def stencil(image: Image.Image, how: str = "flate", **more: Any) -> StreamObject:
    made = packed(image, how, ImageMask=BooleanObject(True), **more)
    del made["/ColorSpace"]
    return made


def masked(image: Image.Image, mask: StreamObject, kind: str = "SMask") -> Any:
    return lambda writer: packed(image, **{kind: writer._add_object(mask)})


def page(*pictures: Any) -> bytes:
    """All of them at one place of the page, one over the other."""
    writer, drawing, objects = PdfWriter(), say("khac "), {}
    for at, made in enumerate(pictures):
        objects[f"Im{at}"] = writer._add_object(made(writer) if callable(made) else made)
        drawing += f" q 100 0 0 50 50 50 cm /Im{at} Do Q".encode()
    page_of(writer, drawing, **objects)
    return written(writer)


HALF = (0, 0, 100, 100)
BAR = (40, 40, 150, 60)
LETTERS = [(x, y, x + 3, y + 8) for x in range(10, 190, 8) for y in range(10, 90, 16)]
#: Decoded the other way round.
TURNED = ArrayObject([NumberObject(1), NumberObject(0)])

HIDING = {
    "half a picture masked": masked(noise(), packed(plain(255, HALF))),
    "a mask given as a photograph": masked(noise(), packed(plain(255, HALF), "jpeg")),
    "a mask turned round": masked(noise(), packed(plain(0, HALF, on=255), Decode=TURNED)),
    "a stencil for a mask": masked(noise(), stencil(plain(0, HALF, mode="1", on=1)), "Mask"),
    "a mask that is not opened": masked(noise(), packed(plain(), "closed")),
    "colours that do not show": packed(noise(), Mask=numbers(0, 200)),
}
OVER = {
    "a stencil": stencil(plain(1, BAR, mode="1")),
    "a stencil turned round": stencil(plain(0, BAR, mode="1", on=1), Decode=TURNED),
    "a picture": packed(plain(0), "jpeg"),
    "a picture with a mask": masked(plain(0), packed(plain(0, BAR, on=255))),
}
FREE: dict[str, tuple[Any, ...]] = {
    "a mask that shows all": (masked(noise(), packed(plain())),),
    "nothing below the mask": (masked(plain(255, (110, 10, 150, 60)), packed(plain(255, HALF))),),
    "letters as a stencil": (packed(noise()), stencil(plain(1, *LETTERS, mode="1"))),
    "a stencil that is not opened": (packed(noise()), stencil(plain(1, mode="1"), "closed")),
    "one colour that does not show": (packed(noise(), Mask=numbers(250, 255)),),
}


@pytest.mark.parametrize("kind", HIDING)
def test_a_mask_that_takes_away_what_could_be_read_keeps_the_file_back(kind: str) -> None:
    assert "painted over" in told_why(page(HIDING[kind]))


@pytest.mark.parametrize("kind", OVER)
def test_what_is_laid_over_a_picture_keeps_the_file_back(kind: str) -> None:
    assert "painted over" in told_why(page(packed(noise()), OVER[kind]))


@pytest.mark.parametrize("kind", FREE)
def test_layers_that_hide_nothing_stay(kind: str) -> None:
    assert copied(page(*FREE[kind]))


def test_below_so_few_dots_nobody_could_read_what_is_hidden() -> None:
    few = [image.resize((24, 12)) for image in (noise(), plain(255, HALF))]
    assert copied(page(masked(few[0], packed(few[1]))))


def test_a_mask_over_all_that_is_drawn_keeps_a_picture_back() -> None:
    writer = PdfWriter()
    picture = writer._add_object(picture_of(drawn(), NameObject("/DCTDecode")))
    leaf = page_of(writer, say("khac ") + b" q /G0 gs 100 0 0 50 50 50 cm /Im0 Do Q", Im0=picture)
    mask = things(Type="/Mask", S="/Luminosity", G=form_of(writer, leaf, b"1 g 0 0 50 50 re f"))
    leaf["/Resources"][NameObject("/ExtGState")] = things(G0=things(SMask=mask))
    assert "painted over" in told_why(written(writer))
    leaf["/Resources"][NameObject("/ExtGState")] = things(G0=things(SMask="/None"))
    assert copied(written(writer))
