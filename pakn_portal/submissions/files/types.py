"""The types of file a site may allow, and the check of content and structure for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
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
    #: As Pillow calls it, for pictures: they are drawn anew for whoever is not their sender.
    picture: str = ""


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final = {
    row.extension: row
    for row in (
        FileType("pdf", "application/pdf", pdf.check),
        FileType("jpg", "image/jpeg", images.check_jpeg, aliases=("jpeg",), picture="JPEG"),
        FileType("png", "image/png", images.check_png, picture="PNG"),
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


def cleaned(file: Any, content_type: str) -> BytesIO | None:
    """The file without what it tells beside its content; None for a type that is handed on as it is.

    Raises FileRefused when it turns out to be broken.
    """
    picture = next((row.picture for row in TYPES.values() if row.content_type == content_type), "")
    return images.clean_image(file, picture) if picture else None


def type_list() -> str:
    """For the hint: "PDF, JPG, PNG"."""
    return ", ".join(code.upper() for code in portal_settings.ATTACHMENT_TYPES if code in TYPES)


def accept_attribute() -> str:
    """For the browser's file chooser."""
    return ",".join(f".{ending}" for ending in allowed_types())
