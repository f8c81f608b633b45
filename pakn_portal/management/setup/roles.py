"""A group for each role, with the rights the role needs."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from pakn_portal import permissions
from pakn_portal.conf import VIETNAMESE, unit_model_name
from pakn_portal.management.setup.tally import Progress, Tally, silent

ADMIN_DOOR = "wagtailadmin.access_admin"
LISTS = ("Agency", "DeadlineRule", "Holiday", "RefusalReason", "Sector", "Synonym")
LIST_ACTIONS = ("add", "change", "delete", "view")


@transaction.atomic
def make_roles(*, language: str = VIETNAMESE, progress: Progress = silent) -> Tally:
    """Make the missing groups and give every role's group the rights of its role.

    Groups are known by name, whatever language it is in; a new one is named in this language. A right that
    somebody added to a group stays; members are never touched.
    """
    tally = Tally()
    for done, (code, (_name, rights)) in enumerate(permissions.ROLES.items(), start=1):
        standing = _standing(code)
        group = standing or Group.objects.create(name=permissions.role_names(code)[language])
        wanted = [ADMIN_DOOR, *rights, *(list_rights() if code == "administrator" else [])]
        group.permissions.add(*find_permissions(wanted))
        tally.count(standing is None)
        progress(done, len(permissions.ROLES))
    return tally


def role_group(code: str) -> Group:
    """The group of a role. Raises Group.DoesNotExist before `make_roles`."""
    if group := _standing(code):
        return group
    raise Group.DoesNotExist(f"No group of the role {code!r}")


def _standing(code: str) -> Group | None:
    """The older one, where somebody made a second group with the role's name in the other language."""
    return Group.objects.filter(name__in=permissions.role_names(code).values()).order_by("pk").first()


def list_rights() -> list[str]:
    """Everything one may do to the reference lists; the units may be the portal's own model."""
    names = [f"pakn_portal.{model}" for model in LISTS] + [unit_model_name()]
    options = [apps.get_model(name)._meta for name in names]
    return [f"{meta.app_label}.{action}_{meta.model_name}" for meta in options for action in LIST_ACTIONS]


def find_permissions(names: list[str]) -> list[Permission]:
    """Permissions by dotted name. Raises LookupError when one is missing: then `migrate` has not run."""
    wanted = Q(pk__in=[])
    for name in names:
        label, codename = name.split(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = set(names) - {f"{row.content_type.app_label}.{row.codename}" for row in found}
    if missing:
        raise LookupError(f"No such permissions: {', '.join(sorted(missing))}. Run “migrate” first.")
    return found
