"""The orders of the list. Each column that can be sorted has two; the list of each tab begins with `due`."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, F, When
from django.db.models.functions import Coalesce

from pakn_portal.people.scope import Scope

#: What is open before what is closed; the open ones due first, the others as they were closed, newest first.
_DUE: Final = (F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-pk")

ORDERS: Final[dict[str, tuple[Any, ...]]] = {
    "due": _DUE,
    "-due": (F("closed_on").desc(nulls_first=True), F("due_on").desc(nulls_last=True), "-pk"),
    "newest": ("-pk",),
    "oldest": ("pk",),
    "status": ("status", "-pk"),
    "-status": ("-status", "-pk"),
    "unit": ("lead_unit__name", "-pk"),
    "-unit": ("-lead_unit__name", "-pk"),
    "sector": ("sector__name", "-pk"),
    "-sector": ("-sector__name", "-pk"),
    "registered": ("registered_on", "pk"),
    "-registered": ("-registered_on", "-pk"),
}
#: The same for whoever has complaints and denunciations to hand over: these by their own day, as if they were
#: open. Only for them: they see few rows, and no index helps with it.
_CLOSED: Final = Case(When(hand_over_due_on=None, then=F("closed_on")))
_NEXT_DUE: Final = Coalesce("hand_over_due_on", "due_on")
_WITH_KEPT: Final[dict[str, tuple[Any, ...]]] = {
    "due": (_CLOSED.desc(nulls_first=True), _NEXT_DUE.asc(nulls_last=True), "-pk"),
    "-due": (_CLOSED.desc(nulls_first=True), _NEXT_DUE.desc(nulls_last=True), "-pk"),
}
FIRST: Final = "due"
#: The two orders of a column: the one that a first press gives, and the other.
OF_COLUMN: Final = {
    "due": ("due", "-due"),
    "case": ("newest", "oldest"),
    "status": ("status", "-status"),
    "holder": ("unit", "-unit"),
    "sector": ("sector", "-sector"),
    "registered": ("-registered", "registered"),
}
_FALLING: Final = frozenset({"newest"})


def order_of(wanted: str) -> str:
    """A known order; the first one for whatever else is asked."""
    return wanted if wanted in ORDERS else FIRST


def in_order(wanted: str, scope: Scope) -> tuple[Any, ...]:
    """What a queryset of this person is ordered by."""
    order = order_of(wanted)
    return (_WITH_KEPT if scope.reads_sealed else ORDERS).get(order, ORDERS[order])


def is_falling(order: str) -> bool:
    """Largest, or last, first."""
    return order.startswith("-") or order in _FALLING
