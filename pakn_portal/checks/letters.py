"""Whether letters can be made here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.core.checks import CheckMessage, Error, Warning

from pakn_portal.answers.letters import docx, pdf
from pakn_portal.conf import portal_settings


def drawing() -> Iterator[CheckMessage]:
    if sentence := pdf.problem():
        yield Warning(
            "No letter can be made as PDF here.",
            hint=f"{sentence} Letters as DOCX need no libraries of the system.",
            id="pakn_portal.W043",
        )


def document() -> Iterator[CheckMessage]:
    path = portal_settings.LETTERS["docx"]
    if not path:
        return
    if not Path(path).is_file():
        yield Error(
            f'LETTERS["docx"] {str(path)!r} is no file, so no letter can be made as DOCX.',
            hint="Name the document by its absolute path, or leave it empty for the one that ships.",
            id="pakn_portal.E042",
        )
    elif problem := docx.problem():
        yield Error(
            f'LETTERS["docx"] {str(path)!r} cannot be filled in: {problem}',
            hint=f"Save it as .docx (renaming a .doc is not enough) and keep what stands in braces in "
            f"{docx.SHIPPED}; or leave the setting empty for that one.",
            id="pakn_portal.E042",
        )
