"""What waits for a person, one after another, in one order for the list, the first page and the next case."""

from __future__ import annotations

from django.db.models import QuerySet

from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope
from pakn_portal.staff.cases.list import worklists
from pakn_portal.staff.cases.list.orders import FIRST, in_order


def next_of(scope: Scope) -> QuerySet[Case]:
    """All that needs this person, due first."""
    cases = worklists.cases_in(scope, worklists.MINE).with_names()
    found: QuerySet[Case] = cases.order_by(*in_order(FIRST, scope, is_desk=scope.is_publisher))
    return found
