from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from pakn_portal.register.models import AbstractEvent


class Status(models.TextChoices):
    OPEN = "open", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"


class Verb(models.TextChoices):
    SUGGEST = "suggest", "Đề xuất"
    REPLY = "reply", "Trả lời"
    ASK_AGAIN = "ask_again", "Hỏi lại"
    ERASE = "erase", "Xoá trả lời"


class Suggestion(models.Model):
    """What a colleague would have done better."""

    number = models.CharField(max_length=40, unique=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    version = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    reply = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)

    procedure: ClassVar[str] = "suggestion"

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.number


class SuggestionEvent(AbstractEvent):
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=30, choices=Verb)
    from_status = models.CharField(max_length=20, choices=Status, blank=True)
    to_status = models.CharField(max_length=20, choices=Status)

    subject_field = "suggestion"

    class Meta(AbstractEvent.Meta):
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "sequence"], name="suggestion_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}/{self.sequence} {self.verb}"
