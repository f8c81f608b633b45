"""Words of a PDF that no reader sees: without ink, white on white, tiny, cut away or off the sheet."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject

from tests.submissions.test_copies_masks import packed
from tests.submissions.test_copies_pdf import numbers, things
from tests.submissions.test_copies_pictures import copied, form_of, mark_on, page_of, say, told_why, written

SCAN = Image.effect_noise((400, 400), 120)


def text(words: str = "Kin", before: str = "", at: str = "50 50 Td", size: str = "12") -> str:
    return f" BT {before} /F1 {size} Tf {at} ({words}) Tj ET"


def pdf(drawing: str, *, scan: str = "") -> bytes:
    """A page of 200 by 200 points; its picture, where there is one, is drawn by these numbers."""
    writer = PdfWriter()
    scanned = f"q {scan} cm /Im0 Do Q " if scan else ""
    page = page_of(
        writer,
        scanned.encode() + say("khac ") + b" " + drawing.encode(),
        Im0=writer._add_object(packed(SCAN)),
    )
    spot = ArrayObject([NameObject("/Separation"), NameObject("/Spot"), NameObject("/DeviceGray"), numbers()])
    page["/Resources"][NameObject("/ColorSpace")] = things(Spot=spot)
    states = {"Clear": 0.0, "Faint": 0.5}
    page["/Resources"][NameObject("/ExtGState")] = things(
        **{name: things(ca=FloatObject(alpha), CA=FloatObject(alpha)) for name, alpha in states.items()}
    )
    return written(writer)


UNSEEN = {
    "without ink": text(before="3 Tr"),
    "only for cutting": text(before="7 Tr"),
    "transparent": "q /Clear gs" + text() + " Q",
    "white": text(before="1 g"),
    "white of three colours": text(before="0.98 0.99 1 rg"),
    "white of four inks": text(before="0 0 0 0 k"),
    "white of a space of colours": "/DeviceRGB cs 1 1 1 sc" + text(),
    "an ink that is not used": "/Spot cs 0 scn" + text(),
    "white lines": text(before="1 Tr 1 G 0 g"),
    "white on a white box": "0 g 40 40 90 30 re f 1 g 40 40 90 30 re f" + text(),
    "white beside its ground": "0 g 0 100 90 30 re f 1 g" + text(),
    "without ink, and the same elsewhere": text(before="3 Tr") + text(at="90 50 Td", before="0 Tr"),
    "tiny": text(size="2"),
    "tiny by its matrix": text(at="0.1 0 0 0.1 50 50 Tm"),
    "tiny by all that is drawn": "q 0.01 0 0 0.01 50 50 cm" + text() + " Q",
    "without a size": text(size="0"),
    "squeezed": text(before="1 Tz"),
    "squeezed by its matrix": text(at="0.01 0 0 1 50 50 Tm"),
    "left of the sheet": text(at="-90 50 Td"),
    "right of the sheet": text(at="210 50 Td"),
    "below the sheet": text(at="50 -20 Td"),
    "above the sheet": text(at="1 0 0 1 50 205 Tm"),
    "raised off the sheet": text(before="900 Ts"),
    "a line further down": " BT /F1 12 Tf 90 TL 50 50 Td T* (Kin) Tj ET",
    "pushed off the sheet": " BT /F1 12 Tf 50 50 Td [(khac) -90000 (Kin so)] TJ ET",
    "after spaces": text(before="900 Tc", words="  Kin so"),
    "cut away": "q 10 10 9 9 re W n" + text() + " Q",
    "all cut away": "q 0 0 0 0 re W n" + text() + " Q",
    "cut by a shape": "q 90 90 m 190 90 l 90 190 l h W n" + text() + " Q",
}
SEEN = {
    "drawn as lines": text(before="1 Tr"),
    "half transparent": "q /Faint gs" + text() + " Q",
    "grey": text(before="0.9 g"),
    "white on a dark box": "0 0 0.5 rg 40 40 90 30 re f" + text(before="1 g"),
    "white on a thick line": "14 w 40 55 m 150 55 l S" + text(before="1 g"),
    "white on a picture": "q 90 0 0 30 40 40 cm /Im0 Do Q" + text(before="1 g"),
    "white with a black edge": text(before="2 Tr 1 g"),
    "a full spot colour": "/Spot cs 1 scn" + text(),
    "of size one, made large": text(at="12 0 0 12 50 50 Tm", size="1"),
    "upside down": text(at="12 0 0 -12 50 50 Tm", size="1"),
    "on its side": text(at="0 12 -12 0 50 50 Tm", size="1"),
    "narrow": text(before="60 Tz"),
    "small": text(size="4"),
    "spaces off the sheet": text(words="   ", at="250 50 Td"),
    "tiny spaces": text(words="  ", size="1"),
    "white spaces": text(words="  ", before="1 g"),
    "the end of a line that runs off": text(words="Kinh", at="180 50 Td"),
    "cut at the edge of its cell": "q 45 45 30 20 re W n" + text(words="Kinh gui cac ong ba") + " Q",
    "the rest of what was cut": "q 45 45 20 20 re W n" + text() + text(words="gui", at="70 50 Td") + " Q",
    "a shadow": "q /Clear gs" + text(at="51 49 Td") + " Q" + text(),
    "a white edge": text(before="1 Tr 1 G") + text(before="0 Tr"),
    "white, and then black again": "q 1 g Q" + text(),
}


@pytest.mark.parametrize("kind", UNSEEN)
def test_words_that_nobody_sees_keep_the_file_back(kind: str) -> None:
    assert "hidden" in told_why(pdf(UNSEEN[kind]))


@pytest.mark.parametrize("kind", SEEN)
def test_words_that_are_seen_stay(kind: str) -> None:
    assert "khac" in copied(pdf(SEEN[kind]))[1]


OVER_ALL = "200 0 0 200 0 0"


@pytest.mark.parametrize("kind", ["without ink", "transparent", "white"])
def test_words_read_off_a_scan_stay_under_it(kind: str) -> None:
    assert "Kin" in copied(pdf(UNSEEN[kind], scan=OVER_ALL))[1]
    assert "hidden" in told_why(pdf(UNSEEN[kind], scan="50 0 0 50 140 140"))


def test_what_was_read_off_a_scan_may_be_small_but_not_beside_it() -> None:
    assert copied(pdf(text(before="3 Tr", size="2"), scan=OVER_ALL))
    assert "hidden" in told_why(pdf(UNSEEN["left of the sheet"], scan=OVER_ALL))
    assert "hidden" in told_why(pdf(UNSEEN["tiny"], scan=OVER_ALL))


def test_a_page_that_shows_only_a_part_hides_the_rest() -> None:
    writer = PdfWriter()
    page_of(writer, say("khac") + text(at="150 150 Td").encode())
    writer.pages[0][NameObject("/CropBox")] = numbers(0, 0, 100, 100)
    assert "hidden" in told_why(written(writer))


def form_page(drawing: str, in_form: str, **more: Any) -> bytes:
    writer = PdfWriter()
    page = page_of(writer, say("khac ") + b" " + drawing.encode())
    states = things(Clear=things(ca=NumberObject(0)), Full=things(ca=NumberObject(1)))
    page["/Resources"][NameObject("/ExtGState")] = states
    form = form_of(writer, page, in_form.encode())
    form.get_object().update(things(**more))
    page["/Resources"]["/XObject"][NameObject("/Fm0")] = form
    return written(writer)


def test_words_in_a_form_are_looked_at_where_it_is_drawn() -> None:
    group = things(S="/Transparency")
    assert copied(form_page("q 1 0 0 1 20 20 cm /Fm0 Do Q", text()))
    assert "hidden" in told_why(form_page("q 0.1 0 0 0.1 20 20 cm /Fm0 Do Q", text()))
    assert "hidden" in told_why(form_page("q 1 0 0 1 900 20 cm /Fm0 Do Q", text()))
    assert "hidden" in told_why(form_page("q /Clear gs /Fm0 Do Q", "/Full gs" + text(), Group=group))


@pytest.mark.parametrize("before, has_copy", [("", True), ("1 g", False), ("3 Tr", False)])
def test_words_of_a_mark_are_looked_at(before: str, has_copy: bool) -> None:
    writer = PdfWriter()
    page = page_of(writer, say("khac "))
    form = form_of(writer, page, text(before=before).encode())
    mark_on(writer, page, "Stamp", AP=things(N=form))
    assert copied(written(writer)) if has_copy else "hidden" in told_why(written(writer))
