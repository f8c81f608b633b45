from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from pakn_portal.notifications.enums import MailState


class OutgoingMailQuerySet(models.QuerySet):
    def due(self, now: datetime) -> OutgoingMailQuerySet:
        """Mails to send now, and held by no living worker."""
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        return self.filter(free, state=MailState.WAITING, due_at__lte=now)

    def failed(self) -> OutgoingMailQuerySet:
        """Mails that were given up, for the staff to see."""
        return self.filter(state=MailState.FAILED)
