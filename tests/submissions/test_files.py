"""H21–H38 of the hostile files, each by its number."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pakn_portal.submissions.files import CheckedFile, FileRefused, check_file, clean_name
from pakn_portal.submissions.files.scanner import Scanner, ScannerUnavailable, TestPatternScanner
from tests.submissions.files import compound_bytes, docx_bytes, image_bytes, pdf_bytes, xlsx_bytes

EICAR = TestPatternScanner.PATTERN


def check(name: str, content: bytes, content_type: str = "") -> CheckedFile:
    return check_file(SimpleUploadedFile(name, content, content_type), name)


def is_refused(name: str, content: bytes) -> bool:
    try:
        check(name, content)
    except FileRefused as refusal:
        assert str(refusal)
        return True
    return False


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", pdf_bytes(), "application/pdf"),
        ("a.PNG", image_bytes("PNG"), "image/png"),
        ("a.jpg", image_bytes("JPEG"), "image/jpeg"),
        ("a.jpeg", image_bytes("JPEG"), "image/jpeg"),
        ("a.docx", docx_bytes(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", xlsx_bytes(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.doc", compound_bytes("WordDocument"), "application/msword"),
        ("a.xls", compound_bytes("Workbook"), "application/vnd.ms-excel"),
    ],
)
def test_good_files_pass_and_get_the_type_of_their_content(
    name: str, content: bytes, content_type: str
) -> None:
    checked = check(name, content, "text/html")
    assert (checked.content_type, checked.warnings, checked.is_scanned) == (content_type, set(), True)


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.jpg", "a.docx", "a.xlsx", "a.doc", "a.xls"])
def test_h21_html_under_any_name_is_refused(name: str) -> None:
    assert is_refused(name, b"<!doctype html><script>alert(1)</script>" + b" " * 2000)


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.jpg"])
def test_h22_svg_is_refused(name: str) -> None:
    assert is_refused(name, b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')


def test_h23_a_pdf_that_is_a_script_as_well_is_refused() -> None:
    assert is_refused("a.pdf", b"/*" + pdf_bytes() + b"*/alert(1)")


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG")])
def test_h24_an_archive_glued_to_a_picture_is_refused(name: str, kind: str) -> None:
    assert is_refused(name, image_bytes(kind) + docx_bytes())


def test_h24_an_archive_glued_to_a_pdf_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.class", b"x")
        archive.comment = b"\nstartxref\n9\n%%EOF"
    assert is_refused("a.pdf", pdf_bytes() + out.getvalue())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", EICAR),
        ("a.pdf", pdf_bytes(EICAR.decode())),
        ("a.docx", docx_bytes({"word/media/image1.png": EICAR})),
        ("a.zip", b"PK\x03\x04" + EICAR),
    ],
)
def test_h25_the_test_virus_is_refused(name: str, content: bytes) -> None:
    assert is_refused(name, content)


class Sleeping(Scanner):
    def scan(self, file: Any) -> str:
        raise ScannerUnavailable


def test_f22_without_a_scanner_a_file_waits_and_is_never_called_clean(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PAKN_PORTAL = {"FILE_SCANNER": "tests.submissions.test_files.Sleeping"}
    assert check("a.pdf", pdf_bytes()).is_scanned is False
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_h26_a_bomb_is_refused_by_its_directory() -> None:
    assert is_refused("a.docx", docx_bytes({"word/media/a.bin": b"\0" * 30_000_000}))


def test_h26_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(docx_bytes({"word/media/a.bin": b"\0" * 3_000_000}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.rfind(signature)
        struct.pack_into("<I", content, at + offset, 10)
    assert is_refused("a.docx", bytes(content))


def test_h26_too_many_entries_are_refused() -> None:
    assert is_refused("a.docx", docx_bytes({f"word/{number}.xml": b"" for number in range(1001)}))


@pytest.mark.parametrize("nested", ["word/a.zip", "word/embeddings/x.docx"])
def test_h26_an_archive_within_is_refused(nested: str) -> None:
    assert is_refused("a.docx", docx_bytes({nested: docx_bytes()}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_h27_entities_in_an_office_file_are_refused(encoding: str) -> None:
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">]><a>&lol1;</a>'
    )
    assert is_refused("a.xlsx", xlsx_bytes({"xl/sharedStrings.xml": laughs.encode(encoding)}))


def test_h28_declared_cells_are_never_unfolded() -> None:
    sheet = b'<worksheet><dimension ref="A1:XFD1048576"/></worksheet>'
    assert check("a.xlsx", xlsx_bytes({"xl/worksheets/sheet1.xml": sheet})).warnings == set()


@pytest.mark.parametrize(
    "content",
    [
        {"xl/a.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'},
        {"xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'},
    ],
)
def test_h29_external_entities_and_dde_are_refused(content: dict[str, bytes]) -> None:
    assert is_refused("a.xlsx", xlsx_bytes(content))


def test_h29_a_link_to_another_workbook_is_marked() -> None:
    checked = check("a.xlsx", xlsx_bytes({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}))
    assert checked.warnings == {"external"}


@pytest.mark.parametrize(
    "content",
    [
        docx_bytes({"word/vbaProject.bin": b"x"}),
        docx_bytes(main="wordprocessingml.document.macroEnabled"),
        docx_bytes({"word/VBAPROJECT.BIN": b"x"}),
    ],
)
def test_h30_macros_in_a_docx_are_refused(content: bytes) -> None:
    assert is_refused("a.docx", content)


@pytest.mark.parametrize("entry", ["Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT"])
def test_h30_macros_in_an_old_office_file_are_refused(entry: str) -> None:
    assert is_refused("a.doc", compound_bytes("WordDocument", entry))


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "C:\\x", "word/..\\..\\x", "\\\\server\\x"])
def test_h31_entries_that_leave_the_archive_are_refused(name: str) -> None:
    assert is_refused("a.docx", docx_bytes({name: b"x"}))


def test_h31_a_link_in_the_archive_is_refused() -> None:
    out = io.BytesIO(docx_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert is_refused("a.docx", out.getvalue())


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        ("/Encrypt 5 0 R", "encrypted"),
        ("/JavaScript (app.alert(1))", "active"),
        ("/S /Launch /F (cmd.exe)", "active"),
        ("/Names << /EmbeddedFiles 3 0 R >>", "embedded"),
    ],
)
def test_h32_what_a_pdf_holds_is_marked_and_never_run(body: str, warning: str) -> None:
    assert check("a.pdf", pdf_bytes(body)).warnings == {warning}


def test_h33_a_picture_of_too_many_dots_is_refused_unread() -> None:
    content = bytearray(image_bytes("PNG"))
    struct.pack_into(">II", content, 16, 50_000, 50_000)
    assert is_refused("a.png", bytes(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", pdf_bytes("x" * 5000)[:3000]),
        ("a.png", image_bytes("PNG", (400, 300))[:-40]),
        ("a.jpg", image_bytes("JPEG", (400, 300))[:1200]),
        ("a.docx", docx_bytes()[:-30]),
        ("a.doc", compound_bytes("WordDocument")[:900]),
    ],
)
def test_h36_empty_and_cut_files_are_refused(name: str, content: bytes) -> None:
    assert is_refused(name, content)


def test_h36_a_wrong_declared_length_is_refused() -> None:
    file = SimpleUploadedFile("a.pdf", pdf_bytes())
    file.size = 10
    with pytest.raises(FileRefused):
        check_file(file, "a.pdf")


@pytest.mark.parametrize(
    "name", ["a.pdf.exe", "a.pdf%00.exe", "a\u202efdp.exe", "a", "a.", ".pdf.", "a.pdf\x00.exe"]
)
def test_h37_the_last_ending_counts(name: str) -> None:
    assert is_refused(name, pdf_bytes())


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("CON.pdf", "_CON.pdf"),
        ("com1.tar.pdf", "_com1.tar.pdf"),
        ('a"b\r\nc.pdf', "a_b c.pdf"),
        ("C:\\Users\\a\\Đơn.pdf", "Đơn.pdf"),
        ("../../etc/a.pdf", "a.pdf"),
        ("Đơn\u200b kiê\u0301n nghi\u0323.pdf", "Đơn kiến nghị.pdf"),
        ("anh\u202egnp.pdf", "anhgnp.pdf"),
        (".pdf", "pdf"),
        ("a.pdf. .", "a.pdf"),
    ],
)
def test_h37_names_become_harmless(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


def test_h37_long_names_are_cut_and_keep_their_ending() -> None:
    name = clean_name("ế" * 400 + ".pdf")
    assert name.endswith("ế.pdf")
    assert len(name.encode()) <= 255


def test_h38_a_file_of_twenty_one_megabytes_is_refused() -> None:
    assert is_refused("a.pdf", pdf_bytes("x" * 21 * 1024 * 1024))


def test_a_locked_office_file_says_so() -> None:
    with pytest.raises(FileRefused) as refusal:
        check("a.docx", compound_bytes("EncryptedPackage", "EncryptionInfo"))
    assert "mật khẩu" in str(refusal.value) or "password" in str(refusal.value)


def test_a_type_the_site_does_not_allow_is_refused(settings: Any) -> None:
    settings.PAKN_PORTAL = {"ATTACHMENT_TYPES": ["pdf"]}
    assert is_refused("a.png", image_bytes())
    assert check("a.pdf", pdf_bytes()).name == "a.pdf"
