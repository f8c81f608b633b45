"""The files of one form wait in its tray, under the form's key, until it is accepted or they are swept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.submissions import secrets
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.files.errors import FileRefused
from pakn_portal.submissions.files.sizes import file_size
from pakn_portal.submissions.models import Attachment, Submission, Supplement, UploadTray
from pakn_portal.submissions.storage import drop_bytes

#: How long a file waits for its form; the form's key is valid no longer than that.
UPLOADS_WAIT: Final = timedelta(hours=24)


def keep_upload(
    file: File[bytes],
    *,
    form_key: str,
    name: str,
    content_type: str,
    sha256: str,
    is_scanned: bool = True,
    warnings: Iterable[str] = (),
) -> Attachment:
    """Keep a file that passed `files.check_file` until its form is accepted. The same file sent twice is kept
    once, also if both arrive at the same moment. Raises FileRefused if the form has no room for it.

    A file that is not scanned yet stays closed to everybody until `scan_waiting_files` finds it clean.
    """
    key = secrets.form_key_hash(form_key)
    attachment = Attachment(
        upload_key=key,
        name=name,
        size=file.size or 0,
        content_type=content_type,
        sha256=sha256,
        warnings=sorted(warnings),
        state=FileState.AVAILABLE if is_scanned else FileState.RECEIVED,
        uploaded_at=clock.now(),
    )
    file.seek(0)
    # before the lock, so that a slow disk delays nobody else
    attachment.file.save(name, file, save=False)
    try:
        kept = _add(attachment)
    except Exception:
        attachment.file.delete(save=False)
        raise
    if kept is not attachment:
        attachment.file.delete(save=False)
    return kept


@transaction.atomic
def _add(attachment: Attachment) -> Attachment:
    """Insert the row, or return that of the same file which waits already."""
    _lock_tray(attachment.upload_key)
    waiting = list(Attachment.objects.filter(upload_key=attachment.upload_key, submission=None))
    for known in waiting:
        if (known.sha256, known.name) == (attachment.sha256, attachment.name):
            return known
    _check_room(attachment, waiting)
    attachment.save()
    return attachment


def _lock_tray(key: str) -> UploadTray:
    # the first statement is a write: SQLite locks with it, whatever the mode of its transactions
    UploadTray.objects.bulk_create([UploadTray(key=key)], ignore_conflicts=True)
    return UploadTray.objects.select_for_update().get(key=key)


def _check_room(attachment: Attachment, waiting: list[Attachment]) -> None:
    most = portal_settings.ATTACHMENT_MAX_COUNT
    if len(waiting) >= most:
        raise FileRefused(_("At most %(count)s files can be sent; this one is too many.") % {"count": most})
    total = sum(one.size for one in waiting) + attachment.size
    if total > portal_settings.ATTACHMENTS_MAX_TOTAL_BYTES:
        limit = file_size(portal_settings.ATTACHMENTS_MAX_TOTAL_BYTES)
        raise FileRefused(_("All files together may have at most %(limit)s.") % {"limit": limit})


def waiting_uploads(form_key: str) -> list[Attachment]:
    """The files kept under this form, in the order of their arrival."""
    return list(Attachment.objects.filter(upload_key=secrets.form_key_hash(form_key), submission=None))


def number_waiting(form_keys: Iterable[str]) -> dict[str, int]:
    """How many files are kept under each of these forms, in one query; a form without files is left out."""
    of_hash = {secrets.form_key_hash(form_key): form_key for form_key in form_keys if form_key}
    waiting = Attachment.objects.filter(upload_key__in=of_hash, submission=None)
    return Counter(of_hash[kept] for kept in waiting.values_list("upload_key", flat=True)) if of_hash else {}


def bytes_waiting(*, of_staff: bool = False) -> int:
    """Bytes of all files that wait for the forms of visitors, or for those of staff: neither shuts the others
    out. A tray is of staff once `keep_uploads` said until when it waits.
    """
    trays = UploadTray.objects.exclude(kept_until=None).values("key")
    waiting = Attachment.objects.filter(submission=None)
    waiting = waiting.filter(upload_key__in=trays) if of_staff else waiting.exclude(upload_key__in=trays)
    return waiting.aggregate(total=Sum("size"))["total"] or 0


def adopt(form_key: str, *, submission: Submission, supplement: Supplement | None = None) -> list[Attachment]:
    """Attach all waiting files in one statement, so that a file that is removed at
    the same moment is left out.
    """
    waiting = Attachment.objects.filter(upload_key=secrets.form_key_hash(form_key), submission=None)
    pks = list(waiting.values_list("pk", flat=True))
    if not pks:
        return []
    waiting.filter(pk__in=pks).update(submission=submission, supplement=supplement, upload_key="")
    return list(Attachment.objects.filter(pk__in=pks, submission=submission))


def take_over_uploads(form_key: str) -> list[Attachment]:
    """The files that wait under this form, whose rows go: what is stored belongs to the caller, who writes
    rows of their own for it in the same transaction.
    """
    waiting = Attachment.objects.filter(upload_key=secrets.form_key_hash(form_key), submission=None)
    taken = list(waiting.select_for_update())
    waiting.filter(pk__in=[each.pk for each in taken]).delete()
    return taken


def keep_uploads(form_key: str, *, place: str, until: datetime | None) -> None:
    """Say of the waiting files where their form is, and until when at least a kept draft of staff has its
    words; None leaves that as it is. Without waiting files there is nothing to keep.
    """
    key = secrets.form_key_hash(form_key)
    if Attachment.objects.filter(upload_key=key, submission=None).exists():
        _keep_tray(key, place, until)


def _keep_tray(key: str, place: str, until: datetime | None) -> None:
    tray = UploadTray.objects.filter(key=key)
    tray.update(place=place)
    if until is not None:
        tray.filter(Q(kept_until=None) | Q(kept_until__lt=until)).update(kept_until=until)


@transaction.atomic
def move_uploads(form_key: str, *, to: str) -> None:
    """Move the waiting files of one form to a new form, because the first was accepted without them. They are
    of the same place, and wait as long.
    """
    old, new = secrets.form_key_hash(form_key), secrets.form_key_hash(to)
    tray = _lock_tray(old)
    _lock_tray(new)
    _keep_tray(new, tray.place, tray.kept_until)
    Attachment.objects.filter(upload_key=old, submission=None).update(upload_key=new)


def drop_uploads_at(place: str) -> None:
    """Delete what waits for forms whose place begins so."""
    keys = list(UploadTray.objects.filter(place__startswith=place).values_list("key", flat=True))
    for leftover in Attachment.objects.filter(upload_key__in=keys, submission=None):
        _delete(leftover)


def drop_uploads(form_key: str) -> None:
    """Delete all files that wait for this form, which was accepted with the same files before."""
    for leftover in waiting_uploads(form_key):
        _delete(leftover)


def drop_upload(key: str, *, form_key: str) -> bool:
    """Delete a waiting file, row and bytes; only with the key of the form with which it came (H39). False
    where there is none, or where its form has arrived with it meanwhile.
    """
    kept = next((one for one in waiting_uploads(form_key) if one.key == key), None)
    return kept is not None and bool(_delete(kept))


def _delete(attachment: Attachment) -> int:
    """Unless its form has arrived with it meanwhile."""
    deleted, _by_model = Attachment.objects.filter(pk=attachment.pk, submission=None).delete()
    if deleted:
        drop_bytes(attachment.file)
    return deleted


def sweep_uploads(*, older_than: timedelta = UPLOADS_WAIT) -> int:
    """Delete files whose form was never sent (I11); returns how many. Safe to run twice at once."""
    now = clock.now()
    before = now - older_than
    kept = UploadTray.objects.filter(kept_until__gt=now)
    leftovers = Attachment.objects.filter(submission=None, uploaded_at__lt=before)
    leftovers = leftovers.exclude(upload_key__in=kept.values("key"))
    UploadTray.objects.filter(opened_at__lt=before).exclude(pk__in=kept.values("pk")).delete()
    return sum(_delete(leftover) for leftover in leftovers.iterator())
