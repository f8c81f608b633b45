"""Database and index side by side, by ids and versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pakn_portal.search.models import ArchiveEntry

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Difference:
    """`expected` or `found` is None where the entry should not be, or is not, in the index."""

    entry_id: int
    expected: int | None
    found: int | None

    def __str__(self) -> str:
        return f"entry {self.entry_id}: database {self.expected or 'none'}, index {self.found or 'none'}"


def differences(client: Elasticsearch, index: str) -> list[Difference]:
    """What differs, by entry id. Both sides are read in whole: two numbers for each entry."""
    client.indices.refresh(index=index)
    indexed = dict(indexed_versions(client, index))
    expected = dict(ArchiveEntry.objects.filter(is_public=True).values_list("pk", "version").iterator())
    return [
        Difference(pk, expected.get(pk), indexed.get(pk))
        for pk in sorted(expected.keys() | indexed.keys())
        if expected.get(pk) != indexed.get(pk)
    ]


def indexed_versions(client: Elasticsearch, index: str) -> Iterator[tuple[int, int]]:
    """Id and version of everything in the index, as far as it is refreshed."""
    after: list[int] | None = None
    while True:
        answer = client.search(
            index=index,
            size=_PAGE,
            source=False,
            version=True,
            sort=[{"entry_id": "asc"}],
            search_after=after,
            track_total_hits=False,
        )
        hits = answer["hits"]["hits"]
        yield from ((int(hit["_id"]), int(hit["_version"])) for hit in hits)
        if len(hits) < _PAGE:
            return
        after = hits[-1]["sort"]
