"""Lists the archive by date, where no words were typed: everything, or what the filters leave."""

from __future__ import annotations

from typing import Final

from django.db.models import F, Max, QuerySet

from pakn_portal.search.engines.database.candidates import Codes
from pakn_portal.search.engines.database.counts import list_counts
from pakn_portal.search.engines.database.filtering import fits, fitting, within_years
from pakn_portal.search.enums import Sort
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import Matches

#: Rows that may be looked at along the dates to fill a page. Where the chosen is rarer, indexes alone tell.
_WALKED: Final = 200


def list_by_date(request: SearchRequest) -> Matches:
    """A page, read along an index; the counts come from the cache."""
    codes = Codes()
    counts = list_counts(request, codes)
    entries = ArchiveEntry.objects.filter(is_public=True)
    if request.hidden:
        entries = entries.exclude(pk__in=request.hidden)
    matching = _filtered(entries, request, codes, counts.total) if request.filters else entries
    return Matches(ids=_page(matching, request, counts.dated), total=counts.total, facets=counts.facets)


def _page(matching: QuerySet[ArchiveEntry], request: SearchRequest, dated: int) -> list[int]:
    """First entries with a date, then the others. Two queries, because no single order has an index on both
    databases.
    """
    sign = "" if request.sort == Sort.OLDEST else "-"
    # the empty date is an order, too: without it PostgreSQL walks along the keys
    ordered = matching.order_by(f"{sign}published_on", f"{sign}pk")
    with_date, without = (ordered.filter(published_on__isnull=is_empty) for is_empty in (False, True))
    after = max(0, request.start - dated)
    ids = list(with_date.values_list("pk", flat=True)[request.start : request.start + request.page_size])
    rest = list(without.values_list("pk", flat=True)[after : after + request.page_size])
    return [*ids, *rest][: request.page_size]


def _filtered(
    entries: QuerySet[ArchiveEntry], request: SearchRequest, codes: Codes, total: int
) -> QuerySet[ArchiveEntry]:
    """The entries that fit, by the faster of two ways.

    Where many fit, rows are read along the dates until a page is full. Where few do, that takes long: then
    their keys come out of the index of the counts first, and only the index of the dates is read.
    """
    entries = entries.filter(within_years(request.filters))
    everything = ArchiveEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    if (request.start + request.page_size) * everything <= _WALKED * total:
        return entries.filter(fits(request.filters, codes))
    # the sum keeps the database from reading the row of every key
    return entries.alias(sum=F("pk") + 0).filter(sum__in=fitting(request.filters, codes))
