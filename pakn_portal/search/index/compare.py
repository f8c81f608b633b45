"""Database and index side by side, by ids and versions.

Both are read a page at a time in the order of the ids, so that an archive of any size is compared in little
memory. The two pages of a place are read one right after the other, and no write moves an id, so little of
what changes meanwhile is taken for a difference, and the alias may be swapped beneath.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pakn_portal.search.models import ArchiveEntry

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE: Final = 2_000
Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """`expected` or `found` is None where the entry should not be, or is not, in the index."""

    entry_id: int
    expected: int | None
    found: int | None

    def __str__(self) -> str:
        return f"entry {self.entry_id}: database {self.expected or 'none'}, index {self.found or 'none'}"


def differences(client: Elasticsearch, index: str) -> Iterator[IndexDifference]:
    """Yields what differs, in the order of the entry ids."""
    client.indices.refresh(index=index)
    yield from compare(public_versions(), indexed_versions(client, index))


def compare(expected: Iterable[Version], found: Iterable[Version]) -> Iterator[IndexDifference]:
    """Merges ids and versions of both sides, each in the order of its ids."""
    left, right = iter(expected), iter(found)
    here, there = next(left, None), next(right, None)
    while here or there:
        if there is None or (here and here[0] < there[0]):
            yield IndexDifference(here[0], here[1], None)  # type: ignore[index]  # one of them is there
            here = next(left, None)
        elif here is None or there[0] < here[0]:
            yield IndexDifference(there[0], None, there[1])
            there = next(right, None)
        else:
            if here[1] != there[1]:
                yield IndexDifference(here[0], here[1], there[1])
            here, there = next(left, None), next(right, None)


def public_versions() -> Iterator[Version]:
    """Id and version of every entry that the index should have."""
    last = 0
    while True:
        rows = ArchiveEntry.objects.filter(is_public=True, pk__gt=last).order_by("pk")
        page = list(rows.values_list("pk", "version")[:_PAGE])
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1][0]


def indexed_versions(client: Elasticsearch, index: str) -> Iterator[Version]:
    """Id and version of everything in the index, as far as it is refreshed."""
    after: list[int] | None = None
    while True:
        answer = client.search(
            index=index,
            size=_PAGE,
            source=False,
            stored_fields="_none_",
            docvalue_fields=[{"field": "entry_id"}],
            version=True,
            sort=[{"entry_id": "asc"}],
            search_after=after,
            track_total_hits=False,
        )
        hits = answer["hits"]["hits"]
        yield from ((hit["fields"]["entry_id"][0], hit["_version"]) for hit in hits)
        if len(hits) < _PAGE:
            return
        after = hits[-1]["sort"]
