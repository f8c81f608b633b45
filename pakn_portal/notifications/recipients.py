"""Who a mail goes to: senders, and the users behind a role in one case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from pakn_portal import permissions
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.notifications.rules import To

Find = Callable[[Case, CaseEvent], Iterable[Any]]


def users_for(to: To, case: Case, event: CaseEvent) -> list[Any]:
    """Active users with an address, each once, without whoever did it."""
    found = {user.pk: user for user in _FINDERS[to](case, event) if user is not None}
    return [user for pk, user in found.items() if user.is_active and user.email and pk != event.by_id]


def intake_staff() -> QuerySet:
    return _holders_of(permissions.INTAKE)


def unit_contacts(unit: Any) -> list[Any]:
    """The focal person, or else the head, or else everybody of the unit's staff group."""
    if unit is None:
        return []
    one = unit.focal_person or unit.head
    if one is not None:
        return [one]
    return list(get_user_model()._default_manager.filter(is_active=True, groups=unit.staff_group_id))


def _handler(case: Case, event: CaseEvent) -> Iterable[Any]:
    if case.officer is not None:
        return [case.officer]
    return unit_contacts(case.lead_unit) if case.lead_unit is not None else intake_staff()


def _officer(case: Case, event: CaseEvent) -> Iterable[Any]:
    return [case.officer] if case.officer is not None else unit_contacts(case.lead_unit)


def _head(case: Case, event: CaseEvent) -> Iterable[Any]:
    unit = case.lead_unit
    return [unit.head] if unit is not None and unit.head is not None else unit_contacts(unit)


def _preparer(case: Case, event: CaseEvent) -> Iterable[Any]:
    text = PublicText.objects.select_related("prepared_by").filter(case=case).first()
    return [text.prepared_by] if text is not None else []


def _holders_of(permission: str) -> QuerySet:
    """Active users with this right by a group or of their own; superusers are not meant."""
    label, codename = permission.split(".")
    direct = Q(user_permissions__content_type__app_label=label, user_permissions__codename=codename)
    by_group = Q(groups__permissions__content_type__app_label=label, groups__permissions__codename=codename)
    return get_user_model()._default_manager.filter(direct | by_group, is_active=True).distinct()


_FINDERS: dict[To, Find] = {
    To.INTAKE: lambda case, event: intake_staff(),
    To.INTAKE_FOR_DUPLICATES: lambda case, event: intake_staff(),
    To.UNIT: lambda case, event: unit_contacts(event.unit),
    To.HANDLER: _handler,
    To.OFFICER: _officer,
    To.HEAD: _head,
    To.PUBLISHERS: lambda case, event: _holders_of(permissions.PUBLISH),
    To.PREPARER: _preparer,
}
