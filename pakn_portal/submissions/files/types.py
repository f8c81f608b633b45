"""The types of file a site may allow, and the check of content and structure for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pakn_portal.conf import portal_settings
from pakn_portal.submissions.files import compound, images, office, pdf

#: Looks at the open file, raises FileRefused, returns codes of FileWarning.
Check = Callable[[Any], set[str]]


@dataclass(frozen=True)
class FileType:
    extension: str
    content_type: str
    check: Check
    aliases: tuple[str, ...] = ()


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final = {
    row.extension: row
    for row in (
        FileType("pdf", "application/pdf", pdf.check),
        FileType("jpg", "image/jpeg", images.check_jpeg, aliases=("jpeg",)),
        FileType("png", "image/png", images.check_png),
        FileType("docx", f"{_OPEN_XML}.wordprocessingml.document", office.check_docx),
        FileType("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", office.check_xlsx),
        FileType("doc", "application/msword", compound.check_doc),
        FileType("xls", "application/vnd.ms-excel", compound.check_xls),
    )
}


def allowed_types() -> dict[str, FileType]:
    """The types of ATTACHMENT_TYPES, by each ending that means them."""
    allowed = [TYPES[code] for code in portal_settings.ATTACHMENT_TYPES if code in TYPES]
    return {ending: row for row in allowed for ending in (row.extension, *row.aliases)}


def type_list() -> str:
    """For the hint: "PDF, JPG, PNG"."""
    return ", ".join(code.upper() for code in portal_settings.ATTACHMENT_TYPES if code in TYPES)


def accept_attribute() -> str:
    """For the browser's file chooser."""
    return ",".join(f".{ending}" for ending in allowed_types())
