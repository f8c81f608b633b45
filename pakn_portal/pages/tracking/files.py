"""Files from senders, to those with the right to them. Never under a public address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase

from pakn_portal.pages.privacy import keep_private
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.files import FileRefused, ReaderFailed, cleaned
from pakn_portal.submissions.models import Attachment, Submission


def sender_file(submission: Submission, key: str) -> HttpResponseBase:
    """A file to the sender it came from, as they sent it; 404 for any other, so that keys cannot be tried
    (H39).
    """
    return file_response(available_file(key=key, submission=submission))


def file_response(attachment: Attachment, *, is_cleaned: bool = False) -> HttpResponseBase:
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
    response = FileResponse(
        stream, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return keep_private(response)


def _cleaned(attachment: Attachment, stream: Any) -> Any:
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
        Attachment.objects.filter(pk=attachment.pk).update(state=FileState.UNREADABLE)
        raise Http404 from error
    if copy is None:
        stream.seek(0)
        return stream
    stream.close()
    return copy


def available_file(**which: Any) -> Attachment:
    """Raises Http404 for one that is not there, or not to be had."""
    # PostgreSQL fails on a NUL instead of finding nothing
    key = which["key"] if which["key"].isprintable() else ""
    attachment = Attachment.objects.filter(state=FileState.AVAILABLE, **{**which, "key": key}).first()
    if attachment is None:
        raise Http404
    return attachment
