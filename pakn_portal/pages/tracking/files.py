"""Files of cases, to those with the right to them. Never under a public address."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase

from pakn_portal.cases.files import is_as_stored
from pakn_portal.pages.privacy import keep_private
from pakn_portal.pages.tracking.told import files_for_sender
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.files import FileRefused, ReaderFailed, cleaned
from pakn_portal.submissions.models import Attachment, StoredFile, Submission

logger = logging.getLogger(__name__)


def sender_file(submission: Submission, key: str) -> HttpResponseBase:
    """A file to the sender it came from, as they sent it, or one that the ministry sent them, as it was
    approved; 404 for any other, so that keys cannot be tried (H39).
    """
    if own := available_file(Attachment, key=key, submission=submission):
        return file_response(own)
    told = next((file for file in files_for_sender(submission.case) if file.key == key), None)
    if told is None or told.state != FileState.AVAILABLE:
        raise Http404
    if not is_as_stored(told):
        logger.error("File %s of case %s is not the one that was attached.", told.pk, submission.case)
        raise Http404
    return file_response(told)


def file_response(attachment: StoredFile, *, is_cleaned: bool = False) -> HttpResponseBase:
    """A download that no browser opens inside the site, under the sender's name for it (RFC 6266).

    `is_cleaned`: pictures without place, camera and names.
    """
    try:
        stream = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    if is_cleaned:
        try:
            stream = _cleaned(attachment, stream)
        except ReaderFailed as error:
            return keep_private(
                HttpResponse(str(error), status=503, content_type="text/plain", headers={"Retry-After": "60"})
            )
    return download(stream, attachment)


def download(stream: Any, attachment: StoredFile) -> HttpResponseBase:
    """These bytes under the name of the file."""
    response = FileResponse(
        stream, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return keep_private(response)


def _cleaned(attachment: StoredFile, stream: Any) -> Any:
    """Drawn anew for each download: no second copy is kept. What cannot be drawn is handed to nobody.

    Raises ReaderFailed, which tells nothing about the picture, when there was no time or room to draw it.
    """
    try:
        copy = cleaned(stream, attachment.content_type)
    except ReaderFailed:
        stream.close()
        raise
    except FileRefused as error:
        stream.close()
        type(attachment)._default_manager.filter(pk=attachment.pk).update(state=FileState.UNREADABLE)
        raise Http404 from error
    if copy is None:
        stream.seek(0)
        return stream
    stream.close()
    return copy


def available_file(model: type[StoredFile], *, key: str, **which: Any) -> StoredFile | None:
    """None for one that is not there, or not to be had."""
    # PostgreSQL fails on a NUL instead of finding nothing
    key = key if key.isprintable() else ""
    return model._default_manager.filter(state=FileState.AVAILABLE, key=key, **which).first()
