"""Nothing stands in a copy of an office file that was not searched for personal data."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.utils import translation
from docx.enum.style import WD_STYLE_TYPE
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

from pakn_portal.submissions.files import FileRefused, reader
from pakn_portal.submissions.reading.copies.numbers import shown
from pakn_portal.text import find_personal_data

PHONE = "0912345678"
NAME = "Trần Thị Kín"


def words_of(content: bytes, kind: str) -> str:
    """All that a copy tells, for the search of personal data."""
    return "\n".join(part for part in reader.copy_for_public(BytesIO(content), kind) if isinstance(part, str))


def told_why(content: bytes, kind: str) -> str:
    with translation.override("en"), pytest.raises(FileRefused) as refused:
        reader.copy_for_public(BytesIO(content), kind)
    return str(refused.value)


def saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    """With these parts besides, or in place of others: two underscores stand for a slash, one for a dot. What
    is new is referred to.
    """
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(BytesIO(content)) as before:
        rows = "".join(
            f'<Relationship Id="new{at}" Type="http://x/new" Target="/{name}"/>'
            for at, name in enumerate(named)
            if name not in before.namelist()
        )
        links = before.read("_rels/.rels").replace(b"</Relationships>", f"{rows}</Relationships>".encode())
    named.setdefault("_rels/.rels", links)
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            if name not in named:
                after.writestr(name, before.read(name))
        for name, part in named.items():
            after.writestr(name, part)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


# --- books


def sheet(cells: str, before: str = "") -> bytes:
    """A book whose sheet is written by hand."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}">{before}<sheetData>{cells}</sheetData></worksheet>'
    return with_parts(saved(openpyxl.Workbook()), xl__worksheets__sheet1_xml=text.encode())


def test_of_a_book_numbers_and_dates_are_searched_as_they_are_shown() -> None:
    book = openpyxl.Workbook()
    for at, (value, code) in enumerate(
        [
            (79123456789, "000000000000"),
            (912345678, "0#########"),
            (date(1980, 3, 15), "yyyy-mm-dd"),
            (123456789, "#,##0"),
        ],
        1,
    ):
        book.active.cell(at, 1, ("Số CCCD", "Điện thoại", "Ngày sinh", "Số tiền")[at - 1])
        book.active.cell(at, 2, value).number_format = code
    words = words_of(saved(book), "xlsx")
    assert words.splitlines()[:3] == [
        "Số CCCD\t079123456789 | ",
        f"Điện thoại\t{PHONE} | ",
        "Ngày sinh\t15/03/1980 | ",
    ]
    # an amount is no identity number
    assert "123,456,789" in words
    assert "123456789" not in words.splitlines()[3]


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="A1" t="str"><f>A2&amp;""</f><v>{PHONE}</v></c>',
        f'<c r="A1" t="inlineStr"><is><r><t>0912</t></r><r><t>{PHONE[4:]}</t></r></is></c>',
        f'<c r="A1"><f>IF(A2,"{PHONE}","")</f><v>0</v></c>',
        f'<c r="A1"><v>1</v></c><!-- {PHONE} -->',
    ],
)
def test_of_a_book_every_cell_is_searched(cell: str) -> None:
    assert PHONE in words_of(sheet(f'<row r="1">{cell}</row>'), "xlsx")


def test_of_a_book_what_stands_around_its_cells_is_searched() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Bảng của Kín"
    page["A1"], page["B1"] = 1, 2
    page.oddHeader.center.text = "Kín ở đầu trang"
    rule = DataValidation(type="list", formula1='"Kín một,Kín hai"', promptTitle="Kín hỏi")
    rule.add("A1")
    page.add_data_validation(rule)
    page["B1"].hyperlink = "mailto:kin%40example.com"
    book.defined_names["Kin_ten"] = openpyxl.workbook.defined_name.DefinedName("Kin_ten", attr_text="1")
    chart = BarChart()
    chart.title = "Kín trong biểu đồ"
    chart.add_data(Reference(page, min_col=1, min_row=1))
    page.add_chart(chart, "D5")
    words = words_of(saved(book), "xlsx")
    for told in ("Bảng của Kín", "Kín ở đầu", "Kín hai", "Kín hỏi", "kin@example.com", "Kin_ten", "biểu đồ"):
        assert told in words, told


