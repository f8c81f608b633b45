"""A group that carries a role, or in which a unit's people are, is not deleted in one click.

Wagtail asks no hook before it deletes a group, so this view stands before its own. Registered in
`wagtail_hooks`.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.base import ViewSet

from pakn_portal import permissions
from pakn_portal.conf import unit_model_name

_NAMESPACE = "wagtailusers_groups"


class KeptGroups(ViewSet):
    """The address of Wagtail's own view, found first."""

    def get_urlpatterns(self) -> list[Any]:
        return [path("delete/<str:pk>/", delete_group, name="delete")]


def guard() -> KeptGroups:
    return KeptGroups("pakn_groups", url_prefix="groups")


def delete_group(request: HttpRequest, pk: str) -> HttpResponseBase:
    group = get_object_or_404(Group, pk=pk)
    sentence = why_kept(group)
    if sentence:
        messages.error(request, sentence)
        return redirect(f"{_NAMESPACE}:edit", group.pk)
    theirs: Any = next(each for each in viewsets.viewsets if each.name == _NAMESPACE)
    response: HttpResponseBase = theirs.delete_view(request, pk=pk)
    return response


def why_kept(group: Group) -> str:
    """Empty for a group nobody would miss: a role's people would lose their work at once, and setting up
    again brings back the group without them.
    """
    if apps.get_model(unit_model_name())._default_manager.filter(staff_group=group).exists():
        return _(
            "“%(name)s” is the staff group of a unit, so it is kept. Name another group in the unit first."
        ) % {"name": group.name}
    if group.name in permissions.all_role_names() and group.user_set.exists():
        return _("“%(name)s” carries a role and has members, so it is kept. Take its members out first.") % {
            "name": group.name
        }
    return ""
