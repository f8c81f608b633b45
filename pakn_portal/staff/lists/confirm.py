"""The Legal Department's screen: what is to be confirmed, with its basis, one click each."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from pakn_portal.snippets.confirmation.confirming import ChangedMeanwhile, confirm, may_confirm, revoke
from pakn_portal.staff.lists.confirm_rows import DAYS, LABELS, REASONS, RULES, rows_of, subject

NAME: Final = "pakn_confirm"
PAGE_SIZE: Final = 30
#: The Legal Department keeps all of these lists but that of the days off.
_MEND: Final = {
    RULES: gettext_lazy("Look at the list, mend it"),
    REASONS: gettext_lazy("Mend the words"),
    DAYS: gettext_lazy("Look at the list"),
}
WAITING, CONFIRMED = "waiting", "confirmed"


def urls() -> list[Any]:
    return [path("pakn/confirm/", listing, name=NAME)]


def confirm_url(which: str = RULES, state: str = WAITING) -> str:
    query = {
        **({"list": which} if which != RULES else {}),
        **({"state": state} if state != WAITING else {}),
    }
    return f"{reverse(NAME)}?{urlencode(query)}" if query else reverse(NAME)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def listing(request: HttpRequest) -> HttpResponse:
    """A query for each list."""
    if not may_confirm(request.user):
        raise PermissionDenied
    which = request.GET.get("list", RULES)
    which = which if which in LABELS else RULES
    state = CONFIRMED if request.GET.get("state") == CONFIRMED else WAITING
    if request.method == "POST":
        return _act(request, which, state)
    rows = {name: rows_of(name) for name in LABELS}
    shown = [row for row in rows[which] if row.is_confirmed == (state == CONFIRMED)]
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "page_query": confirm_url(which, state).partition("?")[2],
        "tabs": [
            (label, sum(not row.is_confirmed for row in rows[name]), confirm_url(name), name == which)
            for name, label in LABELS.items()
        ],
        "states": [
            (_("To confirm"), confirm_url(which), state == WAITING),
            (
                pgettext("for the Legal Department", "Confirmed"),
                confirm_url(which, CONFIRMED),
                state == CONFIRMED,
            ),
        ],
        "is_waiting": state == WAITING,
        "has_basis": which != REASONS,
        "list_label": _MEND[which],
        "page_title": _("To confirm for the Legal Department"),
        "header_icon": "check",
        "breadcrumbs_items": [{"url": "", "label": _("To confirm for the Legal Department")}],
    }
    return TemplateResponse(request, "pakn_portal/staff/confirm.html", context)


def _act(request: HttpRequest, which: str, state: str) -> HttpResponse:
    given = request.POST.get("key", "")
    if not (given.isdecimal() and len(given) < 19):
        raise Http404
    rows = subject(which, int(given))
    if "withdraw" in request.POST:
        revoke(rows, by=request.user)
        messages.success(request, _("The confirmation was taken back."))
    else:
        try:
            confirm(rows, seen=request.POST.get("seen", ""), by=request.user)
            messages.success(request, _("Confirmed. Cases no longer say that this is open."))
        except ChangedMeanwhile:
            messages.error(request, _("Somebody changed this since you read it. Please read it again."))
    return redirect(confirm_url(which, state))
