"""Of a confirmed state secret no mail keeps a word, and none that waits leaves."""

from __future__ import annotations

from typing import Any, Final

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import NOT_THEIRS
from pakn_portal.notifications.petition.rules import DUPLICATES

_UNSENT: Final = (MailState.WAITING, MailState.BY_HAND, MailState.FAILED)


def wipe_mails(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Receiver of `event_recorded`, in the verb's transaction and before its own mails are written. That
    about duplicates has numbers only, and is the proof that somebody was told.
    """
    if event.verb != Verb.CONFIRM_SECRET:
        return
    mails = OutgoingMail.objects.filter(case=case)
    ManualNotice.objects.filter(mail__in=mails.values("pk"), given_at=None).delete()
    mails.filter(state__in=_UNSENT, manual_notice=None).update(
        state=MailState.WITHHELD, last_error=NOT_THEIRS, claimed_until=None, attempts=0
    )
    mails.exclude(template=DUPLICATES).update(context={}, sealed="")
