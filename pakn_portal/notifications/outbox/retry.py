"""Put mails that did not leave back into the queue, by the hand of a person."""

from __future__ import annotations

import logging

from django.db.models import Q

from pakn_portal import clock
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.querysets import OutgoingMailQuerySet
from pakn_portal.people.actor import Actor

logger = logging.getLogger(__name__)


def try_again(mails: OutgoingMailQuerySet, *, by: Actor) -> int:
    """Make these mails due now, with all their attempts and days before them; how many that were.

    One that is sent, or that a worker holds at this moment, stays as it is: nobody gets a mail twice by this.
    The tracking secret of a receipt was wiped when the mail was given up, so it leaves without it: the link
    in the mail opens the case all the same.
    """
    now = clock.now()
    is_free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    is_left = Q(state__in=(MailState.FAILED, MailState.WITHHELD, MailState.WAITING))
    # by key: what "stuck" means is asked here once, and not again while rows change
    found = OutgoingMail.objects.filter(pk__in=list(mails.values_list("pk", flat=True)))
    count = found.filter(is_free & is_left).update(
        state=MailState.WAITING, attempts=0, refused_since=None, due_at=now, claimed_until=None
    )
    logger.info("User %s puts %d mails back into the queue.", getattr(by, "pk", None), count)
    return count
