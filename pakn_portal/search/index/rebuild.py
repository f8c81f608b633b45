"""A fresh index from the database while the old one serves. A kill at any moment leaves a serving index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pakn_portal.search.index import server
from pakn_portal.search.index.bulk import BATCH, send
from pakn_portal.search.index.compare import IndexDifference, differences, indexed_versions
from pakn_portal.search.index.indices import create_index, drop_leftovers, swap
from pakn_portal.search.index.sync import Progress, complete, mark
from pakn_portal.search.models import ArchiveEntry

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_MOST_ROUNDS = 5


class RebuildFailed(Exception):
    """The server refused entries; the old index still serves."""


def rebuild(*, progress: Progress | None = None) -> int:
    """Write a fresh index, catch up, swap the alias, catch up once more; returns the number of entries.

    The last round comes after the old index is gone. It sees a write that still went to the old index; a
    later write fails, and its row stays behind. Raises RebuildFailed or the client's errors.
    """
    client = server.writing()
    drop_leftovers(client)
    name = create_index(client, refresh_interval="-1")
    _write_all(client, name, progress)
    _catch_up(client, name)
    client.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
    swap(client, name)
    _catch_up(client, name)
    _mark_all(client, name)
    return ArchiveEntry.objects.filter(is_public=True).count()


def _write_all(client: Elasticsearch, name: str, progress: Progress | None) -> None:
    total, done = ArchiveEntry.objects.filter(is_public=True).count(), 0
    for batch in _batches():
        sent = send(client, name, batch, is_alias=False)
        if sent.failed:
            sent.failed = send(
                client, name, [one for one in batch if one.pk in sent.failed], is_alias=False
            ).failed
        if sent.failed:
            client.indices.delete(index=name)
            raise RebuildFailed("; ".join(f"{pk}: {reason}" for pk, reason in list(sent.failed.items())[:5]))
        done += len(batch)
        if progress:
            progress(done, total)


def _batches(*, is_public: bool = True) -> Iterator[list[ArchiveEntry]]:
    last = 0
    rows = complete(ArchiveEntry.objects.filter(is_public=is_public).order_by("pk"))
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield batch


def _catch_up(client: Elasticsearch, name: str) -> None:
    """What changed since it was written, until nothing differs."""
    for _round in range(_MOST_ROUNDS):
        different = differences(client, name)
        mended = 0
        while part := list(islice(different, BATCH)):
            _mend(client, name, part)
            mended += len(part)
        if not mended:
            return


def _mark_all(client: Elasticsearch, name: str) -> None:
    """Note what this index has; tombstones are dropped as the worker drops them."""
    indexed = indexed_versions(client, name)
    while part := list(islice(indexed, BATCH)):
        mark(part)
    for batch in _batches(is_public=False):
        mark(send(client, name, batch, is_alias=False).done)


def _mend(client: Elasticsearch, name: str, different: list[IndexDifference]) -> None:
    entries = complete(ArchiveEntry.objects.filter(pk__in=[one.entry_id for one in different]))
    found = {entry.pk: entry for entry in entries}
    send(client, name, found.values(), is_alias=False)
    for one in different:
        if one.entry_id not in found:
            client.options(ignore_status=404).delete(index=name, id=str(one.entry_id))
