"""Answers on the site that rest on a document which was replaced, for the units that gave them."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.search.entries import address_of
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.snippets.enums import Kind
from pakn_portal.snippets.models.legal_basis import replaced_among
from pakn_portal.text import document_numbers

NAME: Final = "pakn_replaced_bases"
#: The rest is told by its count.
MOST: Final = 200


def urls() -> list[Any]:
    return [path("pakn/replaced-bases/", listing, name=NAME)]


def replaced_bases_url() -> str:
    return reverse(NAME)


def may_review(scope: Scope) -> bool:
    """Units look at their own answers, those who see every answer's case and publishers at all."""
    return scope.sees_all or scope.is_publisher or scope.is_handler


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """A constant number of queries."""
    scope = scope_of(request.user)
    if not may_review(scope):
        raise PermissionDenied
    entries = ArchiveEntry.objects.filter(is_public=True, is_superseded=True, kind__in=Kind.values)
    if not (scope.sees_all or scope.is_publisher):
        entries = entries.filter(unit__in=scope.unit_ids)
    found = list(entries.select_related("page", "unit").order_by("unit__name", "-published_on", "pk")[:MOST])
    cited = [document_numbers(entry.context) for entry in found]
    replaced = replaced_among(number for numbers in cited for number in numbers)
    address = _archive_url()
    rows = [
        (entry, address_of(entry, address, request), [replaced[one] for one in numbers if one in replaced])
        for entry, numbers in zip(found, cited, strict=True)
    ]
    title = _("Answers to look at again")
    context = {
        "rows": rows,
        "more": max(entries.count() - MOST, 0),
        "page_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [{"url": "", "label": title}],
    }
    return render(request, "pakn_portal/staff/replaced_bases.html", context)


def _archive_url() -> str:
    try:
        return archive_page().url or ""
    except LookupError:
        return ""
