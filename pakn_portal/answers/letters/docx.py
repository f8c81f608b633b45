"""A letter as DOCX, filled into a document of ours or of the site by docxtpl."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from pakn_portal.answers.letters.letter import Letter
from pakn_portal.conf import portal_settings

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHIPPED: Final = Path(__file__).parent / "letter.docx"
#: What no XML may hold; pasted text has some.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class DOCXUnavailable(Exception):
    """This machine cannot write DOCX; `str(error)` says what to install."""


def as_docx(letter: Letter) -> bytes:
    """Raises DOCXUnavailable. The document is `LETTERS["docx"]`, or the one that ships."""
    try:
        from docxtpl import DocxTemplate  # inside: optional library
    except ImportError:
        raise DOCXUnavailable(
            _("Letters as DOCX need the extra “letters”: %(command)s")
            % {"command": 'pip install "pakn-portal[letters]"'}
        ) from None
    document = DocxTemplate(str(portal_settings.LETTERS["docx"] or SHIPPED))
    document.render({"letter": _clean(asdict(letter))}, autoescape=True)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value
