"""A picture over which something lies, or which nobody sees, keeps an office file off the site."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.drawing.image import Image as Drawn
from PIL import Image

from pakn_portal.submissions.files import reader
from tests.submissions.test_copies_office import part_of, pictured, saved, told_why, with_parts

SPACES = " ".join(
    f'xmlns:{name}="{space}"'
    for name, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "w10": "urn:schemas-microsoft-com:office:word",
    }.items()
)
BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
GLASS = '<a:solidFill><a:srgbClr val="000000"><a:alpha val="20000"/></a:srgbClr></a:solidFill>'
STYLED = '<wps:style><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef></wps:style>'


def drawing(
    inside: str, *, wrap: str = "wrapNone", behind: int = 0, size: str = "900000", height: int = 9
) -> str:
    """Whatever floats on the page."""
    return (
        f'<w:drawing><wp:anchor behindDoc="{behind}" relativeHeight="{height}">'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="900000" cy="{size}"/><wp:{wrap}/><wp:docPr id="7" name="Box"/>'
        f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def shape(filling: str, size: str = "900000", more: str = "", at: int = 0) -> str:
    return (
        f'<wps:wsp><wps:spPr><a:xfrm><a:off x="{at}" y="0"/><a:ext cx="900000" cy="{size}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"/>{filling}</wps:spPr>{more}</wps:wsp>'
    )


def picture(at: int = 0, geometry: str = "rect", light: str = "") -> str:
    return (
        f'<pic:pic><pic:blipFill><a:blip r:embed="rId9">{light}</a:blip></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="{at}" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="{geometry}"/>'
        "</pic:spPr></pic:pic>"
    )


def group(*parts: str) -> str:
    return f"<wpg:wgp><wpg:grpSpPr/>{''.join(parts)}</wpg:wgp>"


def old(how: str, style: str = "position:absolute;width:90pt;height:60pt;z-index:5", inside: str = "") -> str:
    return f'<w:pict><v:rect style="{style}" {how}>{inside}</v:rect></w:pict>'


def laid(*runs: str, content: bytes = b"", before: str = "") -> bytes:
    """A letter with a picture in its text, and these runs behind it."""
    content = content or pictured()
    text = part_of(content, "word/document.xml").decode()
    added = f"<w:p {SPACES}>{before}{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"
    text = text.replace("<w:sectPr", f"{added}<w:sectPr", 1)
    return with_parts(content, word__document_xml=text.encode())


def bare(*runs: str, before: str = "") -> bytes:
    """As above, without the picture in the text."""
    return laid(*runs, content=saved(docx.Document()), before=before)


SHADED = '<w:rPr><w:highlight w:val="black"/></w:rPr><w:t>Tên</w:t>'
COVERED = [
    laid(drawing(shape(BLACK))),
    laid(drawing(shape("", more=STYLED))),
    laid(drawing(shape("<a:noFill/>", more=f"<wps:txbx><w:p><w:r>{SHADED}</w:r></w:p></wps:txbx>"))),
    laid(drawing(shape("<a:noFill/>", more="<w:p><w:r><w:t>██████</w:t></w:r></w:p>"))),
    laid(drawing(shape('<a:noFill/><a:ln w="152400"><a:solidFill/></a:ln>', size="0"), size="0")),
    laid(drawing('<c:chart xmlns:c="urn:c"/>')),
    laid(old("")),
    laid(old('fillcolor="black"')),
    bare(drawing(picture(), height=5), drawing(shape(BLACK), wrap="wrapSquare", height=6)),
    bare(drawing(picture(), behind=1), SHADED),
    bare(drawing(group(picture(), shape(BLACK)))),
    bare(drawing(group(picture(), picture()))),
    bare(drawing(picture(light='<a:alphaModFix amt="0"/>'))),
    bare(drawing(picture(light='<a:lum bright="100000"/>'))),
    bare(drawing(picture(), size="100")),
]


@pytest.mark.parametrize("content", COVERED, ids=range(len(COVERED)))
def test_a_letter_with_something_over_a_picture_has_no_copy(content: bytes) -> None:
    assert "painted over" in told_why(content, "docx")


@pytest.mark.parametrize("geometry", ["ellipse", "star5"])
def test_a_picture_that_is_cut_to_a_shape_keeps_the_letter_back(geometry: str) -> None:
    assert "cropped" in told_why(bare(drawing(picture(geometry=geometry))), "docx")


FREE = [
    laid(drawing(shape("<a:noFill/>", more=STYLED))),
    laid(drawing(shape(GLASS))),
    laid(drawing(shape(BLACK), wrap="wrapSquare")),
    laid(drawing(shape(BLACK), behind=1)),
    laid(drawing(shape(BLACK, size="12700"), size="12700")),
    laid(old('filled="f"')),
    laid(old("", inside='<w10:wrap type="square"/>')),
    laid(old("", style="width:90pt;height:60pt")),
    laid(SHADED),
    bare(drawing(picture(), height=6), drawing(shape(BLACK), height=5)),
    bare(drawing(picture(geometry="roundRect"))),
    bare(drawing(group(shape(BLACK), picture()))),
    bare(drawing(group(picture(), shape(BLACK, at=900000)))),
    bare(drawing(group(picture(), picture(at=900000)))),
    bare(drawing(shape(BLACK)), SHADED),
]


@pytest.mark.parametrize("content", FREE, ids=range(len(FREE)))
def test_what_lies_below_or_beside_a_picture_keeps_no_letter_back(content: bytes) -> None:
    assert reader.copy_for_public(BytesIO(content), "docx").content


def test_a_picture_to_which_a_letter_has_a_link_but_which_it_does_not_show_is_left_out() -> None:
    letter = docx.Document()
    dots = BytesIO()
    Image.new("RGB", (40, 20)).save(dots, "PNG")
    dots.seek(0)
    letter.part.get_or_add_image(dots)
    copy = reader.copy_for_public(BytesIO(saved(letter)), "docx").content
    with zipfile.ZipFile(BytesIO(copy)) as after:
        assert [name for name in after.namelist() if "media" in name] == []
    docx.Document(BytesIO(copy))


def book(cells: str) -> bytes:
    """A book with a picture on its first cells and a black box on these."""
    made: Any = openpyxl.Workbook()
    dots = BytesIO()
    Image.new("RGB", (40, 20)).save(dots, "PNG")
    made.active.add_image(Drawn(dots), "A1")
    content = saved(made)
    text = part_of(content, "xl/drawings/drawing1.xml").decode()
    close = text[text.rindex("</") :]
    box = (
        f'<x:twoCellAnchor xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{cells}<x:sp><x:spPr>'
        f'<a:prstGeom prst="rect"/>{BLACK}</x:spPr></x:sp><x:clientData/></x:twoCellAnchor>'
    )
    text = text[: text.rindex("</")] + box + close
    return with_parts(content, xl__drawings__drawing1_xml=text.encode())


def cells(first: int, last: int) -> str:
    return "".join(
        f"<x:{name}><x:col>{at}</x:col><x:colOff>0</x:colOff><x:row>{at}</x:row><x:rowOff>0</x:rowOff></x:{name}>"
        for name, at in (("from", first), ("to", last))
    )


def test_a_book_with_a_box_over_a_picture_has_no_copy() -> None:
    assert "painted over" in told_why(book(cells(0, 2)), "xlsx")


def said(run: str = "", paragraph: str = "", words: str = "Kín") -> bytes:
    """A line whose run and paragraph are set so."""
    before = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    return bare(f"<w:rPr>{run}</w:rPr><w:t>{words}</w:t>", before=before)


SHADE = '<w:shd w:val="clear" w:fill="1F3864"/>'
UNSEEN = [
    said('<w:color w:val="FFFFFF"/>'),
    said('<w:color w:val="auto" w:themeColor="background1"/>'),
    said('<w:sz w:val="1"/>'),
    said('<w:w w:val="1"/>'),
    said('<w:position w:val="9000"/>'),
    said(paragraph='<w:ind w:left="31000"/>'),
    said(paragraph='<w:framePr w:x="-30000"/>'),
    bare(drawing(shape("", more="<w:p><w:r><w:t>Kín</w:t></w:r></w:p>")).replace(">0</wp", ">90000000</wp")),
]


@pytest.mark.parametrize("content", UNSEEN, ids=range(len(UNSEEN)))
def test_a_letter_with_words_that_nobody_sees_has_no_copy(content: bytes) -> None:
    assert "hidden" in told_why(content, "docx")


SEEN = [
    said(f'<w:color w:val="FFFFFF"/>{SHADE}'),
    said('<w:color w:val="FFFFFF"/>', paragraph=SHADE),
    said('<w:color w:val="FFFFFF"/><w:sz w:val="1"/>', words=" "),
    said(paragraph='<w:rPr><w:sz w:val="2"/></w:rPr>'),
    said('<w:webHidden/><w:sz w:val="16"/><w:w w:val="90"/><w:position w:val="-6"/>'),
    said(paragraph='<w:ind w:left="720" w:hanging="360"/>'),
]


@pytest.mark.parametrize("content", SEEN, ids=range(len(SEEN)))
def test_words_on_a_ground_and_small_ones_keep_no_letter_back(content: bytes) -> None:
    assert "Kín" in reader.copy_for_public(BytesIO(content), "docx").text or content == SEEN[2]


def test_a_style_as_small_as_a_dot_hides_what_has_it() -> None:
    letter = docx.Document()
    letter.styles["Normal"].font.size = docx.shared.Pt(1)
    letter.add_paragraph("Kín")
    assert "hidden" in told_why(saved(letter), "docx")
