"""Mail as an outbox: a row in the verb's transaction, sent by the worker with retries (I10)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.querysets import OutgoingMailQuerySet
from pakn_portal.notifications.seals import seal_of, words_under_seal
from pakn_portal.permissions import MAIL_PERMISSIONS

__all__ = ["OutgoingMail"]


class OutgoingMail(models.Model):
    """One mail to one person. The address is read from the sender or the user when it is sent, so none is
    stored here.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    template = models.CharField(max_length=40)
    case = models.ForeignKey(
        "pakn_portal.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="mails"
    )
    #: What it is about where that is no case: a subject of another procedure.
    subject_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    other_subject = GenericForeignKey("subject_type", "subject_id")
    to_sender = models.ForeignKey(
        "pakn_portal.Sender", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    #: Plain, non-personal values for the template.
    context = models.JSONField(default=dict)
    #: The tracking secret, encrypted with the site's key until the mail has left, then wiped.
    sealed = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    #: When it first did not leave; None while nothing went wrong. The days of patience run from here.
    refused_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    #: A worker that died holding the row loses it at this instant.
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: Keyed digest of whom it tells what, and of its departure, see `seals.py`.
    seal = models.CharField(max_length=64, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = MAIL_PERMISSIONS
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(fields=["state", "due_at"], name="pakn_mail_due"),
            models.Index(fields=["template", "sent_at"], name="pakn_mail_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_sender__isnull=True) ^ models.Q(to_user__isnull=True),
                name="pakn_mail_one_recipient",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.seal = seal_of(words_under_seal(self))
        super().save(*args, **kwargs)

    @property
    def subject(self) -> Any:
        """What it names and links to, of whichever procedure; None for a mail about many things."""
        return self.case if self.case_id is not None else self.other_subject

    @property
    def procedure(self) -> str:
        """That of its subject, which is not read for it; empty for a mail about many things."""
        kind: Any = None
        if self.case_id is not None:
            kind = self._meta.get_field("case").related_model
        elif self.subject_type_id is not None:
            kind = ContentType.objects.get_for_id(self.subject_type_id).model_class()
        return str(getattr(kind, "procedure", ""))

    def about(self, subject: Any) -> Self:
        """Name it as what the mail is about; itself, not saved."""
        if subject is None or subject._meta.label_lower == "pakn_portal.case":
            self.case = subject
        else:
            self.other_subject = subject
        return self
