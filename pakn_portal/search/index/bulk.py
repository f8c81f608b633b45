"""Sends entries to the index, many at a time, with the version of their row: an older write never replaces a
newer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pakn_portal.search.index.mapping import document
from pakn_portal.search.models import ArchiveEntry

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

BATCH = 500


@dataclass(slots=True)
class BulkOutcome:
    """`done`: (entry id, version) that the index has now, or has in a newer form. `failed`: entry id →
    reason.
    """

    done: list[tuple[int, int]] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)


def send(
    client: Elasticsearch, index: str, entries: Iterable[ArchiveEntry], *, is_alias: bool
) -> BulkOutcome:
    """One bulk request. Refused parts are reported; where the whole request fails, the client's error is
    raised.
    """
    listed = list(entries)
    if not listed:
        return BulkOutcome()
    answer = client.bulk(index=index, operations=list(_operations(listed)), require_alias=is_alias)
    sent = BulkOutcome()
    for entry, item in zip(listed, answer["items"], strict=True):
        result = next(iter(item.values()))
        # 409: the index holds this version or a newer one; 404: deleted already
        if result["status"] < 300 or (
            result["status"] in (404, 409) and "index_not_found" not in str(result.get("error"))
        ):
            sent.done.append((entry.pk, entry.version))
        else:
            sent.failed[entry.pk] = str(result.get("error"))[:300]
    return sent


def _operations(entries: list[ArchiveEntry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        act = "index" if entry.is_public else "delete"
        yield {act: {"_id": str(entry.pk), "version": entry.version, "version_type": "external"}}
        if entry.is_public:
            yield document(entry)
