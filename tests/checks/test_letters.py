from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from docx import Document

from pakn_portal.answers.letters import docx, pdf
from pakn_portal.checks import letters


def _empty_zip() -> bytes:
    written = io.BytesIO()
    zipfile.ZipFile(written, "w").close()
    return written.getvalue()


EMPTY_ZIP = _empty_zip()


def codes(found: Any) -> list[str]:
    return [message.id for message in found]


def test_a_machine_that_draws_letters_is_well() -> None:
    assert codes(letters.drawing()) == codes(letters.document()) == []


@pytest.mark.parametrize(
    ("lack", "command"), [("package", "pip install"), ("system", "apt install libpango")]
)
def test_what_is_missing_for_pdf_is_named(lack: str, command: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(pdf, "_loaded", lambda: (None, lack))
    (warning,) = letters.drawing()
    assert warning.id == "pakn_portal.W043"
    assert command in str(warning.hint)


def own_document(settings: Any, path: Path) -> Path:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LETTERS": {"docx": str(path)}}
    return path


def test_a_document_of_ones_own_must_be_there(settings: Any, tmp_path: Path) -> None:
    own = own_document(settings, tmp_path / "thu.docx")
    assert codes(letters.document()) == ["pakn_portal.E042"]
    shutil.copy(docx.SHIPPED, own)
    assert codes(letters.document()) == []


@pytest.mark.parametrize("content", [b"Kinh gui", b"", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", EMPTY_ZIP])
def test_it_must_be_a_document(content: bytes, settings: Any, tmp_path: Path) -> None:
    own_document(settings, tmp_path / "thu.docx").write_bytes(content)
    (error,) = letters.document()
    assert error.id == "pakn_portal.E042"
    assert "renaming a .doc is not enough" in str(error.hint)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{{ letter.nummber }}", "nummber"),
        ("{{ leter.number }}", "leter"),
        ("{% if letter.is_draft %}{{ letter.drafft }}{% endif %}", "drafft"),
        ("{{ letter.number }", "TemplateSyntaxError"),
    ],
)
@pytest.mark.django_db
def test_a_misspelt_place_in_it_is_named(written: str, told: str, settings: Any, tmp_path: Path) -> None:
    document = Document(str(docx.SHIPPED))
    document.add_paragraph(written)
    document.save(str(own_document(settings, tmp_path / "thu.docx")))
    with pytest.raises(SystemCheckError, match=told) as stopped:
        call_command("check")
    assert "pakn_portal.E042" in str(stopped.value)
