"""Files that come with a form: each is checked by itself, the good ones wait under the form's key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.base import File
from django.utils.translation import gettext as _

from pakn_portal.submissions import limits
from pakn_portal.submissions.actions import drop_upload, keep_upload, waiting_uploads
from pakn_portal.submissions.fields import markings_in
from pakn_portal.submissions.files import FileRefused, check_file, clean_name
from pakn_portal.submissions.models import Attachment


@dataclass
class Uploads:
    """The files that wait under a form, and a sentence for each that was refused."""

    kept: list[Attachment] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def take_uploads(
    files: Iterable[File], *, form_key: str, address: str, remove: Iterable[str] = ()
) -> Uploads:
    """Drop what the sender ticked, check and keep what came. Nothing good is lost because another file is
    bad.
    """
    for key in remove:
        drop_upload(key, form_key=form_key)
    uploads = Uploads(kept=waiting_uploads(form_key))
    for file in files:
        try:
            attachment = _take(file, form_key, address)
        except FileRefused as refusal:
            name = clean_name(file.name or "")
            uploads.errors.append(_("“%(name)s”: %(reason)s") % {"name": name, "reason": refusal})
        else:
            uploads.kept += [] if attachment in uploads.kept else [attachment]
    return uploads


def _take(file: File, form_key: str, address: str) -> Attachment:
    if not limits.UPLOAD_HOUR.take(address):
        raise FileRefused(_("Too many files came from your connection within an hour. Send this one later."))
    if markings_in(file.name or ""):
        raise FileRefused(
            _(
                "The name of the file has a mark of secrecy, so it was not kept. Secret "
                "papers are only taken on "
                "paper at the Ministry Office; if it is none, rename the file."
            )
        )
    checked = check_file(file, file.name or "")
    return keep_upload(
        file,
        form_key=form_key,
        name=checked.name,
        content_type=checked.content_type,
        sha256=checked.sha256,
        is_scanned=checked.is_scanned,
        warnings=checked.warnings,
    )
