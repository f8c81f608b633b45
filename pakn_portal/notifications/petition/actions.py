"""Mails about answers that no verb of a case sends."""

from __future__ import annotations

from typing import Any

from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.recipients import publishers
from pakn_portal.notifications.petition.rules import HIDDEN
from pakn_portal.people.actor import Actor


def tell_publishers(*, page: Any, by: Actor, **kwargs: Any) -> None:
    """Receiver of `answers_hidden`: a mail to every publisher but the one who did it."""
    users = [user for user in publishers() if by is None or user.pk != by.pk]
    OutgoingMail.objects.bulk_create(
        OutgoingMail(template=HIDDEN, to_user=user, context={"page": page.title}) for user in users
    )
