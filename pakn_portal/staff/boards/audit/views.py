"""The screens of whoever watches over the register. They change nothing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pakn_portal.cases.enums import Verb
from pakn_portal.error_reports import keeps_quiet
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.staff.boards.audit.addresses import BOARD, LINES, audit_url, lines_url
from pakn_portal.staff.boards.audit.board import AuditBoard, span_links
from pakn_portal.staff.boards.audit.chain_state import chain_lines, past_checks
from pakn_portal.staff.boards.audit.export import MOST_OF_A_SHEET, as_spreadsheet
from pakn_portal.staff.boards.audit.filters import LineFilterSet, visible_lines, with_days
from pakn_portal.staff.boards.audit.kinds import OF_VERB
from pakn_portal.staff.boards.audit.lines import NEWER, OLDER, LinePage, read, rows_of, seals_told
from pakn_portal.staff.cases.list.export import CSV, XLSX

#: What the board counts is not filtered by these: they are its rows and columns.
_OF_LINES = ("kind", "by", "number")
#: The log of reads, those for a letter too.
READS = f"{OF_VERB}{Verb.READ_CONTACTS}"


def may_watch(scope: Scope) -> bool:
    """Whether they read the register: its lines of many cases, and its state."""
    return scope.is_auditor


@require_safe
@cache_control(no_store=True, private=True)
def board_view(request: HttpRequest) -> HttpResponse:
    """By kind and by person, and the state of the chain."""
    scope, query = _entered(request)
    query = {name: value for name, value in query.items() if name not in _OF_LINES}
    filterset = _filterset(request, scope, query)
    figures = AuditBoard(scope, filterset, query).context() if filterset.is_valid() else {}
    return _page(
        request,
        "board",
        _("Watch over the register"),
        query,
        filterset=filterset,
        spans=span_links(query),
        chain=chain_lines(),
        checks=past_checks(),
        **figures,
    )


@require_safe
@cache_control(no_store=True, private=True)
def lines_view(request: HttpRequest) -> HttpResponseBase:
    """Line by line, newest first; also as a download."""
    scope, query = _entered(request)
    filterset = _filterset(request, scope, query)
    lines = filterset.qs if filterset.is_valid() else visible_lines(scope).none()
    if (kind := request.GET.get("export")) in (CSV, XLSX):
        return as_spreadsheet(lines, scope, str(kind))
    page = LinePage(read(lines), request.GET)
    rows = rows_of(page.events, scope, with_seals=True)
    return _page(
        request,
        "lines",
        _title_of_reads() if query.get("kind") == READS else _title_of_lines(),
        query,
        filterset=filterset,
        rows=rows,
        page_obj=page,
        count=page.count,
        seals=seals_told(rows),
        has_wrong_seal=any(not row.has_seal for row in rows),
        first_url=lines_url(**query) if page.newer is not None else "",
        older_url=lines_url(**query, **{OLDER: page.older}) if page.older is not None else "",
        newer_url=lines_url(**query, **{NEWER: page.newer}) if page.newer is not None else "",
        exports=[
            (each.upper(), lines_url(**query, export=each))
            for each in (XLSX, CSV)
            if filterset.is_valid() and (each == CSV or page.count <= MOST_OF_A_SHEET)
        ],
    )


def _entered(request: HttpRequest) -> tuple[Scope, dict[str, str]]:
    """Who asks, and what the filters were given, with days. Raises PermissionDenied."""
    scope = scope_of(request.user)
    if not may_watch(scope):
        raise PermissionDenied
    known = {*LineFilterSet.base_filters, "at_from", "at_to"}
    query = with_days(request.GET)
    return scope, {name: str(query[name]) for name in query if name in known and query[name]}


def _title_of_reads() -> str:
    return pgettext("of the register", "Who looked at contacts")


def _title_of_lines() -> str:
    return pgettext("of all cases", "Lines of the register")


def _filterset(request: HttpRequest, scope: Scope, query: dict[str, str]) -> LineFilterSet:
    return LineFilterSet(query, queryset=visible_lines(scope), request=request)


def _page(
    request: HttpRequest, template: str, title: str, query: dict[str, str], **context: Any
) -> HttpResponse:
    of_board = {name: value for name, value in query.items() if name not in _OF_LINES}
    reads = query.get("kind") == READS
    of_lines = {name: value for name, value in query.items() if not (reads and name == "kind")}
    return TemplateResponse(
        request,
        f"pakn_portal/staff/audit/{template}.html",
        {
            "tabs": [
                (pgettext("of the register", "Overview"), audit_url(**of_board), template == "board"),
                (
                    _title_of_reads(),
                    lines_url(**{**query, "kind": READS}),
                    template == "lines" and reads,
                ),
                (
                    _title_of_lines(),
                    lines_url(**of_lines),
                    template == "lines" and not reads,
                ),
            ],
            "breadcrumbs_items": [{"url": "", "label": title}],
            "page_title": title,
            "header_icon": "history",
            **context,
        },
    )


def urls() -> list[URLPattern]:
    """For Wagtail's hook `register_admin_urls`."""
    return [
        path("pakn/audit/", keeps_quiet(board_view), name=BOARD),
        path("pakn/audit/lines/", keeps_quiet(lines_view), name=LINES),
    ]
