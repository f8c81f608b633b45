from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count

from pakn_portal import clock
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import CaseEvent
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.querysets import RECENT

_PATIENCE = timedelta(days=1)


def sent(progress: Progress) -> Iterator[str]:
    mails = OutgoingMail.objects.values_list("pk", flat=True)
    for pk in mails.filter(state=MailState.SENT, sent_at=None).iterator():
        yield f"mail {pk} is marked sent without a time"
    for pk in mails.exclude(state=MailState.WAITING).exclude(sealed="").iterator():
        yield f"mail {pk} is done with and still holds a sealed secret"
    for pk in mails.filter(state=MailState.BY_HAND, manual_notice=None).iterator():
        yield f"mail {pk} is to be told by hand, and nobody is asked to"
    given_up = mails.filter(state=MailState.FAILED, created_at__gte=clock.now() - RECENT)
    for pk in given_up.filter(to_sender__isnull=False, case__isnull=False, manual_notice=None).iterator():
        yield f"mail {pk} to a sender was given up, and nobody is asked to tell them"
    told = (
        ManualNotice.objects.exclude(given_at=None)
        .order_by()
        .values("mail__case")
        .annotate(times=Count("pk"))
    )
    lines = dict(
        CaseEvent.objects.filter(verb=Verb.NOTE, data__has_key="way")
        .order_by()
        .values_list("case")
        .annotate(times=Count("pk"))
    )
    for row in told.iterator():
        if lines.get(row["mail__case"], 0) != row["times"]:
            yield f"case {row['mail__case']}: notices given by hand do not fit its register"
    for pk in mails.filter(state=MailState.WAITING, due_at__lt=clock.now() - _PATIENCE).iterator():
        yield f"mail {pk} has waited for more than a day; is a worker running?"