def test_of_a_book_the_values_kept_in_a_chart_are_searched() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1))
    book.active.add_chart(chart, "D5")
    content = saved(book)
    kept = f"<strCache><ptCount val='1'/><pt idx='0'><v>{PHONE}</v></pt></strCache>"
    series = part_of(content, "xl/charts/chart1.xml").replace(b"</f>", f"</f>{kept}".encode(), 1)
    assert PHONE in words_of(with_parts(content, xl__charts__chart1_xml=series), "xlsx")


def test_a_text_that_no_cell_shows_any_more_is_searched() -> None:
    content = saved(openpyxl.Workbook())
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{space}"><si><t>{PHONE}</t></si></sst>'.encode()
    assert PHONE in words_of(with_parts(content, xl__sharedStrings_xml=shared), "xlsx")


@pytest.mark.parametrize(
    ("cells", "before"),
    [
        ('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>', ""),
        ('<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c></row>', ""),
        ("", '<cols><col min="2" max="2" width="9" hidden="true"/></cols>'),
        ("", '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'),
    ],
)
def test_a_book_with_hidden_rows_or_columns_has_no_copy(cells: str, before: str) -> None:
    assert "hidden" in told_why(sheet(cells, before), "xlsx")


@pytest.mark.parametrize("root", ["pivotCacheDefinition", "pivotCacheRecords", "externalLink"])
def test_a_book_that_keeps_data_of_elsewhere_has_no_copy(root: str) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kept = f'<x:{root} xmlns:x="{space}"><x:s v="Kín"/></x:{root}>'.encode()
    assert "behind" in told_why(with_parts(saved(openpyxl.Workbook()), xl__kept_xml=kept), "xlsx")


def test_the_folder_of_the_maker_is_left_out() -> None:
    content = saved(openpyxl.Workbook())
    space = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"
    told = f'<x15ac:absPath xmlns:x15ac="{space}" url="C:\\Users\\Kin\\"/><sheets'.encode()
    book = part_of(content, "xl/workbook.xml").replace(b"<sheets", told)
    copy = reader.copy_for_public(BytesIO(with_parts(content, xl__workbook_xml=book)), "xlsx")[0]
    assert b"Kin" not in part_of(copy, "xl/workbook.xml")
    assert openpyxl.load_workbook(BytesIO(copy)).sheetnames == ["Sheet"]


def test_what_is_too_long_to_be_searched_has_no_copy() -> None:
    letter = docx.Document()
    letter.add_paragraph("a " * 100_001)
    assert "too much text" in told_why(saved(letter), "docx")
    cells = '<c r="A1"><v>1</v></c>' * 100_001
    assert "too much text" in told_why(sheet(f'<row r="1">{cells}</row>'), "xlsx")


@pytest.mark.parametrize(
    ("raw", "code", "seen"),
    [
        ("912345678", "0000 000 000", "0912 345 678"),
        ("9.12345678E8", "0#########", PHONE),
        ("912345678", '"0"#', PHONE),
        ("29295", "dd/mm/yyyy;@", "15/03/1980"),
        ("29295.5", "[$-42A]h:mm AM/PM d mmm yy", "15/03/1980 12:00:00"),
        ("27833", "m/d/yy", "15/03/1980"),
        ("-5", "0;(0)", "(5)"),
        ("-5", "0 000", "-0 005"),
        ("123456789", '_-* #,##0\\ "₫"_-;\\-* #,##0', "123,456,789"),
        ("0.256", "0.0%", "25.6%"),
        ("1.5", "# ?/?", "1.5"),
        ("5", ";;;", "5"),
        ("1E400", "0", "1E400"),
        ("1234567890123456.7891234567", "#,##0.0000000000", "1,234,567,890,123,456.789123"),
        ("abc", "0", "abc"),
    ],
)
def test_a_number_is_told_as_its_format_shows_it(raw: str, code: str, seen: str) -> None:
    assert shown(raw, code, since_1904=raw == "27833") == seen


@pytest.mark.parametrize("kind", ["e", "b"])
def test_what_stands_in_a_cell_of_errors_or_truths_is_searched(kind: str) -> None:
    cell = f'<c r="A1" t="{kind}"><v>{PHONE}</v></c><c r="B1" t="e"><v>#N/A</v></c>'
    words = words_of(sheet(f'<row r="1">{cell}</row>'), "xlsx")
    assert PHONE in words
    assert "#N/A" not in words


