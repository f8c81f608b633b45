"""Sends what is behind. The rows themselves are the queue, so no second queue can lose anything."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, QuerySet

from pakn_portal.search.engines import breaker
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.index import server
from pakn_portal.search.index.bulk import BATCH, BulkOutcome, send
from pakn_portal.search.index.indices import ensure_index
from pakn_portal.search.models import ArchiveEntry

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

logger = logging.getLogger(__name__)

#: How long a publication's own try may take, in seconds; the worker has more time.
AT_ONCE_SECONDS = 2.0
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class SyncResult:
    sent: int = 0
    failed: dict[int, str] = field(default_factory=dict)


def behind() -> QuerySet[ArchiveEntry]:
    """Entries whose newest version the index does not have, tombstones among them."""
    return ArchiveEntry.objects.filter(~Q(indexed_version=F("version")))


def sync(*, progress: Progress | None = None, client: Elasticsearch | None = None) -> SyncResult:
    """Send what is behind, mark it, and drop tombstones that the index has dropped.

    What the server refuses is tried once more at the end and stays behind if refused again. Two may run at
    once: versions decide. Without a configured server nothing happens. Raises the client's errors.
    """
    if not server.is_configured():
        return SyncResult()
    client = client or server.writing()
    _prepare(client)
    result = SyncResult()
    total, last = behind().count(), 0
    while batch := list(complete(behind().filter(pk__gt=last).order_by("pk")[:BATCH])):
        last = batch[-1].pk
        _keep(send(client, server.alias(), batch, is_alias=True), result)
        if progress:
            progress(result.sent + len(result.failed), total)
    if result.failed:
        again = list(complete(ArchiveEntry.objects.filter(pk__in=result.failed)))
        result.failed = {}
        _keep(send(client, server.alias(), again, is_alias=True), result)
    return result


def sync_at_once(entry_ids: Iterable[int]) -> None:
    """After a publication's commit: one try for its own entries, a failure is only logged.

    The worker sends later what this does not, above all what is more than one batch; nobody is kept from the
    page meanwhile.
    """
    ids = list(islice(entry_ids, BATCH))
    if not ids or not server.is_configured() or not breaker.allows():
        return
    try:
        client = server.writing(AT_ONCE_SECONDS)
        _prepare(client)
        entries = complete(behind().filter(pk__in=ids))
        _keep(send(client, server.alias(), entries, is_alias=True), SyncResult())
    except Exception as error:  # whatever it is, the publication stands and the worker tries again
        breaker.failed()
        logger.warning("Index not reached after a publication; the worker will send it: %s", error)
    else:
        breaker.succeeded()


def _prepare(client: Elasticsearch) -> None:
    """Make the index where there is none; then every row is behind, whatever it says."""
    if ensure_index(client):
        ArchiveEntry.objects.update(indexed_version=0)


def complete(entries: QuerySet[ArchiveEntry]) -> QuerySet[ArchiveEntry]:
    """With all that a document is made of."""
    lists = (field.relation for field in FACET_FIELDS.values() if field.relation)
    return entries.select_related("text", *lists).defer(
        "title", "question", "answer", "context", "attachments_text"
    )


def mark(done: Iterable[tuple[int, int]]) -> None:
    """Note which version the index has; a row that grew meanwhile stays behind."""
    by_version: defaultdict[int, list[int]] = defaultdict(list)
    for pk, version in done:
        by_version[version].append(pk)
    for version, ids in by_version.items():
        for at in range(0, len(ids), BATCH):
            rows = ArchiveEntry.objects.filter(pk__in=ids[at : at + BATCH], version=version)
            _drop_tombstones(rows)
            rows.update(indexed_version=version)


@transaction.atomic
def _drop_tombstones(rows: QuerySet[ArchiveEntry]) -> None:
    """Locked first: deleting reads the keys and then deletes by key, and what came back to the site between
    the two would be lost.
    """
    gone = list(rows.filter(is_public=False).select_for_update().values_list("pk", flat=True))
    ArchiveEntry.objects.filter(pk__in=gone).delete()


def _keep(sent: BulkOutcome, result: SyncResult) -> None:
    mark(sent.done)
    result.sent += len(sent.done)
    result.failed |= sent.failed
