"""Total and facets of the list without words, counted once for every state of the archive.

Counting reads every entry, so the counts are kept in the cache until the archive changes. One query gives all
of them, out of an index alone.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from time import time
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count

from pakn_portal.search.engines.database.candidates import Codes
from pakn_portal.search.engines.database.filtering import counted
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.query.request import Filters, SearchRequest
from pakn_portal.search.query.results import Counts

#: Seconds; where processes share no cache, one does not hear at once what changed in another.
FRESH_SECONDS: Final = 60
_KEPT_SECONDS: Final = 3_600
#: While one counts anew, the others show what was counted before, for so many seconds at most.
_COUNTING_SECONDS: Final = 20
_STATE: Final = "pakn_portal.archive.state"


@dataclass(frozen=True, slots=True)
class ListCounts:
    """`dated`: how many of the total have a date."""

    total: int
    dated: int
    facets: dict[str, Counts]

    def minus(self, others: ListCounts) -> ListCounts:
        """The counts of what is left without these others."""
        facets = {}
        for name, counts in self.facets.items():
            gone = others.facets[name]
            left = {value: number - gone.get(value, 0) for value, number in counts.items()}
            facets[name] = {value: number for value, number in left.items() if number > 0}
        return ListCounts(max(self.total - others.total, 0), max(self.dated - others.dated, 0), facets)


def list_counts(request: SearchRequest, codes: Codes) -> ListCounts:
    """Without what is hidden now, whatever the cache has counted."""
    counts = _kept_counts(request, codes)
    return counts.minus(_count(request, codes, among=request.hidden)) if request.hidden else counts


def _kept_counts(request: SearchRequest, codes: Codes) -> ListCounts:
    """Cached where no value or one is chosen; there are too many other choices to keep them all."""
    if sum(map(len, request.filters.values())) > 1:
        return _count(request, codes)
    key, state = _key(request.filters), _state()
    kept = cache.get(key)
    if kept and kept["state"] == state and time() - kept["at"] < FRESH_SECONDS:
        return _read(kept)
    if kept and not cache.add(f"{key}.counting", True, _COUNTING_SECONDS):
        return _read(kept)
    counted = _count(request, codes)
    cache.set(key, {"state": state, "at": time(), **asdict(counted)}, _KEPT_SECONDS)
    cache.delete(f"{key}.counting")
    return counted


def forget_counts(**kwargs: Any) -> None:
    """The archive changed (a receiver of `archive_changed`, after commit)."""
    cache.set(_STATE, secrets.token_hex(8), None)


def _state() -> str:
    """A token that changes with the archive. Read before counting, so that counts of an older archive are not
    taken for those of the newer one.
    """
    return str(cache.get_or_set(_STATE, lambda: secrets.token_hex(8), None))


def _key(filters: Filters) -> str:
    """With the names of what is counted: counts of an earlier version of the software are not read."""
    names = [*(field.name for field in fields(ListCounts)), *FACET_FIELDS]
    counted = repr((names, sorted(filters.items())))
    return f"pakn_portal.archive.{sha256(counted.encode()).hexdigest()[:24]}"


def _read(kept: Mapping[str, Any]) -> ListCounts:
    return ListCounts(kept["total"], kept["dated"], kept["facets"])


def _count(request: SearchRequest, codes: Codes, *, among: Collection[int] | None = None) -> ListCounts:
    """Each facet counts what the other filters leave. `among`: of these entries only."""
    found: dict[str, Counter[str]] = {name: Counter() for name in FACET_FIELDS}
    total = dated = 0
    for values, number in _groups(request.filters, codes, among):
        misses = [name for name, chosen in request.filters.items() if values[name] not in chosen]
        if not misses:
            total += number
            dated += number if values["year"] else 0
        for name in _counting(misses):
            found[name][values[name]] += number
    facets = {
        name: {value: n for value, n in counts.most_common() if value} for name, counts in found.items()
    }
    return ListCounts(total, dated, facets)


def _counting(misses: list[str]) -> Iterable[str]:
    """The facets that count an entry which misses these filters."""
    if not misses:
        return FACET_FIELDS
    return misses if len(misses) == 1 else ()


def _groups(
    filters: Filters, codes: Codes, among: Collection[int] | None
) -> Iterable[tuple[dict[str, str], int]]:
    """The codes of each combination that any facet counts, with the number of its entries."""
    columns = (field.column for field in FACET_FIELDS.values())
    entries = counted(filters, codes) if among is None else counted(filters, codes).filter(pk__in=among)
    rows = entries.values_list(*columns).annotate(number=Count("*"))
    for *held, number in rows.iterator(2_000):
        yield codes.read(held), number
