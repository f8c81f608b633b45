"""The boards that have an address of their own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pakn_portal.error_reports import keeps_quiet
from pakn_portal.people.scope import scope_of
from pakn_portal.reports.daily import freshness
from pakn_portal.staff.boards.leaders import BY, SPANS, Asked, Board, may_see

LEADERS = "pakn_board"


def board_url() -> str:
    return reverse(LEADERS)


@require_safe
@cache_control(no_store=True, private=True)
def leaders_board(request: HttpRequest) -> HttpResponse:
    """Figures of the units that this person sees: all of them, or their own."""
    scope = scope_of(request.user)
    if not may_see(scope):
        raise PermissionDenied
    asked = Asked.read(request.GET)
    context: dict[str, Any] = {
        **Board(scope, asked).context(),
        "asked": asked,
        "freshness": freshness(),
        "spans": SPANS.items(),
        "bys": BY.items(),
        "sees_all": scope.sees_all,
        "breadcrumbs_items": [{"url": "", "label": _("Overview")}],
        "page_title": _("Overview"),
        "header_icon": "table",
    }
    return TemplateResponse(request, "pakn_portal/staff/boards/leaders.html", context)


def urls() -> list[URLPattern]:
    """For Wagtail's hook `register_admin_urls`."""
    return [path("pakn/board/", keeps_quiet(leaders_board), name=LEADERS)]
