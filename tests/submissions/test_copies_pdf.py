"""The copy of a PDF shows all that it holds: letters that can be read, whole pictures, nothing beside."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tests.submissions.test_copies_pictures import (
    copied,
    drawn,
    form_of,
    mark_on,
    names,
    page_of,
    picture_of,
    say,
    stream,
    told_why,
    written,
)

PHONE = "0912345678"


def things(**entries: Any) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject(f"/{name}"): NameObject(value) if type(value) is str else value
            for name, value in entries.items()
        }
    )


def numbers(*each: int) -> ArrayObject:
    return ArrayObject([NumberObject(number) for number in each])


def inside(copy: bytes) -> bytes:
    """All that stands in a file, unpacked."""
    read, found = PdfReader(BytesIO(copy)), [copy]
    for number in range(1, int(read.trailer["/Size"])):
        thing = read.get_object(number)
        if isinstance(thing, StreamObject):
            found.append(thing.get_data())
    return b"\n".join(found)


# --- letters


def with_font(showing: bytes, font: DictionaryObject) -> bytes:
    writer = PdfWriter()
    for owner in (font, font.get("/CharProcs", {})):
        for name in [name for name in owner if isinstance(owner[name], StreamObject)]:
            owner[name] = writer._add_object(owner[name])
    page = page_of(writer, say("khac ") + b"BT /F2 12 Tf 50 50 Td " + showing + b" Tj ET")
    page["/Resources"]["/Font"][NameObject("/F2")] = writer._add_object(font)
    return written(writer)


def letters(*pairs: tuple[str, str]) -> StreamObject:
    rows = " ".join(f"<{code}> <{letter}>" for code, letter in pairs)
    spaces = f"1 begincodespacerange <{'00' * 2}> <ffff> endcodespacerange"
    return stream(f"begincmap\n{spaces}\n{len(pairs)} beginbfchar\n{rows}\nendbfchar\nendcmap".encode())


def many_bytes(**more: Any) -> DictionaryObject:
    system = things(Registry=TextStringObject("Adobe"), Ordering=TextStringObject("Identity"))
    below = things(Type="/Font", Subtype="/CIDFontType2", BaseFont="/Times", CIDSystemInfo=system)
    font = things(Type="/Font", Subtype="/Type0", BaseFont="/Times", Encoding="/Identity-H")
    font[NameObject("/DescendantFonts")] = ArrayObject([below])
    font.update(things(**more))
    return font


def one_byte(subtype: str, *glyphs: str, **more: Any) -> DictionaryObject:
    encoding = things(Type="/Encoding", Differences=ArrayObject([NumberObject(65), *names(*glyphs)]))
    return things(Type="/Font", Subtype=subtype, BaseFont="/Helvetica", Encoding=encoding, **more)


def own_glyphs() -> DictionaryObject:
    glyphs = things(g0=stream(b"500 0 d0 0 0 9 9 re f"), g1=stream(b"500 0 d0 0 0 5 5 re f"))
    font = one_byte("/Type3", "g0", "g1", CharProcs=glyphs, FontBBox=numbers(0, 0, 9, 9))
    font[NameObject("/FontMatrix")] = numbers(1, 0, 0, 1, 0, 0)
    return font


@pytest.mark.parametrize(
    "showing, font",
    [
        (b"<0013001c0014>", many_bytes()),
        (b"<004100420043>", many_bytes()),
        (b"<00410042>", many_bytes(Encoding="/Own-H")),
        (b"(AB)", one_byte("/Type1", "g0", "g9")),
        (b"(AB)", one_byte("/TrueType", "zero", "C0032")),
        (b"(AB)", own_glyphs()),
    ],
)
def test_what_shows_without_being_letters_has_no_copy(showing: bytes, font: DictionaryObject) -> None:
    assert "cannot be searched" in told_why(with_font(showing, font))


def test_a_table_of_letters_that_lacks_some_of_those_shown_has_no_copy() -> None:
    def font() -> DictionaryObject:
        return many_bytes(ToUnicode=letters(("0041", "0061")))

    assert "a" in copied(with_font(b"<0041>", font()))[1]
    assert "cannot be searched" in told_why(with_font(b"<00410042>", font()))


@pytest.mark.parametrize(
    "showing, font, read",
    [
        (b"(AB)", one_byte("/Type1", "zero", "one"), "01"),
        (b"(AB)", one_byte("/Type1", "uni0110", "g1"), None),
        (b"(A)", one_byte("/Type1", "uni0110", "g1"), "Đ"),
        (b"<0041>", many_bytes(Encoding="/UniJIS-UTF16-H"), "A"),
    ],
)
def test_letters_that_are_known_are_read(showing: bytes, font: DictionaryObject, read: str | None) -> None:
    content = with_font(showing, font)
    if read is None:
        assert "cannot be searched" in told_why(content)
    else:
        assert read in copied(content)[1]


# --- pictures


def with_picture(drawing: bytes, **boxes: Any) -> bytes:
    writer = PdfWriter()
    picture = writer._add_object(picture_of(drawn(), NameObject("/DCTDecode")))
    page = page_of(writer, say("khac ") + b" " + drawing, Im0=picture)
    for name, box in boxes.items():
        page[NameObject(f"/{name}")] = box
    return written(writer)


@pytest.mark.parametrize(
    "drawing",
    [
        b"q 50 50 50 50 re W n 100 0 0 50 50 50 cm /Im0 Do Q",
        b"q 50 50 m 150 50 l 50 100 l h W* n 100 0 0 50 50 50 cm /Im0 Do Q",
        b"q 100 0 0 50 5000 50 cm /Im0 Do Q",
        b"q 10 10 20 20 re 100 100 20 20 re W n 100 0 0 100 20 20 cm /Im0 Do Q",
    ],
)
def test_a_picture_of_which_a_part_is_cut_off_has_no_copy(drawing: bytes) -> None:
    assert "hidden" in told_why(with_picture(drawing))


@pytest.mark.parametrize(
    "drawing",
    [
        b"q 100 0 0 50 50 50 cm /Im0 Do Q 0 g 50 50 100 50 re f",
        b"q 100 0 0 50 50 50 cm /Im0 Do Q 1 g 60 60 30 8 re f*",
        b"q 100 0 0 50 50 50 cm /Im0 Do Q 8 w 60 70 m 100 70 l S",
        b"q 100 0 0 50 50 50 cm /Im0 Do Q BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI",
        b"q .01 0 0 .01 50 50 cm /Im0 Do Q",
        b"q 0 0 0 0 50 50 cm /Im0 Do Q",
    ],
)
def test_a_picture_that_is_painted_over_or_too_small_has_no_copy(drawing: bytes) -> None:
    drawing = drawing.replace(b"Q BI", b"Q q 60 0 0 20 60 60 cm BI").replace(b"ID \x00 EI", b"ID \x00 EI Q")
    assert "painted over" in told_why(with_picture(drawing))


def with_state(drawing: bytes, **entries: Any) -> bytes:
    writer = PdfWriter()
    picture = writer._add_object(picture_of(drawn(), NameObject("/DCTDecode")))
    page = page_of(writer, say("khac ") + b" " + drawing, Im0=picture)
    page["/Resources"][NameObject("/ExtGState")] = things(G0=things(**entries))
    return written(writer)


def test_a_picture_that_nobody_sees_through_has_no_copy() -> None:
    drawing = b"q /G0 gs 100 0 0 50 50 50 cm /Im0 Do Q"
    assert "painted over" in told_why(with_state(drawing, ca=NumberObject(0)))
    assert copied(with_state(drawing, ca=NumberObject(1)))


def test_what_lets_a_picture_show_through_hides_nothing() -> None:
    drawing = b"q 100 0 0 50 50 50 cm /Im0 Do Q /G0 gs 50 50 100 50 re f"
    assert copied(with_state(drawing, ca=NumberObject(0)))
    assert "painted over" in told_why(with_state(drawing, ca=NumberObject(1)))


def test_a_mark_that_covers_a_picture_keeps_the_file_back() -> None:
    for fill, is_refused in ((b"0 g 0 0 10 10 re f", True), (b"q .2 w 0 0 10 10 re S Q", False)):
        writer = PdfWriter()
        picture = writer._add_object(picture_of(drawn(), NameObject("/DCTDecode")))
        page = page_of(writer, say("khac ") + b" q 100 0 0 50 50 50 cm /Im0 Do Q", Im0=picture)
        form = stream(fill)
        form.update(things(Type="/XObject", Subtype="/Form", BBox=numbers(0, 0, 10, 10)))
        mark = things(Type="/Annot", Subtype="/Stamp", Rect=numbers(60, 60, 90, 90), F=NumberObject(4))
        mark[NameObject("/AP")] = things(N=writer._add_object(form))
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])
        if is_refused:
            assert "painted over" in told_why(written(writer))
        else:
            assert copied(written(writer))


@pytest.mark.parametrize("kind", ["/Square", "/Ink", "/Redact"])
def test_a_mark_that_would_go_and_show_what_it_covers_keeps_the_file_back(kind: str) -> None:
    writer = PdfWriter()
    page = page_of(writer, say("khac"))
    mark = things(Type="/Annot", Subtype=kind, Rect=numbers(60, 60, 90, 90), F=NumberObject(4))
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])
    assert "comments" in told_why(written(writer))


@pytest.mark.parametrize(
    "drawing",
    [
        b"0 g 50 50 100 50 re f q 100 0 0 50 50 50 cm /Im0 Do Q",
        b"q 100 0 0 50 50 50 cm /Im0 Do Q 50 60 100 1 re f 1 w 50 50 100 50 re S 0 0 40 40 re f",
        b"q 100 0 0 50 50 50 cm /Im0 Do Q q 0 0 10 10 re W n 0 0 200 200 re f Q",
    ],
)
def test_what_lies_below_or_beside_a_picture_or_is_a_line_hides_nothing(drawing: bytes) -> None:
    assert copied(with_picture(drawing))


def test_a_picture_outside_the_part_of_the_page_that_is_shown_has_no_copy() -> None:
    drawing = b"q 100 0 0 50 50 50 cm /Im0 Do Q"
    assert copied(with_picture(drawing))
    assert "hidden" in told_why(with_picture(drawing, CropBox=numbers(0, 120, 200, 200)))


@pytest.mark.parametrize(
    "drawing",
    [
        b"q 0 0 200 200 re W n 100 0 0 50 50 50 cm /Im0 Do Q",
        b"q 49.6 50.3 100 50 re W* n 100 0 0 50 50 50 cm /Im0 Do Q",
        b"q 205 0 0 205 -2 -2 cm /Im0 Do Q",
        b"q 0 50 -100 0 150 50 cm /Im0 Do Q",
    ],
)
def test_a_picture_that_is_shown_as_a_whole_stays(drawing: bytes) -> None:
    copy = copied(with_picture(drawing))[0]
    assert "/Im0" in PdfReader(BytesIO(copy)).pages[0]["/Resources"]["/XObject"]


# --- nothing beside what is drawn


def test_what_no_page_draws_goes() -> None:
    writer = PdfWriter()
    picture = writer._add_object(picture_of(drawn(), NameObject("/DCTDecode")))
    page = page_of(writer, say("khac"), Im0=picture)
    page["/Resources"]["/XObject"][NameObject("/Fm0")] = form_of(writer, page, say(PHONE))
    copy = copied(written(writer))[0]
    assert PHONE.encode() not in inside(copy)
    assert b"DCTDecode" not in copy


def test_what_stands_above_the_pages_is_drawn_by_them_or_goes() -> None:
    writer = PdfWriter()
    page = page_of(writer, say("khac"))
    form = form_of(writer, page, say(PHONE))
    writer.root_object["/Pages"][NameObject("/Resources")] = things(XObject=things(Fm0=form))
    assert PHONE.encode() not in inside(copied(written(writer))[0])
    del page["/Resources"]
    page["/Contents"].get_object()._data = b"/Fm0 Do"
    assert PHONE in copied(written(writer))[1]


def test_a_drawing_of_an_unknown_kind_has_no_copy() -> None:
    writer = PdfWriter()
    page = page_of(writer, b"/Fm0 Do")
    form = form_of(writer, page, say(PHONE))
    form.get_object()[NameObject("/Subtype")] = NameObject("/PS")
    page["/Resources"]["/XObject"][NameObject("/Fm0")] = form
    assert "cannot be searched" in told_why(written(writer))


def test_what_a_form_draws_stays() -> None:
    writer = PdfWriter()
    page = page_of(writer, b"/Fm0 Do /Fm0 Do")
    page["/Resources"]["/XObject"][NameObject("/Fm0")] = form_of(writer, page, say("khac"))
    assert copied(written(writer))[1].count("khac") == 2


def test_a_remark_between_the_lines_of_a_drawing_goes() -> None:
    writer = PdfWriter()
    page_of(writer, say("khac") + f" %{PHONE}\n".encode() + b"/0912345678 ghi")
    copy, text, *_ = copied(written(writer))
    assert PHONE.encode() not in inside(copy)
    assert "khac" in text


@pytest.mark.parametrize("where", ["page", "catalog", "picture", "place", "told", "name", "action"])
def test_what_no_viewer_needs_goes_whatever_its_name(where: str) -> None:
    writer = PdfWriter()
    picture = picture_of(drawn(), NameObject("/DCTDecode"))
    told = writer._add_object(stream(PHONE.encode()))
    drawing = say("khac") + b"q 100 0 0 50 50 50 cm /Im0 Do Q"
    if where == "told":
        drawing += f"/Span <</Rieng /{PHONE}>> BDC EMC".encode()
    page = page_of(writer, drawing, Im0=writer._add_object(picture))
    if where in ("page", "catalog", "picture"):
        owner = {"page": page, "catalog": writer.root_object, "picture": picture}[where]
        owner[NameObject("/Rieng")] = told
        owner[NameObject(f"/X{PHONE}")] = NumberObject(1)
    elif where == "name":
        page["/Resources"][NameObject("/Properties")] = things(Rieng=things(Rieng=f"/{PHONE}"))
    elif where == "action":
        action = things(S="/Launch", F=TextStringObject(PHONE))
        mark_on(writer, page, "Link", A=action)
    elif where == "place":
        place = ArrayObject([page.indirect_reference, NameObject("/Fit")])
        writer.root_object[NameObject("/Dests")] = things(**{f"Kin{PHONE}": place})
    copy, text, beside, _seen = copied(written(writer))
    assert "khac" in text
    assert PHONE not in beside
    assert PHONE.encode() not in inside(copy)


def test_a_link_within_the_file_still_leads_to_its_page() -> None:
    writer = PdfWriter()
    page = page_of(writer, say("khac"))
    place = ArrayObject([page.indirect_reference, NameObject("/Fit")])
    tree = things(Names=ArrayObject([TextStringObject("muc"), writer._add_object(things(D=place))]))
    writer.root_object[NameObject("/Names")] = things(Dests=tree)
    mark_on(writer, page, "Link", A=things(S="/GoTo", D=TextStringObject("muc")))
    read = PdfReader(BytesIO(copied(written(writer))[0]))
    link = read.pages[0]["/Annots"][0].get_object()
    assert link["/A"]["/D"][0].get_object() == read.pages[0]
    assert "/Names" not in read.trailer["/Root"]


def test_a_name_that_stays_is_searched() -> None:
    writer = PdfWriter()
    page_of(writer, say("khac") + f"/T{PHONE} BMC EMC".encode())
    assert PHONE in copied(written(writer))[2]


def layered(order: DictionaryObject, **more: Any) -> bytes:
    writer = PdfWriter()
    page = page_of(writer, b"/OC /L BDC " + say("khac") + b" EMC")
    layer = writer._add_object(things(Type="/OCG", Name=TextStringObject(f"L{PHONE}"), **more))
    page["/Resources"][NameObject("/Properties")] = things(L=layer)
    writer.root_object[NameObject("/OCProperties")] = things(OCGs=ArrayObject([layer]), D=order)
    return written(writer)


def test_layers_that_are_all_shown_are_one_with_the_page() -> None:
    copy, text, *_ = copied(layered(things(BaseState="/ON")))
    assert "khac" in text
    assert PHONE.encode() not in inside(copy)
    assert b"/OC" not in inside(copy)


@pytest.mark.parametrize(
    "order, more",
    [
        (things(BaseState="/Unchanged"), {}),
        (things(), {"Usage": things(View=things(ViewState="/OFF"))}),
        (things(), {"Usage": things(Print=things(PrintState="/OFF"))}),
        (things(), {"Usage": things(Zoom=things(min=NumberObject(3)))}),
        (things(), {"OCGs": ArrayObject([]), "P": "/AllOff"}),
    ],
)
def test_a_layer_that_is_not_plainly_shown_has_no_copy(order: DictionaryObject, more: Any) -> None:
    assert "hidden" in told_why(layered(order, **more))
