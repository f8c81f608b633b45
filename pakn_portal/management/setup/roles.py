"""A group for each role, with the permissions that the role needs."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from pakn_portal import permissions
from pakn_portal.conf import VIETNAMESE, unit_model_name
from pakn_portal.management.setup.tally import Progress, Tally, silent

ADMIN_DOOR = "wagtailadmin.access_admin"
LISTS = (
    "Agency",
    "DeadlineRule",
    "Holiday",
    "LegalBasis",
    "LetterTemplate",
    "MailTemplate",
    "RefusalReason",
    "Sector",
    "Synonym",
)
LIST_ACTIONS = ("add", "change", "delete", "view")
#: The Legal Department mends what it confirms by itself. The days off it confirms and does not keep.
LEGAL_RIGHTS = (
    *(
        f"pakn_portal.{action}_{model}"
        for model in ("deadlinerule", "refusalreason", "legalbasis")
        for action in ("add", "change", "view")
    ),
    "pakn_portal.view_holiday",
)


@transaction.atomic
def make_roles(*, language: str = VIETNAMESE, progress: Progress = silent) -> Tally:
    """Create the missing groups, and give each role's group the permissions of its role.

    A group is found by its name in any of our languages; a new one gets its name in this language, and one
    that still has a name from before gets the present one in its own.
    Permissions that somebody added to a group stay; members never change.
    """
    tally = Tally()
    for done, (code, (_name, rights)) in enumerate(permissions.ROLES.items(), start=1):
        standing = _standing(code)
        if standing is None and (likely := _renamed(rights)):
            tally.notes.append(_of_renamed(likely, permissions.role_names(code)[language]))
        if standing is not None:
            _rename(standing, code)
        group = standing or Group.objects.create(name=permissions.role_names(code)[language])
        group.permissions.add(*find_permissions([ADMIN_DOOR, *rights, *_rights_to_lists(code)]))
        tally.count(standing is None)
        progress(done, len(permissions.ROLES))
    return tally


def _rename(group: Group, code: str) -> None:
    """Give a group with a former name the present one, unless another group took it."""
    language = permissions.FORMER_ROLE_NAMES.get(code, {}).get(group.name)
    name = permissions.role_names(code)[language] if language else group.name
    if name != group.name and not Group.objects.filter(name=name).exists():
        group.name = name
        group.save(update_fields=["name"])


def _renamed(rights: list[str]) -> Group | None:
    """A group under another name that has members and all permissions of a role: probably that role's own."""
    peopled = get_user_model().objects.exclude(groups=None).values("groups")
    groups = Group.objects.exclude(name__in=permissions.all_role_names()).filter(pk__in=peopled)
    for permission in find_permissions([ADMIN_DOOR, *rights]):
        groups = groups.filter(permissions=permission)
    return groups.order_by("pk").first()


def _of_renamed(group: Group, name: str) -> str:
    return (
        f"“{group.name}” has the rights of “{name}” and may be that group renamed. Groups of roles are known "
        f"by their names, so a new one without members was made: give “{group.name}” its name back and "
        "delete the new one, or move the members."
    )


def role_group(code: str) -> Group:
    """The group of a role. Raises Group.DoesNotExist before `make_roles`."""
    if group := _standing(code):
        return group
    raise Group.DoesNotExist(f"No group of the role {code!r}")


def _standing(code: str) -> Group | None:
    """The older group, if somebody made a second one with the role's name in the other language."""
    return Group.objects.filter(name__in=permissions.known_names(code)).order_by("pk").first()


def _rights_to_lists(code: str) -> list[str]:
    if code == "legal":
        return [*LEGAL_RIGHTS]
    return list_rights() if code == "administrator" else []


def list_rights() -> list[str]:
    """All permissions on the reference lists; the unit model may be the portal's own."""
    names = [f"pakn_portal.{model}" for model in LISTS] + [unit_model_name()]
    options = [apps.get_model(name)._meta for name in names]
    return [f"{meta.app_label}.{action}_{meta.model_name}" for meta in options for action in LIST_ACTIONS]


def find_permissions(names: list[str]) -> list[Permission]:
    """Permissions by dotted name. Raises LookupError if one is missing: then `migrate` has not run."""
    wanted = Q(pk__in=[])
    for name in names:
        label, codename = name.split(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    missing = set(names) - {f"{row.content_type.app_label}.{row.codename}" for row in found}
    if missing:
        raise LookupError(f"No such permissions: {', '.join(sorted(missing))}. Run “migrate” first.")
    return found
