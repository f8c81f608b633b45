"""A copy for everybody shows what the file shows, and tells nothing of who made it, with what and when."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from pakn_portal.answers.letters import pdf
from pakn_portal.submissions.files import FileRefused, reader

AUTHOR = "Trần Văn Soạn Thảo"
WORD = "kanarivogel"


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "May anh cua Soan"
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif, comment=b"Soan chup")
    return out.getvalue()


def written_pdf(tmp_path: Any) -> bytes:
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(photograph())
    page = (
        f'<html lang="vi"><title>{AUTHOR}</title><meta name="author" content="{AUTHOR}">'
        f'<h1>Mẫu 03</h1><p>Điền {WORD}.</p><a href="https://bo.example/">xem</a>'
        f'<img alt="" src="{picture.as_uri()}"></html>'
    )
    weasyprint = pdf._weasyprint()  # its bare import would change Pillow for the whole process
    inside = weasyprint.Attachment(string="Soan giau", name="giau.txt")
    drawn: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", attachments=[inside])
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn)))
    writer.add_metadata({"/Author": AUTHOR, "/Producer": "Soan"})
    remark = Text(rect=(50, 50, 90, 90), text="Soan ghi: xem lai", title_bar="Soan")
    writer.add_annotation(page_number=0, annotation=remark)
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("Soan")}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def written_docx(tmp_path: Any) -> bytes:
    (tmp_path / "anh.jpg").write_bytes(photograph())
    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.add_heading("Mẫu 03")
    document.add_paragraph(f"Điền {WORD}.")
    document.add_picture(str(tmp_path / "anh.jpg"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def written_xlsx(hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    book.active["A1"] = f"Số liệu {WORD}"
    if hidden:
        book.create_sheet(hidden).sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def copied(content: bytes, kind: str) -> tuple[bytes, str]:
    copy, text, _beside, seen = reader.copy_for_public(BytesIO(content), kind)
    assert seen == set()
    return copy, text


def unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_pdf_loses_its_makers_its_remarks_and_what_is_inside(tmp_path: Any) -> None:
    content = written_pdf(tmp_path)
    assert b"Soan" in content
    copy, text = copied(content, "pdf")
    for told in (b"Soan", b"Author", b"/Metadata", b"EmbeddedFile", b"/JavaScript", b"/JS"):
        assert told not in copy
    read = PdfReader(BytesIO(copy))
    assert not read.metadata
    assert WORD in text
    assert WORD in read.pages[0].extract_text()
    # what readers with a screen reader need stays, and the link
    assert "/StructTreeRoot" in read.trailer["/Root"]
    links = [mark.get_object() for mark in read.pages[0]["/Annots"]]
    assert [link["/A"]["/URI"] for link in links] == ["https://bo.example/"]


def test_a_letter_loses_its_makers_and_its_picture_the_camera(tmp_path: Any) -> None:
    content = written_docx(tmp_path)
    assert AUTHOR.encode() in unpacked(content)
    copy, text = copied(content, "docx")
    assert AUTHOR.encode() not in unpacked(copy)
    assert b"Soan" not in unpacked(copy)
    assert WORD in text
    assert [each.text for each in docx.Document(BytesIO(copy)).paragraphs][1] == f"Điền {WORD}."


def test_a_workbook_loses_its_makers() -> None:
    copy, text = copied(written_xlsx(), "xlsx")
    assert AUTHOR.encode() not in unpacked(copy)
    assert WORD in text
    assert openpyxl.load_workbook(BytesIO(copy)).active["A1"].value == f"Số liệu {WORD}"


def test_pictures_are_drawn_again() -> None:
    copy, text = copied(photograph(), "jpg")
    assert b"Soan" not in copy
    assert text == ""


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            after.writestr(part, text.replace(old, new) if part == name else text)
    return out.getvalue()


def test_what_only_a_person_can_decide_on_is_refused(tmp_path: Any) -> None:
    letter = written_docx(tmp_path)
    change = b'<w:ins w:id="1" w:author="Soan"><w:r><w:t>them</w:t></w:r></w:ins><w:sectPr'
    changed = with_part(letter, "word/document.xml", b"<w:sectPr", change)
    book = openpyxl.Workbook()
    book.active["A1"].comment = Comment("Xem lại", "Soan")
    remarked = BytesIO()
    book.save(remarked)
    hidden = written_xlsx(hidden="nháp")
    for content, kind in ((changed, "docx"), (hidden, "xlsx"), (remarked.getvalue(), "xlsx")):
        with pytest.raises(FileRefused) as refused:
            reader.copy_for_public(BytesIO(content), kind)
        assert str(refused.value)


def test_what_is_no_such_file_is_damaged() -> None:
    for kind in ("pdf", "docx", "xlsx", "jpg", "png"):
        with pytest.raises(FileRefused):
            reader.copy_for_public(BytesIO(b"nothing of it"), kind)
