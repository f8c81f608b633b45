"""A picture in a copy is a picture and nothing else; a PDF holds no words that nobody searched."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from pakn_portal.submissions.files import FileRefused, reader
from pakn_portal.submissions.reading.copies.pictures import bare_jpeg

SECRET = b"Kin GPS 0912345678"
PHONE = "0912345678"


def drawn(kind: str = "JPEG", **how: Any) -> bytes:
    out = BytesIO()
    image = Image.effect_noise((64, 48), 90).convert("RGB")
    image.save(out, kind, **how)
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def told_of_jpeg(content: bytes, *more: bytes) -> bytes:
    """With what cameras and programs write before, between and behind the segments of the picture."""
    form = b"JFIF\0\1\1\0\0\1\0\1\1\1" + SECRET  # its thumbnail has one dot, and then comes more
    told = [
        segment(0xE0, form),
        segment(0xE0, b"JFXX\0\x10" + SECRET),
        segment(0xE1, b"Exif\0\0" + SECRET),
        b"\xff\xff\xff" + segment(0xE2, b"MPF\0" + SECRET),
        b"\xff\xff" + segment(0xED, b"Photoshop 3.0\0" + SECRET),
        segment(0xEE, b"Adobe\0\x64\0\0\0\0\1" + SECRET),
        segment(0xFE, SECRET),
        *more,
    ]
    return content[:2] + b"".join(told) + content[2:]


def dots(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as image:
        return image.convert("RGB").tobytes()


def film() -> bytes:
    """Two pictures and a film in one file, as telephones make it."""
    return told_of_jpeg(drawn()) + told_of_jpeg(drawn()) + b"\0\0\0\x18ftypmp42" + SECRET


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"restart_marker_blocks": 2}])
def test_of_a_jpeg_nothing_but_the_first_picture_stays(how: dict[str, Any]) -> None:
    picture = drawn(**how)
    # a program may write a comment between two scans, too
    at = picture.index(b"\xff\xda")
    told = told_of_jpeg(picture[:at] + segment(0xFE, SECRET) + picture[at:])
    bare = bare_jpeg(b"\n" + told + told + SECRET)
    assert SECRET not in bare
    assert bare.endswith(b"\xff\xd9")
    assert bare.count(b"\xff\xd8\xff") == 1
    assert dots(bare) == dots(told)


def test_a_jpeg_without_its_end_keeps_its_dots() -> None:
    picture = drawn()
    assert bare_jpeg(picture[:-2]) == bare_jpeg(picture)


def test_pictures_that_are_published_themselves_lose_what_is_appended() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
    drawing = drawn("PNG", pnginfo=info)
    for content, kind in ((film(), "jpg"), (drawing + SECRET, "png")):
        copy = reader.copy_for_public(BytesIO(content), kind)[0]
        assert SECRET not in copy
        assert b"tXt" not in copy and b"MPF" not in copy
        assert dots(copy)


# --- inside a PDF


def stream(data: bytes, **entries: Any) -> StreamObject:
    made = StreamObject()
    made._data = data
    for name, value in entries.items():
        made[NameObject(f"/{name}")] = value
    return made


def names(*each: str) -> ArrayObject:
    return ArrayObject([NameObject(f"/{name}") for name in each])


def picture_of(data: bytes, filters: Any, **more: Any) -> StreamObject:
    return stream(
        data,
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(64),
        Height=NumberObject(48),
        BitsPerComponent=NumberObject(8),
        ColorSpace=NameObject("/DeviceRGB"),
        Filter=filters,
        **more,
    )


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def page_of(writer: PdfWriter, drawing: bytes, **objects: Any) -> Any:
    page = writer.add_blank_page(200, 200)
    things = DictionaryObject({NameObject(f"/{name}"): thing for name, thing in objects.items()})
    face = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in face.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): things, NameObject("/Font"): fonts}
    )
    page[NameObject("/Contents")] = writer._add_object(stream(drawing))
    return page


def pdf_with(picture: StreamObject) -> bytes:
    writer = PdfWriter()
    page_of(writer, b"/Im0 Do", Im0=writer._add_object(picture))
    return written(writer)


def copied(content: bytes) -> Any:
    return reader.copy_for_public(BytesIO(content), "pdf")


def told_why(content: bytes) -> str:
    with translation.override("en"), pytest.raises(FileRefused) as refused:
        copied(content)
    return str(refused.value)


def only_picture(copy: bytes) -> Any:
    return PdfReader(BytesIO(copy)).pages[0]["/Resources"]["/XObject"]["/Im0"]


def test_a_photograph_in_a_pdf_is_only_its_first_picture_however_it_is_packed() -> None:
    told = film()
    hexed, packed = told.hex().encode() + b">", zlib.compress(told)
    for data, filters, more in (
        (told, NameObject("/DCTDecode"), {}),
        (told, names("DCTDecode"), {}),
        (packed, names("FlateDecode", "DCTDecode"), {}),
        (hexed, names("ASCIIHexDecode", "DCTDecode"), {}),
        (
            zlib.compress(hexed),
            names("FlateDecode", "ASCIIHexDecode", "DCTDecode"),
            {"DecodeParms": ArrayObject([NullObject(), NullObject(), NullObject()])},
        ),
    ):
        copy = copied(pdf_with(picture_of(data, filters, **more)))[0]
        kept = only_picture(copy)
        assert kept["/Filter"] == "/DCTDecode"
        assert SECRET not in kept._data and b"ftyp" not in kept._data
        assert dots(kept._data) == dots(told)


def test_the_list_of_filters_may_be_an_object_of_its_own() -> None:
    writer = PdfWriter()
    filters = writer._add_object(names("DCTDecode"))
    page_of(writer, b"/Im0 Do", Im0=writer._add_object(picture_of(film(), filters)))
    assert SECRET not in copied(written(writer))[0]


def test_a_photograph_that_is_packed_once_more_or_is_none_has_no_copy() -> None:
    for data, filters in ((film(), names("DCTDecode", "FlateDecode")), (SECRET, names("DCTDecode"))):
        assert "cannot be searched" in told_why(pdf_with(picture_of(data, filters)))


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


@pytest.mark.parametrize("is_boxed", [True, False])
def test_of_a_jpeg_2000_nothing_but_the_picture_stays(is_boxed: bool) -> None:
    content = drawn("JPEG2000")
    at = content.index(b"\xff\x4f\xff\x51")
    remark = b"\xff\x64" + struct.pack(">H", len(SECRET) + 4) + b"\0\1" + SECRET
    tile = content.index(b"\xff\x90")
    told = content[at:tile] + remark + content[tile:]
    if is_boxed:
        head = content[: at - 8]
        told = head + box(b"xml ", SECRET) + box(b"uuid", b"\0" * 16 + SECRET) + box(b"jp2c", told)
        told += box(b"uuid", SECRET)
    else:
        told += SECRET
    copy = copied(pdf_with(picture_of(zlib.compress(told), names("FlateDecode", "JPXDecode"))))[0]
    kept = only_picture(copy)
    assert SECRET not in kept._data
    assert dots(kept._data) == dots(content)


def test_a_photograph_inside_the_drawing_of_a_page_has_no_copy() -> None:
    inside = b"q BI /W 64 /H 48 /BPC 8 /CS /RGB /F /DCT ID " + told_of_jpeg(drawn()) + b"\nEI Q"
    writer = PdfWriter()
    page_of(writer, inside)
    assert "cannot be searched" in told_why(written(writer))


# --- words


def form_of(writer: PdfWriter, page: Any, drawing: bytes) -> Any:
    return writer._add_object(
        stream(
            drawing,
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Form"),
            BBox=ArrayObject([NumberObject(each) for each in (0, 0, 100, 100)]),
            Resources=page["/Resources"],
        )
    )


def mark_on(writer: PdfWriter, page: Any, kind: str, **entries: Any) -> DictionaryObject:
    mark = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(f"/{kind}"),
            NameObject("/Rect"): ArrayObject([NumberObject(each) for each in (0, 0, 90, 90)]),
            **{NameObject(f"/{name}"): value for name, value in entries.items()},
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])
    return mark


def say(words: str) -> bytes:
    return f"BT /F1 12 Tf 10 10 Td ({words}) Tj ET".encode()


@pytest.mark.parametrize("where", ["link", "field", "stamp", "instead", "title", "turned"])
def test_words_anywhere_in_a_pdf_are_searched(where: str) -> None:
    writer = PdfWriter()
    instead = f"/Span <</ActualText ({PHONE})>> BDC EMC".encode() if where == "instead" else b""
    turned = f"BT /F1 12 Tf -1 0 0 -1 90 90 Tm ({PHONE}) Tj ET".encode() if where == "turned" else b""
    page = page_of(writer, say("khac ") + instead + turned)
    if where == "link":
        action = {"/S": NameObject("/URI"), "/URI": TextStringObject(f"tel:{PHONE}")}
        mark_on(writer, page, "Link", A=DictionaryObject({NameObject(key): action[key] for key in action}))
    elif where == "field":
        mark_on(writer, page, "Widget", FT=NameObject("/Tx"), V=TextStringObject(PHONE))
    elif where == "stamp":
        form = form_of(writer, page, say(PHONE))
        mark_on(writer, page, "Stamp", AP=DictionaryObject({NameObject("/N"): form}))
    elif where == "title":
        writer.add_outline_item(PHONE, page_number=0)
    made = copied(written(writer))
    assert PHONE in "\n".join(part for part in made if isinstance(part, str))
    assert "khac" in made[1]


def test_a_mark_that_is_not_shown_is_left_out() -> None:
    writer = PdfWriter()
    page = page_of(writer, say("khac"))
    form = form_of(writer, page, say(PHONE))
    mark_on(writer, page, "Stamp", AP=DictionaryObject({NameObject("/N"): form}), F=NumberObject(2))
    made = copied(written(writer))
    assert PHONE.encode() not in made[0]


def test_a_pdf_with_a_hidden_layer_has_no_copy() -> None:
    writer = PdfWriter()
    page_of(writer, say("khac"))
    layer = DictionaryObject(
        {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("L")}
    )
    layers = ArrayObject([writer._add_object(layer)])
    order = DictionaryObject({NameObject("/OFF"): layers})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): layers, NameObject("/D"): order}
    )
    assert "hidden" in told_why(written(writer))


def test_a_part_of_a_page_that_cannot_be_read_has_no_copy() -> None:
    writer = PdfWriter()
    page = page_of(writer, b"/Fm0 Do")
    form = form_of(writer, page, say(PHONE))
    form.get_object()[NameObject("/Filter")] = NameObject("/Unheard")
    page["/Resources"]["/XObject"][NameObject("/Fm0")] = form
    assert "cannot be searched" in told_why(written(writer))


def test_a_signature_that_the_copy_breaks_loses_its_certificate() -> None:
    writer = PdfWriter()
    page = page_of(writer, say("khac"))
    signed = {"/Type": NameObject("/Sig"), "/Contents": TextStringObject(SECRET.decode())}
    signed |= {"/ByteRange": ArrayObject([NumberObject(0)] * 4), "/Name": TextStringObject(SECRET.decode())}
    value = writer._add_object(DictionaryObject({NameObject(key): signed[key] for key in signed}))
    mark_on(writer, page, "Widget", FT=NameObject("/Sig"), V=value)
    assert SECRET not in copied(written(writer))[0]


def test_metadata_goes_wherever_it_hangs() -> None:
    writer = PdfWriter()
    page = page_of(writer, say("khac"))
    told = stream(SECRET, Type=NameObject("/Metadata"), Subtype=NameObject("/XML"))
    page[NameObject("/Private")] = writer._add_object(told)
    assert SECRET not in copied(written(writer))[0]
