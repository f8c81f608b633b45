from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from pakn_portal.cases.enums import OPEN, SEALED
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import OF_OTHER_PROCEDURES, PROGRESS
from pakn_portal.people.scope import Scope


class ManualNoticeQuerySet(models.QuerySet[Any]):
    def open(self) -> ManualNoticeQuerySet:
        """What somebody still has to tell. That a case is not finished yet is told no more once there is a
        later word for its sender, or nothing left to wait for. Of a sealed case nothing is told that was
        written before: that it was taken in, and when the answer comes, is no more so.
        """
        later = OutgoingMail.objects.filter(
            case=OuterRef("mail__case"), to_sender=OuterRef("mail__to_sender"), pk__gt=OuterRef("mail")
        )
        # by the columns of the joined row: a subquery beside an OR would read every open case
        waits = Q(mail__case__status__in=OPEN, mail__case__closed_on=None) & ~Exists(later)
        spoken = ~Q(mail__case__status__in=SEALED) | Q(mail__template__in=OF_OTHER_PROCEDURES)
        return self.filter(~Q(mail__template=PROGRESS) | waits, spoken, given_at=None)

    def leading(self) -> ManualNoticeQuerySet:
        """Of each case the last one that is open: its letter tells the earlier ones too."""
        later = self.model._default_manager.all().open()
        return self.open().exclude(
            Exists(later.filter(mail__case=OuterRef("mail__case"), mail__gt=OuterRef("mail")))
        )

    def by_oldest(self) -> ManualNoticeQuerySet:
        """In the order in which their senders began to wait: by the oldest that is open of each case."""
        first = self.model._default_manager.all().open().filter(mail__case=OuterRef("mail__case"))
        since = first.order_by("opened_at").values("opened_at")[:1]
        ordered: ManualNoticeQuerySet = self.annotate(since=Subquery(since)).order_by("since", "pk")
        return ordered

    def told_with(self, notice: Any) -> ManualNoticeQuerySet:
        """What one letter or call tells: this one and the earlier ones that are open, or were told along with
        it. In the order of the acts.
        """
        around = self.filter(mail__case=notice.mail.case_id, mail__lt=notice.mail_id)
        others = around.open() if notice.given_at is None else around.filter(given_at=notice.given_at)
        keys = [*others.values_list("pk", flat=True), notice.pk]
        return self.filter(pk__in=keys).order_by("mail")

    def in_writing(self) -> ManualNoticeQuerySet:
        """What the law wants told in writing (`cases/notices.py`)."""
        return self.filter(mail__context__has_key="written_notice")

    def within(self, scope: Scope) -> ManualNoticeQuerySet:
        """Of the cases that this person may see."""
        return self.filter(mail__case__in=Case.objects.within(scope).values("pk"))

    def for_work_of(self, scope: Scope) -> ManualNoticeQuerySet:
        """What this person is to see to: their unit's, the Ministry Office's, those of sealed cases. Whose it
        is says `ManualNotice.teller`.
        """
        sealed = Q(mail__case__status__in=SEALED)
        mine = Q(unit__isnull=False, mail__case__lead_unit__in=scope.unit_ids) & ~sealed
        if scope.is_intake:
            mine |= (Q(unit=None) | Q(mail__case__lead_unit=None)) & ~sealed
        if scope.reads_sealed:
            mine |= sealed
        return self.leading().within(scope).filter(mine)
