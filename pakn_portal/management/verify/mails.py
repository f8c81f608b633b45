from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from pakn_portal import clock
from pakn_portal.cases.enums import TOLD_BY_HAND, Status
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.lines import APART, is_by
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import LEASE, LONGEST_WAIT, longest_patience
from pakn_portal.notifications.querysets import RECENT
from pakn_portal.notifications.seals import is_as_written

_CHUNK: Final = 500
_PATIENCE = timedelta(days=1)


def sent(progress: Progress) -> Iterator[str]:
    yield from _written_otherwise(progress)
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
    yield from guarded("notices given by hand", _told_otherwise)
    for pk in mails.filter(state=MailState.WAITING, due_at__lt=clock.now() - _PATIENCE).iterator():
        yield f"mail {pk} has waited for more than a day; is a worker running?"
    yield from _put_off()


def _put_off() -> Iterator[str]:
    """Mails that wait for an instant that no attempt sets, or for longer than any is tried."""
    now = clock.now()
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING).order_by("pk")
    later = Q(due_at__gt=now + LONGEST_WAIT + APART) | Q(claimed_until__gt=now + LEASE + APART)
    later |= Q(created_at__gt=now + APART) | Q(refused_since__gt=now + APART)
    for pk in waiting.filter(later).values_list("pk", flat=True).iterator():
        yield f"mail {pk} waits for an instant that no attempt sets"
    # one that somebody put back into the queue begins anew with its first refusal
    begun = Coalesce("refused_since", "created_at")
    old = waiting.exclude(later).annotate(begun=begun).filter(begun__lt=now - longest_patience())
    for pk in old.values_list("pk", flat=True).iterator():
        yield f"mail {pk} waits for longer than any mail is tried"


def _written_otherwise(progress: Progress) -> Iterator[str]:
    """Each mail that is not the one that the portal wrote, or did not leave as it says."""
    # marked sent without a time is told for itself
    rows = OutgoingMail.objects.exclude(state=MailState.SENT, sent_at=None).order_by("pk")
    read = rows.annotate(case_status=F("case__status"))
    for mail in counted(read.iterator(chunk_size=_CHUNK), rows.count(), progress):
        yield from guarded(f"mail {mail.pk}", _unlike_its_seal, mail)


def _unlike_its_seal(mail: Any) -> Iterator[str]:
    # of a confirmed state secret no mail keeps a word
    is_wiped = mail.case_status == Status.ON_PAPER and not mail.context
    if not (is_as_written(mail) or is_wiped):
        yield f"mail {mail.pk} is not as the portal wrote it"


def _told_otherwise() -> Iterator[str]:
    """Of the cases that have notices that were given by hand, or lines that tell of some."""
    given = ManualNotice.objects.exclude(given_at=None)
    lines = CaseEvent.objects.filter(verb__in=TOLD_BY_HAND, data__has_key="way")
    has_some = Exists(given.filter(mail__case=OuterRef("pk"))) | Exists(lines.filter(case=OuterRef("pk")))
    keys = Case.objects.filter(has_some).order_by("pk").values_list("pk", flat=True)
    rows = keys.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        notices: dict[int, list[Any]] = {}
        for notice in given.filter(mail__case__in=chunk).select_related("mail"):
            notices.setdefault(notice.mail.case_id, []).append(notice)
        told: dict[int, list[Any]] = {}
        for line in lines.filter(case__in=chunk).order_by("sequence"):
            told.setdefault(line.case_id, []).append(line)
        for pk in chunk:
            yield from guarded(f"case {pk}", _unlike_notices, pk, notices.get(pk, []), told.get(pk, []))


def _unlike_notices(case: int, notices: list[Any], lines: list[Any]) -> Iterator[str]:
    """Each has the line of its own, with what was told, by whom and in which way."""
    for notice in notices:
        line = next((line for line in lines if _tells(line, notice)), None)
        if line is None:
            break
        lines.remove(line)
    else:
        if not lines:
            return
    yield f"case {case}: notices given by hand do not fit its register"


def _tells(line: Any, notice: Any) -> bool:
    is_same = (line.data.get("told"), line.data["way"]) == (notice.mail.template, notice.way)
    return is_same and is_by(line, notice.given_by_id, notice.given_at)
