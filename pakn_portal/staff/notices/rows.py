"""The senders without e-mail who still have to be told something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.step_limits import paper_days
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.due import is_overdue
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.by_hand.querysets import ManualNoticeQuerySet
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rule_sets import mail_set_of
from pakn_portal.people.scope import Scope
from pakn_portal.staff import addresses


@dataclass(frozen=True)
class NoticeRow:
    """The last open notice of a case; its letter tells the `earlier` ones too."""

    notice: ManualNotice
    earlier: tuple[ManualNotice, ...] = ()
    #: By when a rule wants it told on paper; None where none does.
    due_on: date | None = None

    @property
    def case(self) -> Case:
        case: Case = self.notice.mail.subject
        return case

    @property
    def name(self) -> str:
        """What the sender is to be told of."""
        return "; ".join(filter(None, (_name_of(one.mail) for one in (*self.earlier, self.notice))))

    @property
    def count(self) -> int:
        """How many notices its letter tells."""
        return len(self.earlier) + 1

    @property
    def since(self) -> datetime:
        """Since when the sender waits for the first of it."""
        return min(one.opened_at for one in (*self.earlier, self.notice))

    @property
    def is_over(self) -> bool:
        return is_overdue(self.due_on, clock.today())

    @property
    def title(self) -> str:
        return self.case.submission.title

    @property
    def who(self) -> str:
        """Who is to tell."""
        unit = self.notice.teller
        return str(unit) if unit is not None else _("Ministry Office")

    @property
    def why(self) -> str:
        """Why no e-mail told them."""
        if self.notice.mail.state == MailState.BY_HAND:
            return _("The sender left no e-mail address: %(ways)s.") % {"ways": self.ways}
        return _("The e-mail did not arrive: %(ways)s.") % {"ways": self.ways}

    @property
    def ways(self) -> str:
        """How the sender can be reached, without saying where: who looks is written down."""
        sender, told = self.case.submission.sender, (*self.earlier, self.notice)
        in_writing = any(one.mail.context.get("written_notice") for one in told)
        # keepers of sealed cases see no telephone number
        return ways_to(sender, in_writing=in_writing, has_phone=not self.case.is_sealed)

    @property
    def url(self) -> str:
        return addresses.notice_url(self.case.pk, self.notice.pk)

    @property
    def case_url(self) -> str:
        return addresses.case_url(self.case.pk)


def _name_of(mail: OutgoingMail) -> str:
    mails = mail_set_of(mail)
    return mails.name_of(mail.template) if mails is not None else ""


def ways_to(sender: Any, *, in_writing: bool = False, has_phone: bool = True) -> str:
    """How a sender without e-mail can be told, by what they left. `has_phone`: whether who is to tell may
    see the number.
    """
    phone = has_phone and sender.phone
    if sender.address and (in_writing or not has_phone):
        return _("print the letter and send it")
    if phone and sender.address:
        return _("print a letter, or telephone")
    if phone:
        return _("telephone the sender")
    return _("print a letter") if sender.address else _("when the sender comes by")


def notices_for(scope: Scope) -> ManualNoticeQuerySet:
    """What waits for this person: whose sender has waited longest first."""
    return with_rows(ManualNotice.objects.for_work_of(scope)).by_oldest()


def notices_of(case: Case) -> tuple[list[NoticeRow], list[NoticeRow]]:
    """What is still to be told, and what was, newest first: a row for each letter. One query."""
    waiting = ManualNotice.objects.open().filter(mail__case=case).values("pk")
    mine = ManualNotice.objects.filter(mail__case=case)
    found = with_rows(mine.filter(Q(given_at__isnull=False) | Q(pk__in=waiting))).order_by("mail")
    letters: dict[datetime | None, list[ManualNotice]] = {}
    for one in found:
        letters.setdefault(one.given_at, []).append(one)
    still = letters.pop(None, [])
    told = [NoticeRow(rows[-1], tuple(rows[:-1])) for _at, rows in sorted(letters.items(), reverse=True)]
    return ([NoticeRow(still[-1], tuple(still[:-1]))] if still else []), told


def told_rows_of(notices: Sequence[ManualNotice]) -> list[NoticeRow]:
    """With what was told along with each in one letter. One query."""
    cases = {notice.mail.case_id for notice in notices}
    given = ManualNotice.objects.exclude(given_at=None).filter(mail__case__in=cases)
    along: dict[Any, list[ManualNotice]] = {}
    for one in given.select_related("mail").order_by("mail"):
        along.setdefault((one.mail.case_id, one.given_at), []).append(one)
    return [
        NoticeRow(
            notice,
            tuple(
                one
                for one in along.get((notice.mail.case_id, notice.given_at), ())
                if one.mail_id < notice.mail_id
            ),
        )
        for notice in notices
    ]


def rows_of(notices: Sequence[ManualNotice]) -> list[NoticeRow]:
    """With what the letter of each tells beside it, and by when. A few queries however many they are."""
    last = {notice.mail.case_id: notice for notice in notices}
    earlier: dict[Any, list[ManualNotice]] = {}
    found = ManualNotice.objects.open().filter(mail__case__in=[key for key in last if key is not None])
    for one in found.select_related("mail").order_by("mail"):
        if one.mail_id < last[one.mail.case_id].mail_id:
            earlier.setdefault(one.mail.case_id, []).append(one)
    days: dict[Any, date] = dict(paper_days(key for key in last if key is not None))
    return [
        NoticeRow(notice, tuple(earlier.get(notice.mail.case_id, ())), days.get(notice.mail.case_id))
        for notice in notices
    ]


def with_rows(notices: ManualNoticeQuerySet) -> ManualNoticeQuerySet:
    return notices.select_related("mail__case__lead_unit", "mail__case__submission__sender")


class Told:
    """What an act wrote to the sender, told truthfully: by e-mail, or not yet at all."""

    def __init__(self, case: Case) -> None:
        """Before the act. One query."""
        self._mails = OutgoingMail.objects.filter(case=case, to_sender=case.submission.sender_id)
        self._sender = case.submission.sender
        self._last = self._mails.order_by("-pk").values_list("pk", flat=True).first() or 0

    def sentence(self) -> str:
        """After the act; empty where it wrote nothing. One query."""
        states = set(self._mails.filter(pk__gt=self._last).values_list("state", flat=True))
        if MailState.BY_HAND in states:
            return _("The sender has no e-mail and is not told yet: %(ways)s.") % {
                "ways": ways_to(self._sender)
            }
        return _("An e-mail to the sender is on its way.") if states else ""
