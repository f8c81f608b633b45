"""The archive without words: everything, or what the chosen filters leave, by date."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from pakn_portal.search.engines.candidates import Codes
from pakn_portal.search.engines.counts import list_counts
from pakn_portal.search.enums import Sort
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.requests import Filters, SearchRequest
from pakn_portal.search.results import Found


def list_by_date(request: SearchRequest) -> Found:
    """A page in the order of an index; the counts are kept from one reader to the next."""
    codes = Codes()
    counts = list_counts(request, codes)
    matching = _filter(ArchiveEntry.objects.filter(is_public=True), request.filters, codes)
    return Found(ids=_page(matching, request, counts.dated), total=counts.total, facets=counts.facets)


def _page(matching: QuerySet[ArchiveEntry], request: SearchRequest, dated: int) -> list[int]:
    """What has a date, then the rest: in one order no index would serve both databases."""
    sign = "" if request.sort == Sort.OLDEST else "-"
    # the empty date is an order, too: without it PostgreSQL walks along the keys
    ordered = matching.order_by(f"{sign}published_on", f"{sign}pk")
    with_date, without = (ordered.filter(published_on__isnull=is_empty) for is_empty in (False, True))
    after = max(0, request.start - dated)
    ids = list(with_date.values_list("pk", flat=True)[request.start : request.start + request.page_size])
    rest = list(without.values_list("pk", flat=True)[after : after + request.page_size])
    return [*ids, *rest][: request.page_size]


def _filter(entries: QuerySet[ArchiveEntry], filters: Filters, codes: Codes) -> QuerySet[ArchiveEntry]:
    """By the keys of sectors and units: a join would keep the database from walking along the dates."""
    lookups: dict[str, Any] = {
        "kind__in": filters.get("kind"),
        "sector_id__in": _keys(codes.sectors, filters.get("sector")),
        "unit_id__in": _keys(codes.units, filters.get("unit")),
        "sender_kind__in": filters.get("sender"),
        "year__in": filters.get("year"),
    }
    return entries.filter(**{name: values for name, values in lookups.items() if values is not None})


def _keys(codes: dict[Any, str], chosen: tuple[str, ...] | None) -> list[Any] | None:
    return None if chosen is None else [pk for pk, code in codes.items() if code in chosen]
