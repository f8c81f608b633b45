"""What the sender sent, the only home of personal data. Never edited, but for what a sender is known by, at
their own wish (`correcting.py`).
"""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.snippets.enums import Kind, SenderKind
from pakn_portal.submissions.enums import LAWFUL_FORMS, Channel, FileState, FileWarning
from pakn_portal.submissions.storage import attachment_path, private_storage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "Attachment",
    "KeptWords",
    "LeftWords",
    "LimitCount",
    "NumberSequence",
    "Sender",
    "StoredFile",
    "Submission",
    "Supplement",
    "UploadTray",
]


class Sender(models.Model):
    """Who sent it. Citizens and businesses have no account; each submission has its own row."""

    kind = models.CharField(_("sender"), max_length=20, choices=SenderKind)
    full_name = models.CharField(_("full name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=14, blank=True)
    address = models.CharField(_("address"), max_length=300)
    province = models.CharField(_("province"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("sender")
        verbose_name_plural = _("senders")
        indexes = [
            # other cases of one sender, for who takes one in
            models.Index(fields=["phone"], name="pakn_sender_phone"),
            models.Index(fields=["email"], name="pakn_sender_email"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Submission(models.Model):
    """One submission to the ministry (fields as in Decree 20/2008/NĐ-CP art. 6–7)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sender = models.OneToOneField(Sender, on_delete=models.PROTECT, related_name="submission")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    content = models.TextField(_("content"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel, default=Channel.WEB)
    suggested_sector = models.ForeignKey(
        "pakn_portal.Sector", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    concerned_unit = models.CharField(_("unit or person concerned"), max_length=200, blank=True)
    wants_name_published = models.BooleanField(_("agrees to be named"), default=False)
    #: When it was received, and the working day on which it counts as registered.
    received_at = models.DateTimeField(_("received at"), default=clock.now)
    registered_on = models.DateField(_("registered on"))
    backdating_reason = models.CharField(_("reason for the earlier date"), max_length=300, blank=True)
    #: Number and date of the letter it came in, as its own sender wrote them.
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    letter_dated_on = models.DateField(_("date of the letter"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: Folded name, organisation and title, for the staff's search box.
    folded = models.TextField(blank=True, editable=False)
    #: Digest of the content without marks and signs, see `sameness.py`: the same words sent twice.
    content_key = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    #: SHA-256 of the form's one-time key: finds the submission of a repeated POST, and stores no secret.
    form_key_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    #: Keyed hash of what was typed, see `repeats.py`: tells whether a repeated POST has other content. Empty
    #: without a form.
    words_hash = models.CharField(max_length=64, blank=True, editable=False)
    #: Hash of the tracking secret, bound to this row; see `secrets/hashes.py`.
    secret_hash = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_in_lawful_form(self) -> bool:
        return self.channel in LAWFUL_FORMS


class MailLink(models.Model):
    """A link in one mail to the sender, which opens the case without the tracking secret until it expires."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="mail_links")
    #: SHA-256 of its token: 128 random bits, so neither the database nor the site's key reveals it.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("mail link")
        verbose_name_plural = _("mail links")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Supplement(models.Model):
    """What the sender added later, when asked."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="supplements")
    content = models.TextField(_("content"))
    received_at = models.DateTimeField(_("received at"), default=clock.now)
    #: SHA-256 of the form's one-time key, as `Submission.form_key_hash`; None when staff entered it.
    form_key_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    #: As `Submission.words_hash`.
    words_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["received_at"]
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")

    def __str__(self) -> str:
        return f"#{self.pk}"


class StoredFile(models.Model):
    """A file in the private storage that passed `files.check_file`; the row tells what was stored."""

    #: The way from a row to its case.
    case_path: ClassVar[str]

    key = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    file = models.FileField(storage=private_storage, upload_to=attachment_path, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(_("type"), max_length=100)
    sha256 = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=FileState, default=FileState.RECEIVED)
    #: Codes of `FileWarning`: what whoever opens the file should know first.
    warnings = models.JSONField(default=list, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk}"

    def warnings_told(self) -> list[StrOrPromise]:
        """What whoever opens the file should know first, in words."""
        return [FileWarning(code).label for code in self.warnings if code in FileWarning.values]


class Attachment(StoredFile):
    """A file from the sender. It waits for its form under `upload_key`; a sweep deletes it after 24 h. What
    staff attach waits here too, until their form is accepted and another row takes it over.
    """

    case_path = "submission__case"

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    supplement = models.ForeignKey(
        Supplement, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    #: SHA-256 of the form's one-time key, while the file waits for the form.
    upload_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            # the same form sent twice at once keeps each file once
            models.UniqueConstraint(
                fields=["upload_key", "sha256", "name"],
                condition=~models.Q(upload_key=""),
                name="pakn_one_file_for_a_form",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


def kinds_of_files() -> list[type[StoredFile]]:
    """Every model whose rows have a file in the private storage."""
    models_of_ours = apps.get_app_config("pakn_portal").get_models()
    return [model for model in models_of_ours if issubclass(model, StoredFile)]


class UploadTray(models.Model):
    """The waiting files of one form. Whoever adds one locks this row first, so that two at once cannot exceed
    the count or the sum; swept after 24 h, or when the draft of staff ends that has the form's words.
    """

    #: SHA-256 of the form's one-time key, as `Attachment.upload_key`.
    key = models.CharField(max_length=64, primary_key=True, editable=False)
    opened_at = models.DateTimeField(default=clock.now)
    #: Which form about a case it is, as `KeptWords.place`; until when a kept draft of staff has its words.
    place = models.CharField(max_length=100, blank=True, db_index=True, editable=False)
    kept_until = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.key[:8]}…"


class KeptWords(models.Model):
    """What somebody of the staff is writing in one opened form and has not sent, see `staff.drafts`.
    Without words it only says that the form is open. Deleted when it is sent; the worker sweeps what is left.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Which form: "case/42/draft_answer".
    place = models.CharField(max_length=100, editable=False)
    #: Counts the writings, so that of two at once the later notices.
    revision = models.PositiveIntegerField(default=0, editable=False)
    #: A random word of the page that wrote last.
    tab = models.CharField(max_length=32, blank=True, editable=False)
    #: The words, encrypted with the site's key.
    sealed = models.TextField(blank=True, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("kept words")
        verbose_name_plural = _("kept words")
        indexes = [
            models.Index(fields=["place", "seen_at"], name="pakn_kept_place"),
            models.Index(fields=["saved_at"], name="pakn_kept_saved"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class LeftWords(models.Model):
    """What somebody of the staff sent after their session had ended, see `staff.kept_words`: the session of
    the log-in knows the key, and nothing else of it. Deleted when it is shown; the worker sweeps the rest.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Limits what one account keeps; to whom the words are offered stands in `sealed`.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    #: As `KeptWords.place`, without the act: of a form about several cases one behind the other; empty where
    #: it is about none.
    place = models.TextField(blank=True, editable=False)
    #: Their writer and the words, encrypted with the site's key.
    sealed = models.TextField(editable=False)
    #: How long `sealed` is, for the limit of all.
    size = models.PositiveIntegerField(default=0, editable=False)
    left_at = models.DateTimeField(default=clock.now, db_index=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("words of an ended session")
        verbose_name_plural = _("words of an ended session")

    def __str__(self) -> str:
        return f"#{self.pk}"


class NumberSequence(models.Model):
    """The last number given in a year. `next_case_number` locks the row: no gaps and no duplicates (I12)."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class LimitCount(models.Model):
    """The uses of one limit by one visitor, number or form, see `submissions.limits`. The worker deletes the
    row when none of them counts any more.
    """

    #: Keyed hash of the limit's name and of whom it concerns: no address is stored in clear.
    key = models.CharField(max_length=64, primary_key=True)
    #: [milliseconds since 1970, amount, mark] of each use, oldest first.
    uses = models.JSONField(default=list)
    ends_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
