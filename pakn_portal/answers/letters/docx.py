"""A letter as DOCX, filled into a document of ours or of the site by docxtpl."""

from __future__ import annotations

import io
import re
from dataclasses import asdict, fields
from datetime import UTC
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.letters.letter import Letter, held_together
from pakn_portal.conf import portal_settings

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHIPPED: Final = Path(__file__).parent / "letter.docx"
#: What no XML may hold; pasted text has some.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class DOCXUnavailable(Exception):
    """This machine cannot write DOCX; `str(error)` says what to mend."""


class DOCXBroken(DOCXUnavailable):
    """The document is no DOCX that can be filled in; `__cause__` says why."""


def as_docx(letter: Letter) -> bytes:
    """Raises DOCXUnavailable. The document is `LETTERS["docx"]`, or the one that ships."""
    return _filled(letter, is_strict=False)


def problem() -> str:
    """Why the document cannot be filled in; empty where it can, and where the library is missing. A name that
    no letter has is a problem too: its place would stay empty in every letter.
    """
    try:
        for is_draft in (False, True):
            _filled(_example(is_draft=is_draft), is_strict=True)
    except DOCXBroken as error:
        cause = error.__cause__
        return f"{type(cause).__name__}: {cause}"
    except DOCXUnavailable:
        pass
    return ""


def _filled(letter: Letter, *, is_strict: bool) -> bytes:
    try:
        from docxtpl import DocxTemplate  # inside: optional library
        from jinja2 import Environment, StrictUndefined, Undefined  # inside: optional library
    except ImportError:
        raise DOCXUnavailable(
            _("Letters as DOCX need the extra “letters”: %(command)s")
            % {"command": 'pip install "pakn-portal[letters]"'}
        ) from None
    environment = Environment(autoescape=True, undefined=StrictUndefined if is_strict else Undefined)
    written = io.BytesIO()
    try:
        document = DocxTemplate(str(portal_settings.LETTERS["docx"] or SHIPPED))
        parts = _clean(asdict(held_together(letter)))
        document.render({"letter": parts}, environment, autoescape=True)
        _tell_whose(document.docx.core_properties, letter)
        document.save(written)
    except Exception as error:  # whatever a zip, an XML and a template of somebody else raise
        raise DOCXBroken(
            _(
                "The document of this site for letters cannot be filled in. Tell whoever looks after the "
                "portal."
            )
        ) from error
    return written.getvalue()


def _tell_whose(properties: Any, letter: Letter) -> None:
    """What a word processor says of the file; nothing of who drew the document that it was filled into."""
    now = clock.now().astimezone(UTC)
    properties.author = properties.last_modified_by = _clean(letter.issuer)[:255]
    properties.title, properties.comments, properties.language = _clean(letter.abstract)[:255], "", "vi-VN"
    properties.created = properties.modified = now


def _example(*, is_draft: bool) -> Letter:
    """A letter with something in every part, and two of what there may be several of."""
    told = {part.name: ["…", "…"] if "list" in str(part.type) else "…" for part in fields(Letter)}
    return Letter(**{**told, "is_draft": is_draft})  # type: ignore[arg-type]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value
