"""A letter made from an office's own template, or merged with a list, has a copy that tells of neither."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from pakn_portal.submissions.files import reader
from tests.submissions.test_copies_office import part_of, saved

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def made_from(element: str, kind: str, target: str) -> bytes:
    """A letter whose settings refer to another file."""
    before = saved(docx.Document())
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_KINDS}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )
    settings = (
        f'<w:settings xmlns:w="{_SPACE}" xmlns:r="{_KINDS}">{element}<w:zoom w:percent="90"/></w:settings>'
    )
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, settings if name == "word/settings.xml" else old.read(name))
        new.writestr("word/_rels/settings.xml.rels", links)
    return out.getvalue()


@pytest.mark.parametrize(
    ("element", "kind", "target"),
    [
        ('<w:attachedTemplate r:id="rId1"/>', "attachedTemplate", "file:///C:\\Users\\kin\\Mau.dotm"),
        ('<w:attachedTemplate r:id="rId1"/>', "attachedTemplate", "file:///\\\\may-chu\\kin\\Mau.dotm"),
        (
            '<w:mailMerge><w:dataSource r:id="rId1"/><w:query w:val="SELECT kin"/></w:mailMerge>',
            "mailMergeSource",
            "file:///C:\\kin.xlsx",
        ),
    ],
)
def test_the_copy_of_a_letter_forgets_its_template_and_its_list(element: str, kind: str, target: str) -> None:
    copy = reader.copy_for_public(BytesIO(made_from(element, kind, target)), "docx")
    assert copy.seen == set()
    assert "kin" not in copy.beside
    assert b"rId1" not in part_of(copy.content, "word/_rels/settings.xml.rels")
    settings = part_of(copy.content, "word/settings.xml")
    assert b"rId1" not in settings
    assert b'percent="90"' in settings


def test_a_link_to_a_file_of_the_office_stays_a_warning() -> None:
    copy = reader.copy_for_public(BytesIO(made_from("", "hyperlink", "file:///C:\\kin.docx")), "docx")
    assert copy.seen


def test_the_names_that_an_author_gives_to_places_and_fields_are_left_out() -> None:
    made = saved(docx.Document())
    inside = (
        '<w:sdt><w:sdtPr><w:alias w:val="Kin alias"/><w:tag w:val="kin-tag"/></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>Nội dung</w:t></w:r></w:p></w:sdtContent></w:sdt><w:sectPr"
    )
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:sectPr", inside.encode(), 1)
            if name == "word/settings.xml":
                told = b'<w:docVars><w:docVar w:name="Kin" w:val="Kin variable"/></w:docVars>'
                part = part.replace(b"</w:settings>", told + b"</w:settings>")
            new.writestr(name, part)
    copy = reader.copy_for_public(BytesIO(out.getvalue()), "docx")
    assert "Nội dung" in copy.text
    assert "kin" not in copy.beside.lower()
    assert b"kin" not in part_of(copy.content, "word/document.xml").lower()
    assert b"Kin" not in part_of(copy.content, "word/settings.xml")
