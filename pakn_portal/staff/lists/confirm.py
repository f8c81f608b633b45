"""The Legal Department's screen: what is to be confirmed, with its basis, one by one or several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from pakn_portal.snippets.confirmation.confirming import (
    CannotConfirm,
    ChangedMeanwhile,
    confirm,
    may_confirm,
    revoke,
)
from pakn_portal.staff.lists.confirm_rows import (
    DAYS,
    LABELS,
    REASONS,
    RULES,
    RowToConfirm,
    rows_of,
    subject,
)

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
    shown = _shown(rows[which], state)
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


def _shown(rows: Sequence[RowToConfirm], state: str) -> list[RowToConfirm]:
    return [row for row in rows if row.is_confirmed == (state == CONFIRMED)]


def _act(request: HttpRequest, which: str, state: str) -> HttpResponse:
    """Each by itself: one that was changed meanwhile holds up no other."""
    keys = _keys(request)
    shown = _shown(rows_of(which), state)
    if not keys:
        messages.warning(request, _("Nothing is chosen yet: tick what you have compared."))
    elif "withdraw" in request.POST:
        revoke(subject(which, keys[0]), by=request.user)
        messages.success(request, _("The confirmation was taken back."))
    else:
        _confirm(request, which, keys, {row.key: row.told for row in shown})
    return redirect(_where_one_was(request, which, state, [row.key for row in shown], keys))


def _keys(request: HttpRequest) -> list[int]:
    """Of the button that was pressed, or of the boxes that are ticked."""
    if "chosen" in request.POST:
        given = request.POST.getlist("pick")[:PAGE_SIZE]
    else:
        given = [request.POST.get("withdraw") or request.POST.get("key", "")]
    if not all(each.isdecimal() and len(each) < 19 for each in given):
        raise Http404
    return [int(each) for each in given]


def _confirm(request: HttpRequest, which: str, keys: list[int], names: dict[int, str]) -> None:
    done = []
    for key in keys:
        name = names.get(key, "")
        try:
            confirm(subject(which, key), seen=request.POST.get(f"seen-{key}", ""), by=request.user)
            done.append(name)
        except ChangedMeanwhile:
            sentence = _("Somebody changed this since you read it. Please read it again.")
            messages.error(request, f"{name}: {sentence}" if name else sentence)
        except CannotConfirm as error:
            messages.error(request, f"{name}: {error}")
    if done:
        told = _("%(what)s: %(names)s. Cases no longer say that this is open.")
        messages.success(request, told % {"what": _count(which, len(done)), "names": "; ".join(done)})


def _count(which: str, count: int) -> str:
    told = {
        RULES: ngettext("%(count)s rule confirmed", "%(count)s rules confirmed", count),
        REASONS: ngettext("%(count)s reason confirmed", "%(count)s reasons confirmed", count),
        DAYS: ngettext(
            "Days off of %(count)s year confirmed", "Days off of %(count)s years confirmed", count
        ),
    }
    return told[which] % {"count": count}


def _where_one_was(request: HttpRequest, which: str, state: str, shown: list[int], keys: list[int]) -> str:
    """The same page of the list, at the row behind the first of these."""
    url, page = confirm_url(which, state), request.GET.get("p", "")
    if page.isdecimal():
        url += f"{'&' if '?' in url else '?'}p={page}"
    behind = shown[shown.index(keys[0]) + 1 :] if keys and keys[0] in shown else []
    left = next((key for key in behind if key not in keys), None)
    return f"{url}#row-{left}" if left is not None else url
