"""The message for a file whose content is of another type than its name says: what it is, and what to do."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pakn_portal.conf import portal_settings

#: The code of HEIC, AVIF and WebP, which have a message of their own.
PHONE_PICTURE: Final = "phone"

_TEXT: Final = ("docx", "pdf")
_TABLE: Final = ("xlsx", "pdf")
_PICTURE: Final = ("jpg", "png")
_RENAME: Final = gettext_noop(
    "This file is %(found)s under the name of %(type)s. Change the ending of its name to .%(ending)s and "
    "choose it again."
)
_SAVE_AS: Final = gettext_noop(
    "This file is %(found)s under the name of %(type)s. Open it, choose “Save as” and the type %(targets)s, "
    "and choose the new file."
)
_UNPACK: Final = gettext_noop(
    "This file is %(found)s under the name of %(type)s. Unpack it and choose the files inside one by one."
)
_NOT_HERE: Final = gettext_noop(
    "This file is %(found)s under the name of %(type)s, which cannot be sent here. Allowed: %(types)s."
)
#: For each type that `reading.true_type` finds: its name, the advice, and the formats in which to save it.
_KNOWN: Final[dict[str, tuple[str, str, tuple[str, ...]]]] = {
    "pdf": ("PDF", _RENAME, ()),
    "jpg": ("JPG", _RENAME, ()),
    "png": ("PNG", _RENAME, ()),
    "docx": ("DOCX", _RENAME, _TEXT),
    "xlsx": ("XLSX", _RENAME, _TABLE),
    "doc": ("DOC", _RENAME, _TEXT),
    "xls": ("XLS", _RENAME, _TABLE),
    "rtf": ("RTF", _SAVE_AS, _TEXT),
    "odt": ("ODT", _SAVE_AS, _TEXT),
    "ods": ("ODS", _SAVE_AS, _TABLE),
    "odp": ("ODP", _SAVE_AS, ("pdf",)),
    "ppt": ("PPT", _SAVE_AS, ("pdf",)),
    "pptx": ("PPTX", _SAVE_AS, ("pdf",)),
    "html": ("HTML", _SAVE_AS, ()),
    "mht": ("MHT", _SAVE_AS, ()),
    "xml": ("XML", _SAVE_AS, ()),
    "msg": ("MSG", _SAVE_AS, ("pdf",)),
    "gif": ("GIF", _SAVE_AS, _PICTURE),
    "bmp": ("BMP", _SAVE_AS, _PICTURE),
    "tiff": ("TIFF", _SAVE_AS, _PICTURE),
    "svg": ("SVG", _SAVE_AS, _PICTURE),
    "zip": ("ZIP", _UNPACK, ()),
    "rar": ("RAR", _UNPACK, ()),
    "7z": ("7Z", _UNPACK, ()),
    "film": (gettext_noop("a film"), _NOT_HERE, ()),
}
_UNKNOWN: Final = gettext_noop(
    "The content is not a %(type)s file. Open it in its own program, choose “Save as” and the type "
    "%(targets)s, and choose the new file."
)
#: The formats in which to save it, by the extension that the sender chose.
_TARGETS: Final = {"xls": _TABLE, "xlsx": _TABLE, "png": _PICTURE, "jpg": _PICTURE}


def other_type(extension: str, found: str) -> str:
    """The message in the sender's language. `found` is a code of `reading.true_type`, empty if unknown."""
    name, sentence, targets = _KNOWN.get(found, ("", _UNKNOWN, ()))
    allowed = portal_settings.ATTACHMENT_TYPES
    if found == extension:
        sentence = _UNKNOWN
    elif sentence is _RENAME and found not in allowed:
        sentence = _SAVE_AS
    fitting = [code.upper() for code in targets or _TARGETS.get(extension, _TEXT) if code in allowed]
    return _(sentence) % {
        "found": _(name) if name else "",
        "type": extension.upper(),
        "ending": found,
        "targets": _(" or ").join(fitting or [code.upper() for code in allowed]),
        "types": ", ".join(code.upper() for code in allowed),
    }
