from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pakn_portal import clock
from pakn_portal.management.verify.progress import Progress
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail

_PATIENCE = timedelta(days=1)


def sent(progress: Progress) -> Iterator[str]:
    mails = OutgoingMail.objects.values_list("pk", flat=True)
    for pk in mails.filter(state=MailState.SENT, sent_at=None).iterator():
        yield f"mail {pk} is marked sent without a time"
    for pk in mails.exclude(state=MailState.WAITING).exclude(sealed="").iterator():
        yield f"mail {pk} is done with and still holds a sealed secret"
    for pk in mails.filter(state=MailState.WAITING, due_at__lt=clock.now() - _PATIENCE).iterator():
        yield f"mail {pk} has waited for more than a day; is a worker running?"
