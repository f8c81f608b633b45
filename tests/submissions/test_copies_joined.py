"""What a reader sees as one word is searched as one word, however many pieces the file makes of it."""

from __future__ import annotations

import docx
import pytest

from pakn_portal.text import find_personal_data
from tests.submissions.test_copies_office import PHONE, part_of, saved, sheet, with_parts, words_of

IDENTITY = "001085012345"


def letter(body: str) -> bytes:
    """A letter with this behind its text."""
    made = saved(docx.Document())
    document = part_of(made, "word/document.xml").replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
    return with_parts(made, word__document_xml=document)


def field(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def boxes(digits: str, label: str = "Số CCCD:", *, size: int = 1) -> str:
    cells = [label, *(digits[at : at + size] for at in range(0, len(digits), size))]
    row = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)
    return f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"


def sure(content: bytes, kind: str) -> list[str]:
    return [find.text for find in find_personal_data(words_of(content, kind)) if find.is_sure]


def test_a_field_of_several_runs_is_searched_whole() -> None:
    words = words_of(letter(field(' HYPERLINK "mailto:nguyenvana', "@gmail", '.com" ')), "docx")
    assert "mailto:nguyenvana@gmail.com" in words


def test_the_texts_that_a_field_puts_together_are_searched_together() -> None:
    assert IDENTITY in words_of(letter(field(' QUOTE "CCCD 00108"', ' "5012345" ')), "docx")


@pytest.mark.parametrize(
    "formula", ['"09"&amp;"12"&amp;"345678"', '"09"&amp;12&amp;345678', 'CONCATENATE("0912","345678")']
)
def test_the_texts_that_a_formula_puts_together_are_searched_together(formula: str) -> None:
    book = sheet(f'<row r="1"><c r="A1"><f>{formula}</f><v>0</v></c></row>')
    assert PHONE in words_of(book, "xlsx")


def test_how_a_text_is_spoken_is_searched_whole() -> None:
    spoken = "".join(f'<rPh sb="0" eb="1"><t>{piece}</t></rPh>' for piece in (PHONE[:4], PHONE[4:]))
    cell = f'<c r="A1" t="inlineStr"><is><t>x</t>{spoken}</is></c>'
    assert PHONE in words_of(sheet(f'<row r="1">{cell}</row>'), "xlsx")


@pytest.mark.parametrize(
    ("digits", "label", "size"),
    [
        (IDENTITY, "Số CCCD:", 1),
        (IDENTITY, "Họ tên", 1),
        ("168123954", "CMND số", 1),
        (PHONE, "Điện thoại", 1),
        (PHONE, "ĐT:", 2),
        ("8012345678", "Mã số thuế", 1),
        ("0123456789012", "Số tài khoản", 1),
        ("7912345678", "Số sổ BHXH", 1),
    ],
)
def test_a_number_in_boxes_is_searched_as_a_number(digits: str, label: str, size: int) -> None:
    assert digits in sure(letter(boxes(digits, label, size=size)), "docx")


def test_a_label_may_stand_above_its_boxes() -> None:
    above = "<w:p><w:r><w:t>Số CMND của người dân</w:t></w:r></w:p>"
    assert "168123954" in sure(letter(above + boxes("168123954", "")), "docx")


@pytest.mark.parametrize("kind", ["n", "str"])
def test_a_number_in_boxes_of_a_book_is_searched_as_a_number(kind: str) -> None:
    cells = "".join(f'<c t="{kind}"><v>{digit}</v></c>' for digit in IDENTITY)
    row = f'<row r="1"><c t="str"><v>Số CCCD:</v></c>{cells}</row>'
    assert IDENTITY in sure(sheet(row), "xlsx")


@pytest.mark.parametrize("counts", ["123456789", "010020100010", "3205117", "012004120", "121212121"])
def test_a_row_of_small_counts_is_no_number_of_a_person(counts: str) -> None:
    assert sure(letter(boxes(counts, "Huyện A")), "docx") == []
    cells = "".join(f"<c><v>{count}</v></c>" for count in counts)
    row = f'<row r="1"><c t="str"><v>Số vụ theo tháng</v></c>{cells}</row>'
    assert sure(sheet(row), "xlsx") == []


@pytest.mark.parametrize("font", ["Symbol", "Times New Roman"])
def test_digits_that_are_told_as_symbols_are_searched(font: str) -> None:
    symbols = "".join(f'<w:sym w:font="{font}" w:char="F03{digit}"/>' for digit in PHONE)
    assert PHONE in sure(letter(f"<w:p><w:r>{symbols}</w:r></w:p>"), "docx")
    typed = "".join(chr(0xF030 + int(digit)) for digit in PHONE)
    assert PHONE in sure(letter(f"<w:p><w:r><w:t>{typed}</w:t></w:r></w:p>"), "docx")


def test_an_arrow_of_a_font_of_pictures_is_no_digit() -> None:
    symbols = "".join(f'<w:sym w:font="Wingdings" w:char="F03{digit}"/>' for digit in PHONE)
    assert sure(letter(f"<w:p><w:r>{symbols}</w:r></w:p>"), "docx") == []


@pytest.mark.parametrize("part", ["word__styles_xml", "word__document_xml"])
def test_what_is_told_to_programs_alone_is_searched(part: str) -> None:
    made = saved(docx.Document())
    name = part.replace("__", "/").replace("_", ".")
    content = part_of(made, name) + f"<?note {PHONE}?>".encode()
    assert PHONE in words_of(with_parts(made, **{part: content}), "docx")
