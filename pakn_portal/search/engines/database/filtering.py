"""The chosen filters as conditions on the rows of the archive."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import router
from django.db.models import Case, Q, QuerySet, When

from pakn_portal.search.engines.database.candidates import Codes, Keys
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query.request import Filters
from pakn_portal.search.sources import kinds


def fits(filters: Filters, codes: Codes) -> Q:
    """The condition, by keys of sectors and units: a join would keep the database off its index."""
    return reduce(and_, _conditions(filters, codes).values(), Q())


def counted(filters: Filters, codes: Codes) -> QuerySet[ArchiveEntry]:
    """Entries that miss at most one filter: these are all that any facet counts."""
    entries = ArchiveEntry.objects.filter(is_public=True).order_by()
    if len(filters) < 2:
        return entries
    others = [{name: filters[name] for name in filters if name != left_out} for left_out in filters]
    misses_one = reduce(or_, (fits(some, codes) for some in others))
    # inside a CASE, or SQLite asks an index for each part and reads every row that it names
    return entries.alias(counts=Case(When(misses_one, then=1), default=0)).filter(counts=1)


def within_years(filters: Filters) -> Q:
    """The range of dates of the chosen years, so that the index of the dates is read from there. `year` is
    always that of `published_on`.
    """
    years = [int(year) for year in filters.get("year", ())]
    return Q(published_on__range=(date(min(years), 1, 1), date(max(years), 12, 31))) if years else Q()


def fitting(filters: Filters, codes: Codes) -> QuerySet[ArchiveEntry, Any]:
    """Keys, out of an index alone. The index begins with the kind, so all kinds are named where none is
    chosen.
    """
    entries = ArchiveEntry.objects.filter(fits(filters, codes), is_public=True)
    if "kind" not in filters:
        entries = entries.filter(kind__in=[kind for kind, _words in kinds()])
    return entries.order_by().values("pk")


def fitting_keys(filters: Filters, codes: Codes) -> Keys | None:
    """The statement for :func:`fitting`; none where no filter is chosen."""
    if not filters:
        return None
    compiler = fitting(filters, codes).query.get_compiler(router.db_for_read(ArchiveEntry))
    statement, values = compiler.as_sql()
    return statement, tuple(values)


def _conditions(filters: Filters, codes: Codes) -> dict[str, Q]:
    return {
        name: Q(**{f"{FACET_FIELDS[name].column}__in": codes.held(name, chosen)})
        for name, chosen in filters.items()
    }
