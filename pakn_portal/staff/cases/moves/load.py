"""What each person has in hand, told beside the names that work is given to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from pakn_portal.answers import figures
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import Calendar


@dataclass(frozen=True)
class Load:
    """Open cases of one officer; `soon` and `overdue` are among them."""

    open: int = 0
    soon: int = 0
    overdue: int = 0

    def __str__(self) -> str:
        told = [_("%(open)s open") % {"open": self.open}]
        if self.soon:
            told.append(_("%(soon)s due soon") % {"soon": self.soon})
        if self.overdue:
            told.append(_("%(overdue)s overdue") % {"overdue": self.overdue})
        return ", ".join(told)


def loads_of(people: Iterable[Any], today: date, calendar: Calendar) -> dict[Any, Load]:
    """By the key of each who has something. One query beside that for the people."""
    cases = Case.objects.open().filter(officer__in=[user.pk for user in people]).order_by()
    counted = cases.values_list("officer").annotate(
        open=Count("pk"),
        soon=Count("pk", filter=figures.due_soon(today, calendar)),
        overdue=Count("pk", filter=figures.overdue(today)),
    )
    return {officer: Load(*counts) for officer, *counts in counted}
