"""What a user is to the ministry, whatever they open: a case, a conclusion, a consultation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps

from pakn_portal import permissions
from pakn_portal.conf import unit_model_name
from pakn_portal.people.accounts import is_open


@dataclass(frozen=True)
class Scope:
    """What a user is; made once for a request and passed on.

    The roles need no query beyond the user's permissions, which the CMS has read; the units need two, once.
    """

    user: Any
    is_intake: bool = False
    #: Handles the cases of their units; which units, `unit_ids` says.
    is_handler: bool = False
    is_leader: bool = False
    is_publisher: bool = False
    is_auditor: bool = False
    reads_sealed: bool = False

    @property
    def unit_ids(self) -> frozenset[int]:
        """Units of whose staff the user is a member, and the units beneath them."""
        return self._units.mine if self._units else frozenset()

    @property
    def head_of(self) -> frozenset[int]:
        return self._units.headed if self._units else frozenset()

    @property
    def focal_of(self) -> frozenset[int]:
        return self._units.focal if self._units else frozenset()

    @cached_property
    def _units(self) -> _UnitTree | None:
        return _UnitTree(self.user) if self.is_handler else None

    @property
    def sees_all(self) -> bool:
        return self.is_intake or self.is_leader or self.is_auditor

    @property
    def only_audits(self) -> bool:
        """Whether they read, and no case ever waits for them. No query."""
        works = self.is_intake or self.is_leader or self.is_publisher or self.reads_sealed or self.is_handler
        return self.is_auditor and not works

    @property
    def is_staff(self) -> bool:
        """Whether the user has any role; a handler without a unit sees an empty list. No query."""
        return self.sees_all or self.is_publisher or self.reads_sealed or self.is_handler


NOBODY = Scope(user=None)


def scope_of(user: Any) -> Scope:
    """The scope of a user, cached on the user object for the length of a request."""
    if user is None or not user.is_authenticated or not is_open(user):
        return NOBODY
    if not hasattr(user, "_pakn_scope"):
        user._pakn_scope = _scope(user)
    kept: Scope = user._pakn_scope
    return kept


def scope_now(user: Any) -> Scope:
    """Read anew, for a rule that judges each of several saves in one request: the one before may have
    changed the units."""
    return _scope(user) if user is not None and user.is_authenticated and is_open(user) else NOBODY


def _scope(user: Any) -> Scope:
    return Scope(
        user=user,
        is_intake=user.has_perm(permissions.INTAKE),
        is_handler=user.has_perm(permissions.HANDLE),
        is_leader=user.has_perm(permissions.LEAD),
        is_publisher=user.has_perm(permissions.PUBLISH),
        is_auditor=user.has_perm(permissions.AUDIT),
        reads_sealed=user.has_perm(permissions.READ_SEALED),
    )


class _UnitTree:
    """All units of a ministry (a few hundred), read once."""

    def __init__(self, user: Any) -> None:
        groups = set(user.groups.values_list("pk", flat=True))
        rows = list(
            apps.get_model(unit_model_name()).objects.values_list(
                "pk", "parent_id", "staff_group_id", "head_id", "focal_person_id"
            )
        )
        self._children: dict[int, list[int]] = {}
        for pk, parent, *_rest in rows:
            self._children.setdefault(parent, []).append(pk)
        self.headed = self._below(pk for pk, _p, _g, head, _f in rows if head == user.pk)
        self.focal = self._below(pk for pk, _p, _g, _h, focal in rows if focal == user.pk)
        self.mine = (
            self.headed | self.focal | self._below(pk for pk, _p, group, *_r in rows if group in groups)
        )

    def _below(self, roots: Iterable[int]) -> frozenset[int]:
        found: set[int] = set()
        waiting = list(roots)
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting.extend(self._children.get(pk, ()))
        return frozenset(found)
