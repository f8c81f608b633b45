from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Page

from pakn_portal import clock
from pakn_portal.publication.gate import GateShut, underway
from pakn_portal.publication.wording import Wording
from pakn_portal.register.models import AbstractEvent


class Status(models.TextChoices):
    OPEN = "open", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"


class Verb(models.TextChoices):
    SUGGEST = "suggest", "Đề xuất"
    REPLY = "reply", "Trả lời"
    ASK_AGAIN = "ask_again", "Hỏi lại"
    ERASE = "erase", "Xoá trả lời"
    PUBLISH = "publish", "Công khai"
    UNPUBLISH = "unpublish", "Gỡ"


class Suggestion(models.Model):
    """What a colleague would have done better."""

    number = models.CharField(max_length=40, unique=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    version = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    reply = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    #: Of the words that stand on the site, or stood there.
    released_hash = models.CharField(max_length=64, blank=True)

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


class SuggestionPage(Page):
    """What readers see of an answered suggestion; written as live only by its release."""

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="page")
    reply = models.TextField()
    unpublished_on = models.DateField(null=True, blank=True)

    is_creatable = False

    def wording(self) -> Wording:
        return wording_of(self.title, self.reply)

    def what_readers_see(self) -> dict[str, str]:
        return {"page.title": self.title, "page.reply": self.reply}

    def leave_trace(self) -> None:
        type(self).objects.filter(pk=self.pk).update(unpublished_on=clock.today())

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.live and underway(self) is None:
            raise GateShut("Trang chỉ được công khai qua đề xuất của nó.")
        return super().save(*args, **kwargs)


def wording_of(title: str, reply: str) -> Wording:
    return Wording(title, (reply,))
