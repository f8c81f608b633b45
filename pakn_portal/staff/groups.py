"""Wagtail asks no hook before it saves a group, so this view stands before its own: whoever may not change
the rights of a group of their own is told why. Registered in `wagtail_hooks`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.base import ViewSet

from pakn_portal.notifications.roles.changes import remember


class EditedGroups(ViewSet):
    """The address of Wagtail's own view, found first."""

    def get_urlpatterns(self) -> list[Any]:
        return [path("edit/<str:pk>/", edit_group, name="edit")]


def explain() -> EditedGroups:
    return EditedGroups("pakn_edited_groups", url_prefix="groups")


def edit_group(request: HttpRequest, pk: str) -> HttpResponseBase:
    remember(request)
    theirs: Any = next(each for each in viewsets.viewsets if each.name == "wagtailusers_groups")
    response: HttpResponseBase = theirs.edit_view(request, pk=pk)
    return response
