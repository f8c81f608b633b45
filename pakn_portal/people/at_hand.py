"""Who in a unit can act, and who acts for those who cannot.

A person whose account is closed, who lost the right or who left the unit's group cannot take a case further.
Mails, worklists and `pakn_verify` (I6) therefore choose first among those who can act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from pakn_portal import permissions
from pakn_portal.conf import unit_model_name
from pakn_portal.people.accounts import open_accounts

UserTest = Callable[[Any], bool]


def anybody(user: Any) -> bool:
    return True


def holders_of(permission: str) -> QuerySet[Any]:
    """Active users who hold this right through a group or directly; superusers do not count."""
    return open_accounts().filter(_holds(permission)).distinct()


def _holds(permission: str) -> Q:
    label, codename = permission.split(".")
    direct = Q(user_permissions__content_type__app_label=label, user_permissions__codename=codename)
    return direct | Q(
        groups__permissions__content_type__app_label=label, groups__permissions__codename=codename
    )


@dataclass
class _Unit:
    parent: Any
    staff_group: Any
    head: Any
    focal: Any
    #: Those of the staff group who can act.
    staff: set[Any] = field(default_factory=set)


class AtHand:
    """The people of these units, and of the units above them, who can act now. Three queries."""

    def __init__(self, unit_ids: Iterable[Any]) -> None:
        rows = apps.get_model(unit_model_name())._default_manager.values_list(
            "pk", "parent_id", "staff_group_id", "head_id", "focal_person_id"
        )
        self._units = {pk: _Unit(*row) for pk, *row in rows}
        near = {above for unit in unit_ids for above in self._and_above(unit)}
        units = [self._units[pk] for pk in near]
        people = self._find_people(units)
        self._people: dict[Any, Any] = {user.pk: user for user in people}
        by_group: dict[Any, set[Any]] = {}
        for user, group in people.values_list("pk", "groups"):
            by_group.setdefault(group, set()).add(user)
        for unit in units:
            unit.staff = by_group.get(unit.staff_group, set()) if unit.staff_group else set()

    @staticmethod
    def _find_people(units: list[_Unit]) -> QuerySet[Any]:
        named = {pk for unit in units for pk in (unit.head, unit.focal) if pk}
        groups = {unit.staff_group for unit in units if unit.staff_group}
        may = Q(pk__in=holders_of(permissions.HANDLE).values("pk")) | Q(is_superuser=True)
        members = open_accounts().filter(groups__in=groups).values("pk")
        return open_accounts().filter(may, Q(pk__in=named) | Q(pk__in=members))

    def _and_above(self, unit_id: Any) -> Iterator[Any]:
        seen: set[Any] = set()
        while unit_id is not None and unit_id in self._units and unit_id not in seen:
            yield unit_id
            seen.add(unit_id)
            unit_id = self._units[unit_id].parent

    def can_handle(self, user_id: Any, unit_id: Any) -> bool:
        """Whether this person may still work on a case of this unit: they belong to it or to one above."""
        if user_id not in self._people:
            return False
        return any(self._is_of(user_id, self._units[pk]) for pk in self._and_above(unit_id))

    @staticmethod
    def _is_of(user_id: Any, unit: _Unit) -> bool:
        return user_id in (unit.head, unit.focal) or user_id in unit.staff

    def staff(self, unit_id: Any) -> set[Any]:
        """Primary keys of the unit's own people: its staff group, its head and its focal person."""
        unit = self._units[unit_id]
        return {pk for pk in (unit.head, unit.focal, *unit.staff) if pk in self._people}

    def person(self, user_id: Any, unit_id: Any, chosen: UserTest = anybody) -> list[Any]:
        """This person; nobody if they cannot act for the unit or are not `chosen`."""
        if user_id is None or not self.can_handle(user_id, unit_id):
            return []
        return self._of([user_id], chosen)

    def contacts(self, unit_id: Any, chosen: UserTest = anybody) -> list[Any]:
        """The first of these that is not empty: the focal person, the head, everybody in the unit's staff
        group, the heads above it. `chosen` says who counts.
        """
        if unit_id not in self._units:
            return []
        unit = self._units[unit_id]
        ways = ([unit.focal], [unit.head], sorted(unit.staff))
        found = (self._of(way, chosen) for way in ways)
        return next((people for people in found if people), []) or self.heads(unit_id, chosen)

    def is_empty(self, unit_id: Any) -> bool:
        """Nobody can act for the unit: a case that is sent there would wait for nobody."""
        return not self.contacts(unit_id)

    def heads(self, unit_id: Any, chosen: UserTest = anybody) -> list[Any]:
        """The head, or else the nearest head above."""
        above = (self._of([self._units[pk].head], chosen) for pk in self._and_above(unit_id))
        return next((people for people in above if people), [])

    def _of(self, ids: Iterable[Any], chosen: UserTest) -> list[Any]:
        people = (self._people.get(pk) for pk in ids if pk is not None)
        return [user for user in people if user is not None and chosen(user)]
