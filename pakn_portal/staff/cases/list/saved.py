"""Saved views of the list: whose they are, and what may stand in one."""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict

from pakn_portal.conf import unit_model_name
from pakn_portal.people.scope import Scope
from pakn_portal.staff.cases.list.filters import CaseFilterSet
from pakn_portal.staff.models import SavedView

#: The list has no place for more.
MOST: Final = 30
#: Tells which view an address came from; no part of one.
VIEW: Final = "view"
#: The name of a view that was typed and not saved, for the box it was typed in.
TYPED: Final = "view_name"
LONGEST_NAME: Final = 60
_KEPT: Final = frozenset(
    {
        "scope",
        "order",
        "cols",
        *(name for name in CaseFilterSet.base_filters if name != "registered"),
        "registered_from",
        "registered_to",
    }
)
_LONGEST: Final = 1500


class HeldByUnit(Exception):
    """The name is that of a view which a unit has that its owner left."""


def views_of(scope: Scope) -> QuerySet[SavedView]:
    """A person's own, and those that somebody shares with a unit of theirs. What is shared stays with the
    unit: whoever leaves it, its owner too, finds it no more.
    """
    theirs = Q(owner=scope.user, unit=None)
    if scope.unit_ids:
        theirs |= Q(unit__in=scope.unit_ids)
    return SavedView.objects.filter(theirs).select_related("owner", "unit")


def own_views(scope: Scope) -> QuerySet[SavedView]:
    """Those of `views_of` that this person may write anew."""
    return views_of(scope).filter(owner=scope.user)


def may_drop(scope: Scope, view: SavedView) -> bool:
    """One of `views_of`: its owner, and the head of its unit, for owners leave."""
    return view.owner_id == scope.user.pk or view.unit_id in scope.head_of


def units_of(scope: Scope) -> QuerySet[Any]:
    """The units that a person may share a view with: their own."""
    units: QuerySet[Any] = apps.get_model(unit_model_name())._default_manager.filter(pk__in=scope.unit_ids)
    return units.order_by("name")


def clean_query(query: QueryDict) -> str:
    """What of an address makes a view: tab, filters, order and columns; empty where it is far too long."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name in _KEPT and (filled := [value for value in values if value]):
            kept.setlist(name, filled)
    text = kept.urlencode()
    return text if len(text) <= _LONGEST else ""


def save_view(scope: Scope, *, name: str, query: QueryDict, unit: Any = None, opens_first: bool) -> SavedView:
    """Under a name that the person has already, however it is capitalised, it takes the place of that one.
    Raises HeldByUnit.
    """
    given = {"query": clean_query(query), "unit": unit, "opens_first": opens_first}
    try:
        return _save_view(scope, name, given)
    except IntegrityError:  # a second click in this very moment; now it finds the first one's
        return _save_view(scope, name, given)


def _save_view(scope: Scope, name: str, given: dict[str, Any]) -> SavedView:
    every = SavedView.objects.filter(owner=scope.user)
    with transaction.atomic():
        before = next((view for view in every if view.name.casefold() == name.casefold()), None)
        if before is not None and before.unit_id is not None and before.unit_id not in scope.unit_ids:
            raise HeldByUnit(name)
        if given["opens_first"]:
            every.filter(opens_first=True).update(opens_first=False)
        view, _is_new = SavedView.objects.update_or_create(
            owner=scope.user,
            name=name if before is None else before.name,
            defaults={"name": name, **given},
        )
    return view
