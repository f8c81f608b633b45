"""Taking a page off the site: the safe direction, for which one person is enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from pakn_portal import signals
from pakn_portal.people.actor import Actor
from pakn_portal.publication.gate import entered, underway
from pakn_portal.publication.wording import Releasable, ReleaseSource


@dataclass
class Withdrawal:
    """What is taken off, by whom."""

    page: Releasable
    by: Actor
    source: ReleaseSource


@contextmanager
def withdrawing(
    page: Releasable, *, source: ReleaseSource, by: Actor, reason: str = ""
) -> Iterator[Withdrawal]:
    """Inside, `page` is saved as not live, and it leaves a dated trace.

    Its source's row is held. Raises GateShut when this person may not take it off. Events: those of the
    source. Signals: public_record_changed inside the transaction, and those of the source.
    """
    current = underway(page)
    if isinstance(current, Withdrawal):
        yield current
        return
    withdrawal = Withdrawal(page, by, source)
    with transaction.atomic():
        with source.withdrawing(page, by, reason), entered(withdrawal):
            yield withdrawal
            page.leave_trace()
        signals.public_record_changed.send(sender=type(page), page=page, is_public=False)
        source.tell(page, is_public=False)
