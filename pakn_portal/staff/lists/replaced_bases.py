"""Answers on the site that rest on a document which was replaced, for the units that gave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.scope import Scope, scope_of
from pakn_portal.search.entries import address_of
from pakn_portal.search.models import ArchiveEntry, ReplacedCitation
from pakn_portal.snippets.confirmation.confirming import may_confirm
from pakn_portal.snippets.enums import Kind
from pakn_portal.snippets.models import LegalBasis
from pakn_portal.snippets.models.legal_basis import replaced_among
from pakn_portal.staff import addresses

NAME: Final = "pakn_replaced_bases"
PAGE_SIZE: Final = 50


def urls() -> list[Any]:
    return [path("pakn/replaced-bases/", listing, name=NAME)]


def replaced_bases_url(number: str = "") -> str:
    """All of them, or those that cite this document."""
    return f"{reverse(NAME)}?{urlencode({'basis': number})}" if number else reverse(NAME)


def may_review(scope: Scope) -> bool:
    """Units look at their own answers; publishers, the Legal Department and those who see every answer's case
    at all.
    """
    return _sees_all(scope) or scope.is_handler


def _sees_all(scope: Scope) -> bool:
    return scope.sees_all or scope.is_publisher or may_confirm(scope.user)


@dataclass(frozen=True)
class Replaced:
    """A document that was replaced, with the number of answers of this reader's that cite it."""

    basis: LegalBasis
    count: int

    @property
    def url(self) -> str:
        return replaced_bases_url(self.basis.number)


@dataclass(frozen=True)
class AnswerToLookAt:
    """An answer with its address on the site, what it cites and was replaced, and where it is corrected."""

    entry: ArchiveEntry
    url: str
    bases: list[LegalBasis]
    case: Case | None
    #: Whether this person prepares the correction.
    corrects: bool

    @property
    def case_url(self) -> str:
        return addresses.case_url(self.case.pk) if self.case else ""

    @property
    def correct_url(self) -> str:
        return (
            addresses.move_url(self.case.pk, Verb.PREPARE_PUBLIC_TEXT) if self.case and self.corrects else ""
        )


def replaced(scope: Scope, most: int = 20) -> list[Replaced]:
    """Those that an answer cites, most answers first. Two queries, which read citations and no answer."""
    citations = ReplacedCitation.objects.filter(entry__in=_entries(scope)).values("number")
    counts = citations.annotate(count=Count("pk")).order_by("-count", "number").values_list("number", "count")
    found = dict(counts[:most])
    bases = replaced_among(found)
    return [Replaced(bases[number], count) for number, count in found.items() if number in bases]


def count_of_answers(scope: Scope) -> int:
    return _entries(scope).count()


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """A constant number of queries."""
    scope = scope_of(request.user)
    if not may_review(scope):
        raise PermissionDenied
    number = request.GET.get("basis", "")[:60]
    entries = _entries(scope).filter(**({"replaced_citations__number": number} if number else {}))
    entries = entries.select_related("page", "unit").order_by("unit__name", "-published_on", "pk")
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("p"))
    found = list(page.object_list)
    bases = _bases_of(found)
    address = _archive_url()
    cases = _cases_of(found, scope)
    rows = [
        AnswerToLookAt(
            entry,
            address_of(entry, address, request),
            bases.get(entry.pk, []),
            cases.get(entry.page_id),
            cases[entry.page_id].lead_unit_id in scope.unit_ids or scope.is_publisher
            if entry.page_id in cases
            else False,
        )
        for entry in found
    ]
    title = _("Answers to look at again")
    crumbs = [{"url": replaced_bases_url() if number else "", "label": title}]
    context = {
        "rows": rows,
        "number": number,
        "all_url": replaced_bases_url(),
        "page_obj": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "page_query": urlencode({"basis": number}) if number else "",
        "page_title": title,
        "header_icon": "warning",
        "breadcrumbs_items": [*crumbs, *([{"url": "", "label": number}] if number else [])],
    }
    return render(request, "pakn_portal/staff/replaced_bases.html", context)


def _entries(scope: Scope) -> QuerySet[ArchiveEntry]:
    entries = ArchiveEntry.objects.filter(is_public=True, is_superseded=True, kind__in=Kind.values)
    return entries if _sees_all(scope) else entries.filter(unit__in=scope.unit_ids)


def _bases_of(entries: list[ArchiveEntry]) -> dict[int, list[LegalBasis]]:
    """What each of them cites and was replaced. Two queries."""
    citations = ReplacedCitation.objects.filter(entry__in=[entry.pk for entry in entries])
    pairs = list(citations.order_by("number").values_list("entry_id", "number"))
    bases = replaced_among(number for _pk, number in pairs)
    found: dict[int, list[LegalBasis]] = {}
    for pk, number in pairs:
        found.setdefault(pk, []).extend([bases[number]] if number in bases else [])
    return found


def _cases_of(entries: list[ArchiveEntry], scope: Scope) -> dict[int | None, Case]:
    """By the key of the page, those that this person may open. Two queries; what was imported has no case."""
    pages = AnswerPage.objects.filter(pk__in=[entry.page_id for entry in entries if entry.page_id])
    pairs = dict(pages.exclude(public_text=None).values_list("pk", "public_text__case_id"))
    cases = Case.objects.within(scope).in_bulk(pairs.values())
    return {page: cases[case] for page, case in pairs.items() if case in cases}


def _archive_url() -> str:
    try:
        return archive_page().url or ""
    except LookupError:
        return ""