@pytest.mark.parametrize(
    ("value", "number_format", "meant"),
    [
        (79123456789, "General", "079123456789"),
        (1099012345, "General", "001099012345"),
        ("36090123456", "General", "036090123456"),
        (79123456789, "#,##0", ""),  # an amount
        (97123456789, "General", ""),  # of no province
        (79923456789, "General", ""),  # of a century to come
        (79123456, "General", ""),
        (79123456789.5, "General", ""),
    ],
)
def test_an_identity_number_without_its_zeros_is_searched_with_them(
    value: Any, number_format: str, meant: str
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = number_format
    beside = reader.copy_for_public(BytesIO(saved(book)), "xlsx").beside
    assert (meant in beside.splitlines()) if meant else not re.search(r"\d{12}", beside)


# --- letters


def pictured(**changes: str) -> bytes:
    """A letter with a picture, and with other words of its markup in place of some."""
    letter = docx.Document()
    picture = BytesIO()
    Image.new("RGB", (40, 20)).save(picture, "PNG")
    picture.seek(0)
    letter.add_picture(picture)
    content = saved(letter)
    text = part_of(content, "word/document.xml").decode()
    for old, new in changes.items():
        assert f"<a:{old}" in text
        text = text.replace(f"<a:{old}", f"{new}<a:{old}", 1)
    return with_parts(content, word__document_xml=text.encode())


@pytest.mark.parametrize(
    "crop",
    [
        '<a:srcRect r="50000"/>',
        '<a:srcRect t="10%"/>',
        '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" cropleft="13107f"/>',
        '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" cropbottom=".2"/>',
        '<a:tile/><a:fillRect l="-50000"/>',
    ],
)
def test_a_letter_that_keeps_what_was_cut_off_a_picture_has_no_copy(crop: str) -> None:
    assert "cropped" in told_why(pictured(stretch=crop), "docx")


@pytest.mark.parametrize("crop", ['<a:srcRect l="0" b="12"/>', '<a:srcRect t="-5000"/>', "<a:srcRect/>"])
def test_a_picture_that_is_shown_whole_does_no_harm(crop: str) -> None:
    copy = reader.copy_for_public(BytesIO(pictured(stretch=crop)), "docx")[0]
    assert part_of(copy, "word/media/image1.png").startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "words",
    [
        f"""<w:fldSimple w:instr=' HYPERLINK "mailto:kin@example.com?subject={PHONE}" '/>""",
        f'<w:hyperlink w:anchor="x{PHONE}"/>',
        f'<w:query w:val="{PHONE}"/>',
        f'<w:placeholder w:docPart="{PHONE}"/>',
        f'<w:p xmlns:q="urn:q" q:chu="{PHONE}"/>',
    ],
)
def test_of_a_letter_every_attribute_is_searched(words: str) -> None:
    text = part_of(content := saved(docx.Document()), "word/document.xml").decode()
    text = text.replace("<w:sectPr", f"{words}<w:sectPr", 1)
    assert PHONE in words_of(with_parts(content, word__document_xml=text.encode()), "docx")


def test_what_programs_write_into_attributes_is_no_find() -> None:
    """Sizes, marks, fonts and styles: neither a find nor a doubt comes from them."""
    for content, kind in ((pictured(), "docx"), (saved(openpyxl.Workbook()), "xlsx")):
        assert find_personal_data(words_of(content, kind)) == []


def in_old_font(where: str, font: str = ".VnTime") -> bytes:
    """One word, too little for its letters to tell; `Unicode` has another font in its run."""
    letter = docx.Document()
    run = letter.add_paragraph().add_run("Kín")
    if where == "run":
        run.font.name = font
    else:
        letter.styles["Normal"].font.name = font
        run.font.name = "Times New Roman" if where == "Unicode" else None
    return saved(letter)


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times"])
@pytest.mark.parametrize("where", ["run", "style"])
def test_a_letter_in_a_font_of_before_unicode_has_no_copy(where: str, font: str) -> None:
    assert "old font" in told_why(in_old_font(where, font), "docx")


def test_a_book_in_a_font_of_before_unicode_has_no_copy() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "Kin", "Kín"
    book.active["A1"].font = openpyxl.styles.Font(name=".VnTime")
    assert "Kín" in words_of(saved(book), "xlsx")
    book.active["A2"].font = openpyxl.styles.Font(name=".VnTime")
    assert "old font" in told_why(saved(book), "xlsx")


def test_an_old_font_that_shows_no_letter_does_no_harm() -> None:
    assert "Kín" in words_of(in_old_font("Unicode"), "docx")


