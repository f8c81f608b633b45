"""Verbs of what senders send: store a submission or supplement, scan its files. None takes a request."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import token_urlsafe

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pakn_portal import clock
from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.registered import office_closes, registered_on
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.actor import Actor
from pakn_portal.snippets.enums import Kind, SenderKind
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions import sameness, secrets
from pakn_portal.submissions.correcting import searched
from pakn_portal.submissions.enums import Channel, FileState
from pakn_portal.submissions.files.scanner import ScannerUnavailable, threat_in
from pakn_portal.submissions.models import (
    Attachment,
    Sender,
    StoredFile,
    Submission,
    Supplement,
    kinds_of_files,
)
from pakn_portal.submissions.tray import adopt
from pakn_portal.text import normalize

logger = logging.getLogger(__name__)


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
            files = adopt(form_key, submission=submission)
    except IntegrityError:
        # the same form was accepted before
        earlier = find_submission_of(form_key)
        if earlier is None:
            raise
        return repeat_of(earlier, form_key)
    return Accepted(submission, secret, attachments=files)


def find_submission_of(form_key: str) -> Submission | None:
    """The submission that this form made, if any."""
    made = Submission.objects.filter(form_key_hash=secrets.form_key_hash(form_key))
    # almost always there is none, and to ask for that alone costs a quarter
    return made.select_related("sender", "case").first() if made.exists() else None


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
            adopt(form_key, submission=submission, supplement=supplement)
    return supplement


def find_supplement_of(form_key: str, *, submission: Submission | None = None) -> Supplement | None:
    """The supplement that this form made, to this submission or to any."""
    found = Supplement.objects if submission is None else submission.supplements
    return found.filter(form_key_hash=secrets.form_key_hash(form_key)).first()


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
    submission.folded = searched(submission)
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
