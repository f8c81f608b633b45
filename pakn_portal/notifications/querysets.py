from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Q

from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.seals import seal_of, words_under_seal

#: A mail that waits longer than this is worth a look: the worker stands still, or the server refuses us.
LONG: Final = timedelta(hours=1)
#: What did not leave in this time is history; the table keeps it.
RECENT: Final = timedelta(days=30)


class OutgoingMailQuerySet(models.QuerySet[Any]):
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Each with its seal."""
        mails = list(objs)
        for mail in mails:
            mail.seal = seal_of(words_under_seal(mail))
        return super().bulk_create(mails, *args, **kwargs)

    def due(self, now: datetime) -> OutgoingMailQuerySet:
        """Mails to send now, and held by no living worker."""
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        return self.filter(free, state=MailState.WAITING, due_at__lte=now)

    def still_to_tell(self) -> OutgoingMailQuerySet:
        """To senders, and neither sent nor told by hand yet."""
        by_hand: Any = self.model._meta.get_field("manual_notice").related_model
        owed = Q(state=MailState.WAITING) | Q(manual_notice__in=by_hand.objects.open())
        return self.filter(owed, to_sender__isnull=False)

    def untried_first(self) -> OutgoingMailQuerySet:
        """In the order of sending: whatever was refused before holds up nothing new."""
        refused = models.Case(models.When(refused_since=None, then=0), default=1)
        return self.order_by(refused, "due_at", "pk")

    def stuck(self, now: datetime) -> OutgoingMailQuerySet:
        """Mails of the last 30 days that were given up or withheld, and those that wait for over an hour."""
        given_up = Q(state__in=(MailState.FAILED, MailState.WITHHELD), created_at__gte=now - RECENT)
        return self.filter(given_up | Q(state=MailState.WAITING, created_at__lt=now - LONG))
