"""A file whose content is of another type than its name: the sender reads what it is and what to do."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from pakn_portal.submissions.files import FileRefused, check_file
from tests.submissions.corpus.compound import compound
from tests.submissions.files import compound_bytes, docx_bytes, image_bytes, pdf_bytes, xlsx_bytes

RTF = rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Times New Roman;}} Kinh gui Bo}"
TABLE = b"<table border=1><tr><td>Luong</td><td>1.500.000</td></tr></table>"
MHT = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x"


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


ODT = archive(mimetype="application/vnd.oasis.opendocument.text", content="<x/>")
ODS = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content="<x/>")


def told(name: str, content: bytes) -> str:
    with translation.override("vi"), pytest.raises(FileRefused) as refusal:
        check_file(SimpleUploadedFile(name, content), name)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("name", "content", "found", "saved_as"),
    [
        ("a.doc", RTF, "RTF mang tên DOC", "DOCX hoặc PDF"),
        ("a.docx", RTF, "RTF mang tên DOCX", "DOCX hoặc PDF"),
        ("a.xls", TABLE, "HTML mang tên XLS", "XLSX hoặc PDF"),
        ("a.xls", b"\xef\xbb\xbf\r\n" + TABLE, "HTML mang tên XLS", "XLSX hoặc PDF"),
        ("a.xls", TABLE.decode().encode("utf-16"), "HTML mang tên XLS", "XLSX hoặc PDF"),
        ("a.doc", b"<!-- w --><html><p>Kinh gui</p></html>", "HTML mang tên DOC", "DOCX hoặc PDF"),
        ("a.doc", MHT, "MHT mang tên DOC", "DOCX hoặc PDF"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application?><w/>', "XML mang tên DOC", "DOCX hoặc PDF"),
        ("a.docx", ODT, "ODT mang tên DOCX", "DOCX hoặc PDF"),
        ("a.doc", ODT, "ODT mang tên DOC", "DOCX hoặc PDF"),
        ("a.xlsx", ODS, "ODS mang tên XLSX", "XLSX hoặc PDF"),
        ("a.png", image_bytes("GIF"), "GIF mang tên PNG", "JPG hoặc PNG"),
        ("a.jpg", image_bytes("BMP"), "BMP mang tên JPG", "JPG hoặc PNG"),
        ("a.jpg", image_bytes("TIFF"), "TIFF mang tên JPG", "JPG hoặc PNG"),
        ("a.pdf", compound({"PowerPoint Document": b""}), "PPT mang tên PDF", "PDF"),
    ],
)
def test_a_file_under_the_name_of_another_type_is_called_by_its_own(
    name: str, content: bytes, found: str, saved_as: str
) -> None:
    assert told(name, content) == (
        f"Tệp này là {found}. Xin mở tệp, chọn “Lưu thành…” (Save as) dạng {saved_as}, rồi chọn tệp mới."
    )


@pytest.mark.parametrize(
    ("name", "content", "found", "ending"),
    [
        ("a.doc", docx_bytes(), "DOCX mang tên DOC", "docx"),
        ("a.xlsx", docx_bytes(), "DOCX mang tên XLSX", "docx"),
        ("a.docx", xlsx_bytes(), "XLSX mang tên DOCX", "xlsx"),
        ("a.docx", compound_bytes("WordDocument"), "DOC mang tên DOCX", "doc"),
        ("a.xls", compound_bytes("WordDocument"), "DOC mang tên XLS", "doc"),
        ("a.docx", pdf_bytes(), "PDF mang tên DOCX", "pdf"),
        ("a.pdf", image_bytes("JPEG"), "JPG mang tên PDF", "jpg"),
    ],
)
def test_one_that_may_be_sent_needs_only_its_ending(
    name: str, content: bytes, found: str, ending: str
) -> None:
    assert told(name, content) == f"Tệp này là {found}. Xin đổi đuôi tên tệp thành .{ending} rồi chọn lại."


def test_an_archive_is_to_be_unpacked() -> None:
    assert told("a.docx", archive(thu="x")) == (
        "Tệp này là tệp nén ZIP mang tên DOCX. Xin giải nén rồi chọn từng tệp bên trong."
    )


def test_a_picture_of_a_telephone_is_told_so_under_any_name() -> None:
    assert told("a.pdf", b"\0\0\0\x18ftypheic" + bytes(40)).startswith("Ảnh này thực ra ở định dạng HEIC")


def test_a_locked_letter_of_the_old_kind_is_no_other_type() -> None:
    locked = compound({"EncryptedPackage": b"", "EncryptionInfo": b""})
    assert "mật khẩu" in told("a.docx", locked)


def test_what_nobody_knows_is_to_be_saved_as_what_is_allowed() -> None:
    assert told("a.xls", b"ho ten,luong\nAn,1") == (
        "Nội dung không phải là tệp XLS. Xin mở bằng chương trình đã tạo ra tệp, chọn “Lưu thành…” (Save as) "
        "dạng XLSX hoặc PDF, rồi chọn tệp mới."
    )


def test_only_what_the_site_takes_is_advised(settings: Any) -> None:
    settings.PAKN_PORTAL = {"ATTACHMENT_TYPES": ["pdf", "doc"]}
    assert "dạng PDF, rồi" in told("a.doc", RTF)
    assert "dạng PDF, rồi" in told("a.doc", docx_bytes())
