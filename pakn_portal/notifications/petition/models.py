from __future__ import annotations

from django.db import models

from pakn_portal import clock
from pakn_portal.notifications.petition.enums import NoticeKind

__all__ = ["DeadlineNotice"]


class DeadlineNotice(models.Model):
    """A warning that was given, so that a second sweep gives none."""

    case = models.ForeignKey("pakn_portal.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    due_on = models.DateField()
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "due_on"], name="pakn_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"
