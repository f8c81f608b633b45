"""The demo ministry: its units with their staff groups, and the accounts, whose password is their name."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from example_site.demo import content
from pakn_portal import clock
from pakn_portal.conf import unit_model_name
from pakn_portal.management.setup.roles import role_group
from pakn_portal.snippets.models import Sector

#: Role of the demo's people → the groups of `pakn_setup` they are in, besides the staff group of their unit.
ROLE_GROUPS = {
    "intake": ["intake"],
    "focal": ["unit"],
    "officer": ["unit"],
    "head": ["unit"],
    # where the post of the head is vacant, the ministry's leaders approve
    "deputy": ["unit"],
    "legal": ["legal", "unit"],
    "inspector": ["inspector", "unit"],
    "auditor": ["auditor"],
    "publisher": ["publisher"],
    "leader": ["leader"],
    "admin": ["administrator"],
}
PORTAL_ADMINISTRATORS = "Quản trị cổng"


@transaction.atomic
def make_units() -> int:
    """The missing units, each with its staff group; returns how many were made."""
    _name_in_vietnamese()
    model, made = apps.get_model(unit_model_name()), 0
    for row in content.units():
        if model.objects.filter(code=row["code"]).exists():
            continue
        group, _new = Group.objects.get_or_create(name=f"Đơn vị – {row['name']}")
        parent = model.objects.get(code=row["parent"]) if row["parent"] else None
        model.objects.create(
            code=row["code"], name=row["name"], short_name=row["short_name"], parent=parent, staff_group=group
        )
        made += 1
    return made


def _name_in_vietnamese() -> None:
    """What Wagtail's own migrations name in English: an administrator meets these names in every account."""
    for rows, names in (
        (Group.objects, {"Editors": "Biên tập trang", "Moderators": "Duyệt trang"}),
        (Workflow.objects, {"Moderators approval": "Duyệt trang"}),
        (Task.objects, {"Moderators approval": "Duyệt trang"}),
    ):
        for name, vietnamese in names.items():
            rows.filter(name=name).update(name=vietnamese)


@transaction.atomic
def make_people() -> int:
    """The missing accounts; heads and focal persons are named in their units. Returns how many were made."""
    user_model, made = get_user_model(), 0
    for row in content.people():
        if user_model.objects.filter(username=row["username"]).exists():
            continue
        *family, given = row["full_name"].split()
        user = user_model.objects.create_user(
            row["username"],
            email=f"{row['username']}@bo.example",
            password=row["username"],
            first_name=given,
            last_name=" ".join(family),
            date_joined=clock.now(),
            last_login=clock.now() - timedelta(days=row.get("away_days", 1)),
        )
        _employ(user, row)
        made += 1
    return made


def opened_at() -> datetime:
    """When the demo was first loaded: everything in it is dated from then, however often it is loaded."""
    joined: datetime = get_user_model().objects.get(username="vanphong").date_joined
    return joined


def _employ(user: Any, row: dict[str, Any]) -> None:
    unit = apps.get_model(unit_model_name()).objects.get(code=row["unit"])
    user.groups.add(unit.staff_group, *[role_group(code) for code in ROLE_GROUPS[row["role"]]])
    if row["role"] == "admin":
        user.groups.add(portal_administrators())
    if row["role"] in ("head", "focal"):
        setattr(unit, "head" if row["role"] == "head" else "focal_person", user)
        unit.save()


def portal_administrators() -> Group:
    """Everything of the portal, but no case: administrators keep the system, they do not read petitions."""
    group, is_new = Group.objects.get_or_create(name=PORTAL_ADMINISTRATORS)
    if is_new:
        group.permissions.set(Permission.objects.exclude(content_type__app_label="pakn_portal"))
        root = Page.get_first_root_node()
        for codename in ("add_page", "change_page", "publish_page", "lock_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)
        files = Permission.objects.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"])
        everywhere = Collection.get_first_root_node()
        for permission in files.filter(codename__regex="^(add|change|choose)_"):
            GroupCollectionPermission.objects.create(
                group=group, collection=everywhere, permission=permission
            )
    return group


@transaction.atomic
def name_lead_units() -> None:
    """The unit that answered most questions of a sector leads it, unless somebody named one already."""
    answered: dict[str, Counter[str]] = {}
    for row in content.answers():
        answered.setdefault(row["sector"], Counter())[row["unit"]] += 1
    units = {unit.code: unit for unit in apps.get_model(unit_model_name()).objects.all()}
    for sector in Sector.objects.filter(lead_unit=None, code__in=answered):
        [(code, _count)] = answered[sector.code].most_common(1)
        sector.lead_unit = units[code]
        sector.save(update_fields=["lead_unit"])
