from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pakn_portal.answers.letters import pdf
from pakn_portal.checks import letters


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


def test_a_document_of_ones_own_must_be_there(settings: Any, tmp_path: Path) -> None:
    own = tmp_path / "thu.docx"
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LETTERS": {"docx": str(own)}}
    assert codes(letters.document()) == ["pakn_portal.E042"]
    own.write_bytes(b"PK")
    assert codes(letters.document()) == []
