from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope


class ManualNoticeQuerySet(models.QuerySet[Any]):
    def open(self) -> ManualNoticeQuerySet:
        return self.filter(given_at=None)

    def within(self, scope: Scope) -> ManualNoticeQuerySet:
        """Of the cases that this person may see."""
        return self.filter(mail__case__in=Case.objects.within(scope).values("pk"))

    def for_work_of(self, scope: Scope) -> ManualNoticeQuerySet:
        """What this person is to see to: their unit's, the Ministry Office's, those of sealed cases."""
        sealed = Q(mail__case__status__in=SEALED)
        mine = Q(unit__in=scope.unit_ids) & ~sealed
        if scope.is_intake:
            mine |= Q(unit=None) & ~sealed
        if scope.reads_sealed:
            mine |= sealed
        return self.open().within(scope).filter(mine)
