"""The types of file a site may allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any, Final

from pakn_portal.conf import portal_settings
from pakn_portal.submissions.files import reader
from pakn_portal.submissions.reading.answer import COPIERS, DRAWERS


@dataclass(frozen=True)
class FileType:
    """`extension` is also the name of its reader, see `reading.answer.READERS`."""

    extension: str
    content_type: str
    aliases: tuple[str, ...] = ()


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final = {
    row.extension: row
    for row in (
        FileType("pdf", "application/pdf"),
        FileType("jpg", "image/jpeg", aliases=("jpeg", "jfif", "jpe")),
        FileType("png", "image/png"),
        FileType("docx", f"{_OPEN_XML}.wordprocessingml.document"),
        FileType("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet"),
        FileType("doc", "application/msword"),
        FileType("xls", "application/vnd.ms-excel"),
    )
}


def allowed_types() -> dict[str, FileType]:
    """The types of ATTACHMENT_TYPES, by each extension that stands for them."""
    allowed = [TYPES[code] for code in portal_settings.ATTACHMENT_TYPES if code in TYPES]
    return {ending: row for row in allowed for ending in (row.extension, *row.aliases)}


def cleaned(file: Any, content_type: str) -> IO[bytes] | None:
    """The file without metadata; None for a type that is handed on unchanged.

    Pictures are drawn again for everybody but their sender. Raises FileRefused if the file is broken,
    ReaderFailed if that could not be found out.
    """
    kind = _extension(content_type)
    return reader.draw(file, kind) if kind in DRAWERS else None


def has_copy(content_type: str) -> bool:
    """Whether a copy for the public can be made of this type."""
    return _extension(content_type) in COPIERS


def copy_for_public(file: Any, content_type: str) -> reader.PublicCopy:
    """See `reader.copy_for_public`. Raises FileRefused."""
    return reader.copy_for_public(file, _extension(content_type))


def _extension(content_type: str) -> str:
    return next((row.extension for row in TYPES.values() if row.content_type == content_type), "")


def type_list() -> str:
    """For the hint: "PDF, JPG, PNG"."""
    return ", ".join(code.upper() for code in portal_settings.ATTACHMENT_TYPES if code in TYPES)


def accept_attribute() -> str:
    """The `accept` attribute of the browser's file chooser."""
    return ",".join(f".{ending}" for ending in allowed_types())
