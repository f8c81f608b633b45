"""`python -m scripts.make_letter_docx`: the document that letters are filled into, as Decree 30/2020 has it.

A ministry that wants another opens the file in a word processor, saves it beside its settings and names it in
`PAKN_PORTAL["LETTERS"]["docx"]`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).parent.parent / "pakn_portal" / "answers" / "letters" / "letter.docx"
FONT = "Times New Roman"
#: The marks of urgency, and how wide their frames are in mm: Decree 30/2020/NĐ-CP, Annex I.
STAMPS = {"KHẨN": 20, "HỎA TỐC": 30, "THƯỢNG KHẨN": 40}


def main() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    number_pages(section.header.paragraphs[0])
    foot = section.first_page_footer
    write(foot, "{%p for line in letter.foot %}", 11)
    over(write(foot, "{{ line }}", 11))
    write(foot, "{%p endfor %}", 11)
    speak_vietnamese(document)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)

    head = document.add_table(rows=2, cols=2)
    widths(head)
    left, right = head.rows[0].cells
    write(left, "{%p if letter.superior %}", 13)
    write(left, "{{ letter.superior|upper }}", 13)
    write(left, "{%p endif %}", 13)
    write(left, "{{ letter.issuer|upper }}", 13, bold=True)
    write(left, "_______", 8)
    write(right, "{{ letter.national_title }}", 12, bold=True)
    write(right, "{{ letter.motto }}", 13, bold=True, underline=True)
    left, right = head.rows[1].cells
    write(left, "Số: {{ letter.number or '\u00a0' * 14 }}", 13, before=8)
    write(left, "{%p if not letter.type_name %}", 12)
    write(left, "{{ letter.abstract }}", 12, before=6)
    write(left, "{%p endif %}", 12)
    for stamp, wide in STAMPS.items():
        write(left, f"{{%p if letter.stamp == '{stamp}' %}}", 13)
        frame(left, wide)
        write(left, "{%p endif %}", 13)
    # a cell ends with a paragraph, whatever stands before
    write(left, "", 1)
    write(right, "{{ letter.place_and_date }}", 13, italic=True, before=8)
    for row in head.rows:
        for cell in row.cells:
            drop_first(cell)

    write(document, "{%p if letter.is_draft %}", 14)
    write(document, "[DỰ THẢO]", 14, bold=True, before=8)
    write(document, "{%p endif %}", 14)
    write(document, "{%p if letter.type_name %}", 14)
    write(document, "{{ letter.type_name }}", 14, bold=True, before=16)
    write(document, "{{ letter.abstract }}", 14, bold=True)
    write(document, "_______", 8)
    write(document, "{%p endif %}", 14)
    write(document, "{%p if letter.addressees|length == 1 %}", 14)
    write(document, "Kính gửi: {{ letter.addressees[0] }}", 14, before=16, after=10)
    write(document, "{%p else %}", 14)
    # the dashes stand under the colon
    several = write(document, "Kính gửi:", 14, before=16, align=ALIGN.LEFT)
    several.paragraph_format.left_indent = Mm(40)
    write(document, "{%p for one in letter.addressees %}", 14)
    one = write(document, "- {{ one }}{% if loop.last %}.{% else %};{% endif %}", 14, align=ALIGN.LEFT)
    one.paragraph_format.left_indent = Mm(61)
    write(document, "{%p endfor %}", 14)
    write(document, "{%p endif %}", 14)
    write(document, "{%p for paragraph in letter.paragraphs %}", 14)
    body = write(document, "{{ paragraph }}", 14, align=ALIGN.JUSTIFY, after=6)
    body.paragraph_format.first_line_indent = Mm(12.7)
    write(document, "{%p endfor %}", 14)

    end = document.add_table(rows=1, cols=2)
    widths(end)
    left, right = end.rows[0].cells
    write(left, "Nơi nhận:", 12, bold=True, italic=True, align=ALIGN.LEFT)
    write(left, "{%p for one in letter.recipients %}", 11)
    write(left, "- {{ one }}", 11, align=ALIGN.LEFT)
    write(left, "{%p endfor %}", 11)
    write(right, "{%p for line in letter.signature_title %}", 14)
    write(right, "{{ line|upper }}", 14, bold=True)
    write(right, "{%p endfor %}", 14)
    write(right, "{{ letter.signatory }}", 14, bold=True, before=80)
    for cell in end.rows[0].cells:
        drop_first(cell)
    document.save(str(TARGET))


def write(
    place: Any, text: str, size: int, *, bold: bool = False, italic: bool = False, underline: bool = False,
    red: bool = False, align: Any = ALIGN.CENTER, before: int = 0, after: int = 0,
) -> Any:  # fmt: skip
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic, run.underline = Pt(size), bold, italic, underline
    if red:
        run.font.color.rgb = RGBColor(0xCC, 0, 0)
    return paragraph


def frame(cell: Any, wide: int) -> None:
    """The red frame of a mark of urgency, 8 mm high: a table, for the frame around words has no size."""
    table = cell.add_table(rows=1, cols=1)
    cell._element.remove(cell.paragraphs[-1]._element)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    table.columns[0].width = table.cell(0, 0).width = Mm(wide)
    table.rows[0].height, table.rows[0].height_rule = Mm(8), WD_ROW_HEIGHT_RULE.EXACTLY
    inner = table.cell(0, 0)
    inner.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    write(inner, "{{ letter.stamp }}", 13, bold=True, red=True)
    drop_first(inner)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right"):
        borders.append(line(side))
    table._element.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        none = OxmlElement(f"w:{side}")
        none.set(qn("w:w"), "0")
        none.set(qn("w:type"), "dxa")
        margins.append(none)
    table._element.tblPr.append(margins)


def line(side: str, color: str = "CC0000", size: str = "8") -> Any:
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", color)):
        border.set(qn(f"w:{name}"), value)
    return border


def over(paragraph: Any) -> None:
    """A line as wide as the text above the foot; paragraphs with the same borders have one together."""
    borders = OxmlElement("w:pBdr")
    borders.append(line("top", "000000", "6"))
    paragraph._element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def speak_vietnamese(document: Any) -> None:
    for told in document.styles.element.xpath("//w:lang"):
        told.set(qn("w:val"), "vi-VN")
    for told in document.settings.element.xpath("//w:themeFontLang"):
        told.set(qn("w:val"), "vi-VN")
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.language = "vi-VN"


def widths(table: Any) -> None:
    table.autofit = False
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(70), Mm(95)


def drop_first(cell: Any) -> None:
    """A new cell begins with an empty paragraph."""
    first = cell.paragraphs[0]._element
    first.getparent().remove(first)


def number_pages(paragraph: Any) -> None:
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._element.append(part)


if __name__ == "__main__":
    main()
