"""The cases before and behind one in the list that one came from."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, QueryDict

from pakn_portal.people.scope import scope_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.list.view import PAGE_SIZE, found_in, ordered
from pakn_portal.staff.cases.waiting.worklists import Worklists


class Neighbours(NamedTuple):
    """Keys; None at either end, and where the case is not in that list any more."""

    previous: int | None = None
    next: int | None = None


def neighbours_of(request: HttpRequest, pk: int, back: str) -> Neighbours:
    """By the query of the list; it looks at the page that one came from and at one page on either side."""
    if not back:
        return Neighbours()
    query = QueryDict(back)
    scope = scope_of(request.user)
    filterset = found_in(Worklists(scope), query, request)
    if not filterset.is_valid():
        return Neighbours()
    page = addresses.number_in(query.get("p", "")[:5]) or 1
    first = max(page - 2, 0) * PAGE_SIZE
    cases = ordered(filterset, query, scope)
    keys = list(cases.values_list("pk", flat=True)[first : (page + 1) * PAGE_SIZE])
    if pk not in keys:
        return Neighbours()
    at = keys.index(pk)
    return Neighbours(keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None)
