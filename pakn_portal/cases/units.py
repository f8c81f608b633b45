"""What a unit still has to do."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from pakn_portal.cases.enums import WITH_UNIT, Right
from pakn_portal.cases.models import Case
from pakn_portal.cases.turns import UNIT_TURNS


def count_waiting(unit: Any) -> int:
    """The cases that lie with this unit, or wait for its opinion: nobody could go on with them if it closed
    (I6).
    """
    leads = Q(status__in=WITH_UNIT, lead_unit=unit.pk)
    asked = Q(status__in=UNIT_TURNS[Right.SUPPORT], asked_unit_id=unit.pk)
    return Case.objects.with_asked_unit().filter(leads | asked).count()
