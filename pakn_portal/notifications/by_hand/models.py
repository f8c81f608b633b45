"""What a sender without e-mail still has to be told: by letter, on the telephone or in person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.cases.enums import ToldBy
from pakn_portal.conf import unit_model_name
from pakn_portal.notifications.by_hand.querysets import ManualNoticeQuerySet

__all__ = ["ManualNotice"]


class ManualNotice(models.Model):
    """Open until somebody says that they told the sender. `mail` has the words; it never leaves by e-mail."""

    mail = models.OneToOneField(
        "pakn_portal.OutgoingMail", on_delete=models.PROTECT, related_name="manual_notice"
    )
    #: Who acted; None is the Ministry Office. Who has to tell now is `teller`.
    unit = models.ForeignKey(
        unit_model_name(), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(default=clock.now)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    way = models.CharField(max_length=20, choices=ToldBy, blank=True)

    objects = ManualNoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("notice to give by hand")
        verbose_name_plural = _("notices to give by hand")
        indexes = [
            models.Index(
                fields=["unit", "opened_at"],
                condition=models.Q(given_at=None),
                name="pakn_notice_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_at=None, way="")
                | (models.Q(given_at__isnull=False) & ~models.Q(way="")),
                name="pakn_notice_given_in_a_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mail_id} {self.way}".strip()

    @property
    def teller(self) -> Any:
        """The unit that has to tell; None for the Ministry Office. What a unit has to tell goes with the
        case: forwarded to another one, it is that one's, and recalled or sent back, the office's.
        """
        return self.mail.case.lead_unit if self.unit_id is not None and self.mail.case is not None else None
