"""The orders of the list. Each column that can be sorted has two; the list of each tab begins with `due`."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import F, Q, Value, When
from django.db.models.functions import Coalesce

from pakn_portal.answers.step_limits import publisher_days
from pakn_portal.cases.enums import OPEN
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import Scope
from pakn_portal.text import alphabet_key

Order = tuple[Any, ...]

#: What is open before what is closed; the open ones due first, the others as they were closed, newest first.
_DUE: Final = (F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-pk")

_PLAIN: Final[dict[str, Order]] = {
    "due": _DUE,
    "-due": (F("closed_on").desc(nulls_first=True), F("due_on").desc(nulls_last=True), "-pk"),
    "newest": ("-pk",),
    "oldest": ("pk",),
    "registered": ("registered_on", "pk"),
    "-registered": ("-registered_on", "-pk"),
}
#: The same for whoever has complaints and denunciations to hand over: these by their own day, as if they were
#: open. Only where they see those alone: they are few rows, and no index helps with it.
_CLOSED: Final = models.Case(When(hand_over_due_on=None, then=F("closed_on")))
_NEXT_DUE: Final = Coalesce("hand_over_due_on", "due_on")
_WITH_KEPT: Final[dict[str, Order]] = {
    "due": (_CLOSED.desc(nulls_first=True), _NEXT_DUE.asc(nulls_last=True), "-pk"),
    "-due": (_CLOSED.desc(nulls_first=True), _NEXT_DUE.desc(nulls_last=True), "-pk"),
}
#: As `_DUE`, of a desk: nothing there is done with, so each case stands by the day that its desk owes.
_BY_DESK: Final = frozenset({"due", "-due"})
#: Those by name: the field of the case, whose choices or rows have one.
_NAMED: Final = {"status": "status", "unit": "lead_unit", "sector": "sector"}
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
_KNOWN: Final = frozenset(order for both in OF_COLUMN.values() for order in both)
_FALLING: Final = frozenset({"newest"})


def order_of(wanted: str) -> str:
    """A known order; the first one for whatever else is asked."""
    return wanted if wanted in _KNOWN else FIRST


def in_order(wanted: str, scope: Scope, *, is_desk: bool = False) -> Order:
    """What a queryset of this person is ordered by; `is_desk`: it has nothing but what waits for a desk, and
    some of it for a publisher.
    """
    order = order_of(wanted)
    if is_desk and order in _BY_DESK:
        return _by_desk(falling=is_falling(order))
    sees_few = scope.reads_sealed and not scope.sees_all
    return _WITH_KEPT[order] if sees_few and order in _WITH_KEPT else columns_of(order)


def _by_desk(*, falling: bool) -> Order:
    """By the same days as the rows tell, whatever else waits between them. One condition for each day on
    which something is to be published; the days are few.
    """
    keys: dict[date, list[int]] = {}
    for key, day in publisher_days().items():
        keys.setdefault(day, []).append(key)
    published = [When(pk__in=found, then=Value(day)) for day, found in keys.items()]
    by = models.Case(
        *published,
        When(closed_on=None, then=F("due_on")),
        default=F("hand_over_due_on"),
        output_field=models.DateField(),
    )
    if falling:
        return by.desc(nulls_last=True), F("closed_on").desc(nulls_last=True), "-pk"
    return by.asc(nulls_last=True), F("closed_on").asc(nulls_last=True), "pk"


def going_on(case: Case, was: str, *, is_desk: bool = False) -> Order:
    """Goes before `FIRST` of `in_order`, for whoever took this case from the status `was`: what waits in the
    same one, then what stood behind the case. Its place is known by the day that an act leaves as it was.
    """
    day = "due_on" if was in OPEN else "closed_on"
    rises = was in OPEN or is_desk
    value = getattr(case, day)
    behind = Q(**{day: value, f"pk__{'gt' if is_desk else 'lt'}": case.pk})
    if value is not None:
        behind |= Q(**{f"{day}__{'gt' if rises else 'lt'}": value})
    if was in OPEN:
        behind |= Q(closed_on__isnull=False) | (Q(due_on=None) if value is not None else Q())
    return _first(Q(status=was)), _first(behind)


def _first(condition: Q) -> Any:
    return models.Case(When(condition, then=Value(0)), default=Value(1)).asc()


def is_falling(order: str) -> bool:
    """Largest, or last, first."""
    return order.startswith("-") or order in _FALLING


def columns_of(order: str) -> Order:
    """What `order_by` takes. By a name of rows it costs one query."""
    if order in _PLAIN:
        return _PLAIN[order]
    return _by_name(_NAMED[order.lstrip("-")], falling=is_falling(order))


def _by_name(name: str, *, falling: bool) -> Order:
    """By the alphabet, which a database does not know; what is empty stands last either way."""
    field: Any = Case._meta.get_field(name)
    named = field.choices or field.related_model._default_manager.values_list("pk", "name")
    values = [value for value, _name in sorted(named, key=lambda each: (alphabet_key(str(each[1])), each[0]))]
    if not values:
        return ("-pk",)
    places = [When(**{name: value}, then=Value(place)) for place, value in enumerate(values)]
    place = models.Case(*places, output_field=models.IntegerField())
    return (place.desc(nulls_last=True) if falling else place.asc(nulls_last=True)), "-pk"
