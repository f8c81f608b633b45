"""Help in the admin: the guides, their search, and the list of what is difficult."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

import pakn_portal
from pakn_portal import clock, permissions
from pakn_portal.conf import portal_settings
from pakn_portal.error_reports import keeps_quiet
from pakn_portal.people.actor import account_of
from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.confirmation.confirming import may_confirm
from pakn_portal.snippets.viewsets.left_words import left_words
from pakn_portal.staff.help import guides
from pakn_portal.staff.help.export import as_csv, as_workbook
from pakn_portal.staff.help.models import Difficulty
from pakn_portal.staff.paging import CappedPaginator
from pakn_portal.submissions.limits import Limit, wait_in_words
from pakn_portal.text import mask_all, mask_case_numbers

HELP: Final = "pakn_help"
REPORT: Final = "pakn_report_difficulty"
DIFFICULTIES: Final = "pakn_difficulties"
PAGE_SIZE: Final = 30
LONGEST_QUERY: Final = 100
#: Of one person; nobody finds more difficult in an hour.
_REPORTS: Final = Limit("difficulty_reports", 60 * 60, fixed=20)
#: Of an address, as long as its column.
_NAME: Final = re.compile(r"[A-Za-z0-9_:]{1,120}")


class DifficultyForm(forms.Form):
    """`screen` comes from the link that led here."""

    words = forms.CharField(
        label=gettext_lazy("What is difficult"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "What did you want to do, and what happened? Name no sender and no case: what looks like "
            "personal data is masked."
        ),
    )
    screen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        return without_cases(self.cleaned_data["words"])

    def clean_screen(self) -> str:
        """The name of an address and nothing else; what is none is left out, and the words are kept."""
        given = str(self.cleaned_data["screen"])
        return given if _NAME.fullmatch(given) else ""


def without_cases(words: str) -> str:
    """With what looks like personal data masked, and every case number."""
    return mask_all(mask_case_numbers(words, portal_settings.CASE_NUMBER_FORMAT))


def may_read(user: Any) -> bool:
    """Whether the guides stand in this person's menu; their addresses are open to all of the admin."""
    return scope_of(user).is_staff or may_confirm(user) or user.has_perm(permissions.KEEPS_LISTS)


def may_work_off(user: Any) -> bool:
    return scope_of(user).is_intake or user.has_perm(permissions.KEEPS_LISTS)


@require_safe
def help_view(request: HttpRequest) -> HttpResponse:
    """The guides, those of one's own roles first; with `q` what they say about it."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    own = guides.names_for(scope_of(request.user))
    found = guides.guides()
    return _page(
        request,
        "help",
        _("Guides"),
        query=query,
        finds=list(guides.search(query)) if query else [],
        own=[found[name] for name in own],
        others=[guide for name, guide in found.items() if name not in own],
    )


@require_safe
def guide_view(request: HttpRequest, name: str) -> HttpResponse:
    guide = guides.guides().get(name)
    if guide is None:
        raise Http404
    crumbs = [{"url": reverse(HELP), "label": _("Guides")}, {"url": "", "label": guide.title}]
    return _page(request, "guide", guide.title, crumbs, guide=guide)


@require_http_methods(["GET", "HEAD", "POST"])
def report_view(request: HttpRequest) -> HttpResponseBase:
    """Anybody who may enter the admin, so often an hour."""
    form = DifficultyForm(
        request.POST or left_words(request), initial={"screen": request.GET.get("screen", "")[:120]}
    )
    if request.method == "POST" and form.is_valid() and _has_room(request, form):
        Difficulty.objects.create(
            words=form.cleaned_data["words"],
            screen=form.cleaned_data["screen"],
            version=pakn_portal.__version__,
            reported_by=account_of(request),
        )
        messages.success(request, _("Thank you. The Ministry Office and the Information Centre read this."))
        return redirect(HELP)
    return _page(request, "report", _("Report a difficulty"), form=form)


def _has_room(request: HttpRequest, form: DifficultyForm) -> bool:
    """Counts a report, or says in the form when there is room for one."""
    who = f"staff-{request.user.pk}"
    if _REPORTS.take(who):
        return True
    told = _("You have reported %(most)s difficulties within an hour. Send this in %(wait)s.")
    wait = wait_in_words(_REPORTS.seconds_to_wait(who))
    form.add_error("words", told % {"most": _REPORTS.allowed, "wait": wait})
    return False


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def difficulties_view(request: HttpRequest) -> HttpResponseBase:
    """Open ones first; a line about what was done closes one."""
    if not may_work_off(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _deal_with(request)
    rows = Difficulty.objects.select_related("reported_by", "dealt_with_by")
    if (kind := request.GET.get("export")) in ("csv", "xlsx"):
        return as_csv(rows) if kind == "csv" else as_workbook(rows)
    is_open = request.GET.get("which") != "done"
    page = CappedPaginator(rows.filter(dealt_with_at__isnull=is_open), PAGE_SIZE).get_page(
        request.GET.get("p")
    )
    return _page(
        request,
        "difficulties",
        _("Difficulties"),
        page_obj=page,
        is_open=is_open,
        elided_page_range=page.paginator.get_elided_page_range(page.number),
        page_query="" if is_open else "which=done",
    )


def _deal_with(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("difficulty", "")
    if not (given.isdecimal() and len(given) < 19):
        raise Http404
    row = get_object_or_404(Difficulty, pk=int(given))
    remedy = request.POST.get("remedy", "").strip()[:500]
    if not remedy:
        messages.error(request, _("Say in a line what was done."))
    elif row.dealt_with_at is not None:
        messages.warning(request, _("Somebody has dealt with it meanwhile."))
    else:
        row.remedy, row.dealt_with_at = without_cases(remedy)[:500], clock.now()
        row.dealt_with_by = account_of(request)
        row.save(update_fields=["remedy", "dealt_with_by", "dealt_with_at"])
        messages.success(request, _("Dealt with."))
    return redirect(DIFFICULTIES)


def _page(
    request: HttpRequest,
    template: str,
    title: str,
    crumbs: list[dict[str, str]] | None = None,
    **context: Any,
) -> HttpResponse:
    return TemplateResponse(
        request,
        f"pakn_portal/staff/help/{template}.html",
        {
            "breadcrumbs_items": crumbs or [{"url": "", "label": capfirst(title)}],
            "page_title": title,
            "header_icon": "help",
            **context,
        },
    )


def urls() -> list[URLPattern]:
    """For Wagtail's hook `register_admin_urls`."""
    return [
        path("pakn/help/", keeps_quiet(help_view), name=HELP),
        path("pakn/help/difficulty/", keeps_quiet(report_view), name=REPORT),
        path("pakn/help/difficulties/", keeps_quiet(difficulties_view), name=DIFFICULTIES),
        path("pakn/help/<slug:name>/", keeps_quiet(guide_view), name=guides.GUIDE),
    ]