def test_what_no_part_refers_to_is_left_out() -> None:
    content = pictured()
    out = BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        named = set(archive.namelist())
        archive.writestr("word/media/image9.png", archive.read("word/media/image1.png"))
        archive.writestr("word/kin.xml", f"<kin>{NAME}</kin>")
        archive.writestr("word/_rels/kin.xml.rels", archive.read("word/_rels/document.xml.rels"))
    copy = reader.copy_for_public(out, "docx")
    assert NAME not in copy.text + copy.beside
    with zipfile.ZipFile(BytesIO(copy.content)) as after:
        assert set(after.namelist()) <= named
        assert "word/media/image1.png" in after.namelist()
    docx.Document(BytesIO(copy.content))


def test_of_a_letter_what_stands_beside_its_text_is_searched() -> None:
    letter = docx.Document()
    paragraph = letter.add_paragraph("Xem ")
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    letter.add_picture(picture)
    letter.inline_shapes[0]._inline.docPr.set("descr", f"Chân dung {NAME}")
    letter.part.relate_to("mailto:kin@example.com", "http://x/hyperlink", is_external=True)
    field = docx.oxml.parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:instrText>QUOTE {PHONE} PAGEREF _Toc123456789</w:instrText></w:r>"
    )
    paragraph._p.append(field)
    words = words_of(saved(letter), "docx")
    for told in (NAME, "kin@example.com", PHONE):
        assert told in words, told
    # a mark that the program made, in each table of contents
    assert "123456789" not in words.replace(PHONE, "")


def test_of_a_letter_parts_of_any_name_are_searched() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    diagram = (
        f'<d:dataModel xmlns:d="{drawing}/diagram" xmlns:a="{drawing}/main">'
        f"<d:t><a:p><a:r><a:t>{NAME}</a:t></a:r></a:p></d:t></d:dataModel>"
    )
    content = with_parts(saved(docx.Document()), word__diagrams__data1_xml=diagram.encode())
    assert NAME in words_of(content, "docx")


def hidden_letter(how: str) -> bytes:
    letter = docx.Document()
    run = letter.add_paragraph().add_run(NAME)
    if how == "run":
        run.font.hidden = True
    elif how == "row":
        table = letter.add_table(1, 1)
        row = table.rows[0]._tr.get_or_add_trPr()
        row.append(docx.oxml.OxmlElement("w:hidden"))
    else:
        base = letter.styles.add_style("Goc", WD_STYLE_TYPE.CHARACTER)
        base.font.hidden = True
        style = letter.styles.add_style("Con", WD_STYLE_TYPE.CHARACTER)
        style.base_style = base
        run.style = style if how == "style" else None
    return saved(letter)


@pytest.mark.parametrize("how", ["run", "row", "style"])
def test_a_letter_with_hidden_text_has_no_copy(how: str) -> None:
    assert "hidden" in told_why(hidden_letter(how), "docx")


def test_a_style_that_would_hide_text_but_is_not_used_does_no_harm() -> None:
    assert NAME in words_of(hidden_letter("unused"), "docx")


@pytest.mark.parametrize("change", ["del", "cellDel", "moveFrom", "sectPrChange", "delInstrText"])
def test_a_letter_with_tracked_changes_has_no_copy(change: str) -> None:
    letter = docx.Document()
    letter.sections[0].header.paragraphs[0]._p.append(docx.oxml.OxmlElement(f"w:{change}"))
    assert "tracked" in told_why(saved(letter), "docx")


@pytest.mark.parametrize("begins", [b"GIF89a", b"II*\0", b"RIFF0000WEBP", b"\x01\0\0\0", b"{\\rtf1 Kin}"])
def test_what_is_neither_words_nor_a_picture_that_is_drawn_again_has_no_copy(begins: bytes) -> None:
    content = with_parts(saved(docx.Document()), word__media__image1_gif=begins + b"Kin" * 20)
    assert "cannot be searched" in told_why(content, "docx")


def test_a_picture_in_a_letter_is_drawn_again_whatever_its_name() -> None:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", comment=b"Kin chup")
    content = with_parts(saved(docx.Document()), word__media__image1_tmp=out.getvalue() + b"Kin phim")
    copy = reader.copy_for_public(BytesIO(content), "docx")[0]
    assert b"Kin" not in part_of(copy, "word/media/image1.tmp")
