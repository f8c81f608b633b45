"""Ours in the admin's menu "Help", before the CMS's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from pakn_portal.staff.help.views import DIFFICULTIES, HELP, REPORT, may_read, may_work_off


def help_items(request: HttpRequest) -> list[Any]:
    """In front of everything that the CMS has there, for whoever works with cases or keeps the lists."""
    if not may_read(request.user):
        return []
    rows: list[tuple[Any, str, str, str]] = [
        (_("Guides"), HELP, "pakn-guides", "help"),
        (_("Report a difficulty"), REPORT, "pakn-report", "comment"),
    ]
    if may_work_off(request.user):
        rows.append((_("Difficulties"), DIFFICULTIES, "pakn-difficulties", "list-ul"))
    return [
        MenuItem(label, reverse(address), name=name, icon_name=icon, order=place - len(rows))
        for place, (label, address, name, icon) in enumerate(rows)
    ]
