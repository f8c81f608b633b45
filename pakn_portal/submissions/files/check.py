"""Runs one file through all checks, the cheapest first."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from typing import Final

from django.core.files.base import File
from django.utils.translation import gettext as _

from pakn_portal.conf import portal_settings
from pakn_portal.submissions.files import reader
from pakn_portal.submissions.files.errors import FileRefused, refusal
from pakn_portal.submissions.files.names import clean_name, extension_of, with_extension
from pakn_portal.submissions.files.scanner import ScannerUnavailable, threat_in
from pakn_portal.submissions.files.sizes import file_size
from pakn_portal.submissions.files.types import FileType, allowed_types, type_list
from pakn_portal.submissions.reading.starts import PICTURES
from pakn_portal.submissions.reading.verdict import Reason

logger = logging.getLogger(__name__)

#: Picture formats of telephones and web sites; their message says how to convert the file, too.
_PHONE_PICTURES: Final = frozenset({"heic", "heif", "webp", "avif"})


@dataclass(frozen=True)
class CheckedFile:
    """What `keep_upload` needs to know. If `is_scanned` is false, the scanner did not
    answer and the file waits.
    """

    name: str
    content_type: str
    sha256: str
    is_scanned: bool = True
    warnings: set[str] = field(default_factory=set)


def check_file(file: File[bytes], name: str, *, who: str = "") -> CheckedFile:
    """Raises FileRefused with a sentence for the sender. Reads the file in pieces, never as a whole.

    `who` is the address that sent it; of one address, one file is read at a time.
    """
    name = clean_name(name)
    kind = allowed_types().get(extension_of(name))
    if extension_of(name) in _PHONE_PICTURES:
        raise refusal(Reason.PHONE_PICTURE, "")
    if kind is None:
        raise FileRefused(_("This type of file cannot be sent. Allowed: %(types)s.") % {"types": type_list()})
    if not file.size:
        raise FileRefused(_("The file is empty. Check that it opens on your device, then choose it again."))
    if file.size > portal_settings.ATTACHMENT_MAX_BYTES:
        raise FileRefused(
            _("The file is too large (%(size)s). One file may have at most %(limit)s.")
            % {
                "size": file_size(file.size),
                "limit": file_size(portal_settings.ATTACHMENT_MAX_BYTES),
            }
        )
    true_kind = _true_kind(file, kind)
    if true_kind is not kind:
        kind, name = true_kind, with_extension(name, true_kind.extension)
    digest = _sha256(file, kind.extension)
    warnings = reader.look(file, kind.extension, who=who)
    is_scanned = _scan(file)
    file.seek(0)
    return CheckedFile(name, kind.content_type, digest, is_scanned, warnings)


def _true_kind(file: File[bytes], kind: FileType) -> FileType:
    """Chat programs give a picture the extension of another type: the content
    decides, if that type is allowed.
    """
    file.seek(0)
    start = file.read(max(len(magic) for magic in PICTURES.values()))
    file.seek(0)
    if kind.extension not in PICTURES or start.startswith(PICTURES[kind.extension]):
        return kind
    found = next((ending for ending, magic in PICTURES.items() if start.startswith(magic)), "")
    return allowed_types().get(found, kind)


def _sha256(file: File[bytes], extension: str) -> str:
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    if size != file.size:
        raise refusal(Reason.DAMAGED, extension)
    return digest.hexdigest()


def _scan(file: File[bytes]) -> bool:
    try:
        threat = threat_in(file)
    except ScannerUnavailable:
        logger.warning("The scanner did not answer about a new file: it waits, and nobody can open it")
        return False
    if threat:
        raise FileRefused(
            _("The file was found to be dangerous (%(threat)s) and was not kept.") % {"threat": threat},
            was_read=True,
        )
    return True
