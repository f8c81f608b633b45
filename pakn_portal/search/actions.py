"""What the other rooms, and the apps of a project, ask of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from pakn_portal import signals
from pakn_portal.search import projection
from pakn_portal.search.engines.database.counts import forget_counts
from pakn_portal.search.index.sync import sync_at_once
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.sources import SOURCES, Source, key_of


def register_source(source: Source) -> None:
    """Let the archive hold one more sort of thing; called by the `ready` of the app that has it.

    What is deleted leaves the archive by itself. Everything else the app tells: :func:`archive`.
    """
    SOURCES[source.name] = source
    post_delete.connect(
        _withdraw_deleted, sender=source.model, dispatch_uid=f"pakn_portal.search.{source.name}_gone"
    )


def archive(things: Iterable[Any]) -> None:
    """Write the entries of things of one source that are new, changed or gone from the site.

    In the transaction of that change; the index follows after its commit. Events: archive_changed.
    """
    tell_after_commit(projection.project_all(things))


def archive_beneath(path: str) -> None:
    """:func:`archive` for the pages in a branch of the tree."""
    tell_after_commit(projection.project_beneath(path))


def tell_after_commit(entry_ids: Sequence[int]) -> None:
    """One try at the index for entries that changed, and archive_changed."""
    if entry_ids:
        transaction.on_commit(partial(_tell, entry_ids), robust=True)


def _withdraw_deleted(*, instance: Any, **kwargs: Any) -> None:
    tell_after_commit(projection.hide([key_of(instance)]))


def _tell(entry_ids: Sequence[int]) -> None:
    forget_counts()
    sync_at_once(entry_ids)
    signals.archive_changed.send(sender=ArchiveEntry, entry_ids=entry_ids)
