"""What waits for a person, one after another, in one order for the list, the first page and the next case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import ngettext

from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.people.scope import Scope
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.cases.waiting.orders import FIRST, Order, going_on, in_order


class NextCase(NamedTuple):
    """`number`: how many wait, as `count_of` tells it; `pk`: the one to go on with."""

    number: int
    pk: int

    @property
    def label(self) -> str:
        """Of the button that leads there."""
        return ngettext(
            "Next case that waits for me (%(count)s)", "Next case that waits for me (%(count)s)", self.number
        ) % {"count": worklists.told_count(self.number)}

    def url(self, back: str = "") -> str:
        return addresses.case_url(self.pk, back)


def next_of(scope: Scope) -> QuerySet[Case]:
    """All that needs this person, due first."""
    found = worklists.cases_in(scope, worklists.MINE).with_names()
    return found.order_by(*_order_of(scope))


def next_after(case: Case, scope: Scope, was: str = "") -> NextCase | None:
    """Where this person goes on when they are done with a case; None while it still waits for them, and where
    nothing else does. `was`: the status that they took the case from; the next one like it comes first, so
    that whoever approves goes on with approving.
    """
    waiting = worklists.cases_in(scope, worklists.MINE)
    return None if waiting.filter(pk=case.pk).exists() else _behind([case], waiting, scope, was)


def next_beside(cases: Sequence[Case], scope: Scope, was: str) -> NextCase | None:
    """The same after one act on several: what stands behind the last of them and beside all."""
    waiting = worklists.cases_in(scope, worklists.MINE).exclude(pk__in=[case.pk for case in cases])
    return _behind(cases, waiting, scope, was)


def _behind(cases: Sequence[Case], waiting: CaseQuerySet, scope: Scope, was: str) -> NextCase | None:
    """The next row, and the first behind the last of all. Two queries beside those of the list and of its
    order, and one row read, whatever waits.
    """
    order = going_on(cases[-1], was, is_desk=scope.is_publisher) if was else ()
    pk = waiting.order_by(*order, *_order_of(scope)).values_list("pk", flat=True).first()
    return NextCase(worklists.count_of(waiting), pk) if pk is not None else None


def _order_of(scope: Scope) -> Order:
    return in_order(FIRST, scope, is_desk=scope.is_publisher)
