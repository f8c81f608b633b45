"""What waits for the Ministry Office, one after another: the next case opens when one is done."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import F, QuerySet

from pakn_portal.cases.enums import AT_INTAKE
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope
from pakn_portal.staff.cases.waiting import worklists


class Queue(NamedTuple):
    """`number`: how many wait beside the case at hand, as `count_of` tells it; `next_pk`: the first of them,
    None without any.
    """

    number: int
    next_pk: int | None

    @property
    def told(self) -> str:
        return worklists.told_count(self.number)


def waiting(scope: Scope) -> QuerySet[Case]:
    """What this person has to take in, due first."""
    mine = worklists.cases_in(scope, worklists.MINE).filter(status__in=AT_INTAKE)
    return mine.order_by(F("due_on").asc(nulls_last=True), "pk")


def queue_beside(scope: Scope, case: Case | None) -> Queue:
    """Without the case at hand. Two queries, and one row read, however many wait."""
    others = waiting(scope) if case is None else waiting(scope).exclude(pk=case.pk)
    first = others.values_list("pk", flat=True).first()
    return Queue(worklists.count_of(others) if first is not None else 0, first)
