"""What waits for a person, one after another, in one order for the list, the first page and the next case."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import ngettext

from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope
from pakn_portal.staff.cases.list import worklists
from pakn_portal.staff.cases.list.orders import FIRST, in_order

#: So many are looked through for the next one.
MOST: Final = 1000


class NextCase(NamedTuple):
    """`number`: how many wait; `pk`: the one to go on with."""

    number: int
    pk: int

    @property
    def label(self) -> str:
        """Of the button that leads there."""
        return ngettext(
            "Next case that waits for me (%(count)s)", "Next case that waits for me (%(count)s)", self.number
        ) % {"count": self.number}


def next_of(scope: Scope) -> QuerySet[Case]:
    """All that needs this person, due first."""
    cases = worklists.cases_in(scope, worklists.MINE).with_names()
    found: QuerySet[Case] = cases.order_by(*in_order(FIRST, scope, is_desk=scope.is_publisher))
    return found


def next_after(case: Case, scope: Scope, was: str = "") -> NextCase | None:
    """Where this person goes on when they are done with a case; None while it still waits for them, and where
    nothing else does. `was`: the status that they took the case from; another one like it comes first, so
    that whoever approves goes on with approving.
    """
    waiting = list(next_of(scope).values_list("pk", "status")[:MOST])
    if not waiting or any(pk == case.pk for pk, _status in waiting):
        return None
    like_it = [pk for pk, status in waiting if status == was]
    return NextCase(len(waiting), like_it[0] if like_it else waiting[0][0])
