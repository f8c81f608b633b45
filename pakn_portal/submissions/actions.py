"""Verbs of what senders send: keep an upload, store a submission or supplement. None takes a request."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.registered import office_closes, registered_on
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.actor import Actor
from pakn_portal.snippets.enums import Kind, SenderKind
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions import sameness, secrets
from pakn_portal.submissions.enums import Channel, FileState
from pakn_portal.submissions.files.errors import FileRefused
from pakn_portal.submissions.files.scanner import ScannerUnavailable, threat_in
from pakn_portal.submissions.files.sizes import file_size
from pakn_portal.submissions.models import (
    Attachment,
    Sender,
    StoredFile,
    Submission,
    Supplement,
    UploadTray,
    kinds_of_files,
)
from pakn_portal.submissions.storage import drop_bytes
from pakn_portal.text import fold, normalize

logger = logging.getLogger(__name__)

#: How long a file waits for its form; the form's key is valid no longer than that.
UPLOADS_WAIT: Final = timedelta(hours=24)


@dataclass(frozen=True)
class NewSender:
    """The sender, as typed."""

    full_name: str
    kind: str = SenderKind.CITIZEN
    organisation: str = ""
    tax_code: str = ""
    address: str = ""
    province: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class NewSubmission:
    """What is sent. `received_at` (aware) and `backdating_reason` are for staff who enter a letter."""

    sender: NewSender
    title: str
    content: str
    kind: str = Kind.PETITION
    channel: str = Channel.WEB
    suggested_sector: Sector | None = None
    concerned_unit: str = ""
    wants_name_published: bool = False
    received_at: datetime | None = None
    backdating_reason: str = ""
    letter_number: str = ""
    letter_dated_on: date | None = None
    entered_by: Actor = None


@dataclass(frozen=True)
class Accepted:
    """`secret` is the tracking secret in clear. `is_repeat`: the form was accepted before."""

    submission: Submission
    secret: str
    is_repeat: bool = False
    attachments: list[Attachment] = field(default_factory=list)


def create_submission(
    new: NewSubmission, *, form_key: str = "", words_hash: str = "", calendar: Calendar | None = None
) -> Accepted:
    """Store a submission with the files kept under `form_key`. One form key makes one submission (I2).

    Half of `cases.intake.take_in`, which opens the case in the same transaction. Every text is normalised.
    Without a form key (import, staff) it makes a new one, without a `calendar` it reads the present one.
    `words_hash` identifies what was typed, see `repeats`: the same form may be sent again with other content.
    """
    form_key = form_key or token_urlsafe(16)
    secret = secrets.derive_secret(form_key)
    try:
        with transaction.atomic():
            submission = _save(new, form_key, secret, words_hash, calendar)
            files = _adopt(form_key, submission=submission)
    except IntegrityError:
        # the same form was accepted before
        earlier = find_submission_of(form_key)
        if earlier is None:
            raise
        return repeat_of(earlier, form_key)
    return Accepted(submission, secret, attachments=files)


def find_submission_of(form_key: str) -> Submission | None:
    """The submission that this form made, if any."""
    found = Submission.objects.select_related("sender", "case")
    return found.filter(form_key_hash=secrets.form_key_hash(form_key)).first()


def repeat_of(submission: Submission, form_key: str) -> Accepted:
    """The same receipt again, for a POST that arrived twice."""
    secret = secrets.derive_secret_again(form_key, submission.secret_hash, submission.pk)
    return Accepted(submission, secret, is_repeat=True)


def add_supplement(
    submission: Submission, *, content: str, form_key: str = "", words_hash: str = ""
) -> Supplement:
    """Store a supplement with the files kept under `form_key`. One form key makes one supplement: raises
    IntegrityError the second time, see `find_supplement_of`.

    Half of `cases.intake.add_to`, which records it in the case in the same transaction.
    """
    with transaction.atomic():
        supplement = Supplement.objects.create(
            submission=submission,
            content=normalize(content).strip(),
            received_at=clock.now(),
            form_key_hash=secrets.form_key_hash(form_key) if form_key else None,
            words_hash=words_hash,
        )
        if form_key:
            _adopt(form_key, submission=submission, supplement=supplement)
    return supplement


def find_supplement_of(form_key: str, *, submission: Submission | None = None) -> Supplement | None:
    """The supplement that this form made, to this submission or to any."""
    found = Supplement.objects if submission is None else submission.supplements
    return found.filter(form_key_hash=secrets.form_key_hash(form_key)).first()


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


def bytes_waiting() -> int:
    """Bytes of all files that wait for the forms of visitors. What waits for staff is limited in number, and
    must not shut visitors out.
    """
    of_staff = UploadTray.objects.exclude(kept_until=None)
    waiting = Attachment.objects.filter(submission=None).exclude(upload_key__in=of_staff.values("key"))
    return waiting.aggregate(total=Sum("size"))["total"] or 0


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


def drop_uploads_at(place: str) -> None:
    """Delete what waits for forms whose place begins so."""
    keys = list(UploadTray.objects.filter(place__startswith=place).values_list("key", flat=True))
    for leftover in Attachment.objects.filter(upload_key__in=keys, submission=None):
        _delete(leftover)


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


def sweep_uploads(*, older_than: timedelta = UPLOADS_WAIT) -> int:
    """Delete files whose form was never sent (I11); returns how many. Safe to run twice at once."""
    now = clock.now()
    before = now - older_than
    kept = UploadTray.objects.filter(kept_until__gt=now)
    leftovers = Attachment.objects.filter(submission=None, uploaded_at__lt=before)
    leftovers = leftovers.exclude(upload_key__in=kept.values("key"))
    UploadTray.objects.filter(opened_at__lt=before).exclude(pk__in=kept.values("pk")).delete()
    return sum(_delete(leftover) for leftover in leftovers.iterator())


def scan_waiting_files() -> int:
    """Scan again the files for which the scanner was unavailable when they came (F22); returns
    how many now have a result. How many have none is logged once, not for each file.
    """
    decided = unanswered = 0
    for unscanned in _unscanned():
        for one in unscanned.iterator():
            try:
                with one.file.open("rb") as file:
                    threat = threat_in(file)
            except ScannerUnavailable:
                unanswered += 1
                continue
            state = FileState.UNREADABLE if threat else FileState.AVAILABLE
            decided += unscanned.filter(pk=one.pk).update(state=state)
    if unanswered:
        logger.warning("The scanner did not answer about %s waiting files: nobody can open them", unanswered)
    return decided


def files_to_scan() -> int:
    """How many files have no result of the scanner yet, so that nobody can open them."""
    return sum(unscanned.count() for unscanned in _unscanned())


def _unscanned() -> list[QuerySet[StoredFile]]:
    return [model._default_manager.filter(state=FileState.RECEIVED) for model in kinds_of_files()]


def _save(
    new: NewSubmission, form_key: str, secret: str, words_hash: str, calendar: Calendar | None
) -> Submission:
    received_at = new.received_at or clock.now()
    sender = Sender.objects.create(
        **{name: normalize(value).strip() for name, value in vars(new.sender).items()}
    )
    submission = Submission(
        sender=sender,
        kind=new.kind,
        title=" ".join(normalize(new.title).split()),
        content=normalize(new.content).strip(),
        channel=new.channel,
        suggested_sector=new.suggested_sector,
        concerned_unit=normalize(new.concerned_unit).strip(),
        wants_name_published=new.wants_name_published,
        received_at=received_at,
        registered_on=registration_day(received_at, calendar),
        backdating_reason=normalize(new.backdating_reason).strip(),
        letter_number=normalize(new.letter_number).strip(),
        letter_dated_on=new.letter_dated_on,
        entered_by=new.entered_by,
        form_key_hash=secrets.form_key_hash(form_key),
        words_hash=words_hash,
    )
    submission.folded = fold(" ".join([sender.full_name, sender.organisation, submission.title]))
    submission.content_key = sameness.content_key(submission.content)
    submission.save()
    # bound to the key that the row has now
    submission.secret_hash = secrets.hash_secret(secret, submission.pk)
    submission.save(update_fields=["secret_hash"])
    sameness.remember(submission)
    return submission


def registration_day(received_at: datetime, calendar: Calendar | None = None) -> date:
    """The working day on which a submission counts as registered; the day of receipt
    if the calendar ends (F27).
    """
    try:
        return registered_on(
            received_at,
            calendar=calendar or current_calendar(),
            office_closes=office_closes(),
            zone=clock.zone(),
        )
    except UnknownYear as error:
        logger.warning("Registered on the day of receipt itself: %s", error)
        return clock.local_date(received_at)


def _adopt(
    form_key: str, *, submission: Submission, supplement: Supplement | None = None
) -> list[Attachment]:
    """Attach all waiting files in one statement, so that a file that is removed at
    the same moment is left out.
    """
    waiting = Attachment.objects.filter(upload_key=secrets.form_key_hash(form_key), submission=None)
    pks = list(waiting.values_list("pk", flat=True))
    waiting.filter(pk__in=pks).update(submission=submission, supplement=supplement, upload_key="")
    return list(Attachment.objects.filter(pk__in=pks, submission=submission))


def _delete(attachment: Attachment) -> int:
    """Unless its form has arrived with it meanwhile."""
    deleted, _by_model = Attachment.objects.filter(pk=attachment.pk, submission=None).delete()
    if deleted:
        drop_bytes(attachment.file)
    return deleted
