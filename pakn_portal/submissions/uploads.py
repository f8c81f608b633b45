"""Files that come with a form: each is checked alone, and the good ones wait under the form's key."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NoReturn

from django.core.files.base import File
from django.utils.translation import gettext as _

from pakn_portal.conf import portal_settings
from pakn_portal.submissions import limits
from pakn_portal.submissions.files import FileRefused, ReaderBusy, check_file, clean_name
from pakn_portal.submissions.limits import Claim, give_back_all, take_all, wait_in_words
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.tray import bytes_waiting, drop_upload, keep_upload, waiting_uploads
from pakn_portal.text import secret_markings

logger = logging.getLogger(__name__)


@dataclass
class Uploads:
    """The files that wait for a form, and a sentence for each that was refused."""

    kept: list[Attachment] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def take_uploads(
    files: Iterable[File[bytes]],
    *,
    form_key: str,
    address: str,
    remove: Iterable[str] = (),
    is_staff: bool = False,
) -> Uploads:
    """Remove the files that the sender ticked, then check and keep the new ones. A bad
    file never costs a good one.

    The form's key must be valid; see `refuse_uploads`. Staff have limits of their own for bytes.
    """
    for key in remove:
        drop_upload(key, form_key=form_key)
    uploads = Uploads(kept=waiting_uploads(form_key))
    coming = iter(files)
    for file in coming:
        try:
            attachment = _take(file, uploads.kept, form_key, address, is_staff)
        except ReaderBusy as busy:
            # each would wait as long as this one, and the web server would time out before the last
            uploads.errors += [_told(one, str(busy)) for one in (file, *coming)]
        except FileRefused as refusal:
            uploads.errors.append(_told(file, str(refusal)))
        else:
            uploads.kept += [] if attachment in uploads.kept else [attachment]
    return uploads


def refuse_uploads(files: Iterable[File[bytes]]) -> Uploads:
    """For a form whose key we did not issue: its files are neither read nor kept."""
    reason = _("It was not kept, because the form came in an unknown shape. Choose it again.")
    return Uploads(errors=[_told(file, reason) for file in files])


def _told(file: File[bytes], reason: str) -> str:
    return _("“%(name)s”: %(reason)s") % {"name": clean_name(file.name or ""), "reason": reason}


def _take(
    file: File[bytes], kept: list[Attachment], form_key: str, address: str, is_staff: bool
) -> Attachment:
    if refused := take_all([Claim(limits.UPLOAD_HOUR, address)]):
        _refuse(refused)
    _check_space(file, is_staff)
    room = _room_for(file, address, is_staff)
    if refused := take_all(room):
        _refuse(refused)
    counts = False
    try:
        attachment = _check_and_keep(file, form_key, address)
        counts = attachment not in kept
    except FileRefused as refusal:
        counts = refusal.was_read  # else refused files could make us read without limit
        raise
    finally:
        if not counts:
            give_back_all(room)
    return attachment


def _room_for(file: File[bytes], address: str, is_staff: bool) -> list[Claim]:
    size = min(file.size or 0, portal_settings.ATTACHMENT_MAX_BYTES)  # a larger one is refused for its size
    if is_staff:
        return [Claim(limits.STAFF_UPLOAD_BYTES_HOUR, address, size)]
    return [Claim(limits.UPLOAD_BYTES_HOUR, address, size), Claim(limits.UPLOAD_BYTES_DAY, address, size)]


def _refuse(claim: Claim) -> NoReturn:
    message = _("Too much came from your connection in a short time. Send this file in %(wait)s.")
    raise FileRefused(message % {"wait": wait_in_words(claim.seconds_to_wait)})


def _check_and_keep(file: File[bytes], form_key: str, address: str) -> Attachment:
    if secret_markings(file.name or ""):
        raise FileRefused(
            _(
                "The name of the file has a mark of secrecy, so it was not kept. Secret papers are only "
                "taken on paper at the Ministry Office; if it is none, rename the file."
            )
        )
    checked = check_file(file, file.name or "", who=address)
    return keep_upload(
        file,
        form_key=form_key,
        name=checked.name,
        content_type=checked.content_type,
        sha256=checked.sha256,
        is_scanned=checked.is_scanned,
        warnings=checked.warnings,
    )


def _check_space(file: File[bytes], is_staff: bool) -> None:
    """Refuse if waiting files use up the space, so that neither a thousand addresses nor an account that was
    stolen can fill the disk with files of forms that are never sent.
    """
    name = "STAFF_UPLOADS_WAITING_MAX_BYTES" if is_staff else "UPLOADS_WAITING_MAX_BYTES"
    most = getattr(portal_settings, name)
    if most and bytes_waiting(of_staff=is_staff) + (file.size or 0) > most:
        logger.error("Files that wait for their form fill %s; no more are taken", name)
        raise FileRefused(
            _("No more files can be kept just now. Send without it, or try again in some hours.")
        )
