"""Writes the entries of a unit or sector anew after it got a new name, so that search finds the new one.

The rows of the lists are the queue themselves: however a name changed, it differs from the one that was
written last until the worker has written it. The old name finds nothing more, unless a text has it; an editor
who wants it found enters it as a synonym.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from pakn_portal import signals
from pakn_portal.conf import unit_model_name
from pakn_portal.search import projection
from pakn_portal.search.engines.database.counts import forget_counts
from pakn_portal.search.models import ArchiveEntry, IndexedName
from pakn_portal.search.sources import SOURCES, Source
from pakn_portal.snippets.models import Sector

#: Things that one transaction writes.
BATCH: Final = 200


class NewName(NamedTuple):
    """`of` and `object_id` as in :class:`IndexedName`; `row` is the unit or sector with its name of now."""

    of: str
    object_id: str
    row: Model


def write_new_names(should_stop: Callable[[], bool] = lambda: False) -> int:
    """Write the entries of every unit and sector whose name changed, a batch at a time; how many changed.

    Broken off at any moment it begins again with the same name, and leaves alone what is written already. A
    name that changes meanwhile is written next time. Events: archive_changed.
    """
    return sum(_write(new, should_stop) for new in list(new_names()) if not should_stop())


def new_names() -> Iterator[NewName]:
    """Units and sectors that are not called as their entries have it."""
    written = {(one.of, one.object_id): one.name for one in IndexedName.objects.all()}
    for of, model in _lists().items():
        for row in model._default_manager.all():
            if written.get((of, str(row.pk))) != str(row):
                yield NewName(of, str(row.pk), row)


def entries_behind(row: Any) -> int:
    """How many entries still have the name that this unit or sector had before; 0 for anything else."""
    of = next((name for name, model in _lists().items() if isinstance(row, model)), None)
    if of is None or IndexedName.objects.filter(of=of, object_id=str(row.pk), name=str(row)).exists():
        return 0
    own = reduce(or_, (source.entries() for source in _sources_named_after(of)), Q(pk__in=[]))
    return ArchiveEntry.objects.filter(own, Q(**{of: row.pk}), is_public=True).count()


def _lists() -> dict[str, type[Model]]:
    return {IndexedName.List.UNIT: apps.get_model(unit_model_name()), IndexedName.List.SECTOR: Sector}


def _sources_named_after(of: str) -> list[Source]:
    return [source for source in SOURCES.values() if of in source.named_after]


def _write(new: NewName, should_stop: Callable[[], bool]) -> int:
    changed = 0
    for source in _sources_named_after(new.of):
        things = source.things().filter(**{new.of: new.row.pk}, **source.is_readable)
        for ids in write_things(things, source):
            changed += len(ids)
            if should_stop():
                return changed
    IndexedName.objects.update_or_create(of=new.of, object_id=new.object_id, defaults={"name": str(new.row)})
    return changed


def write_things(things: QuerySet[Any], source: Source) -> Iterator[list[int]]:
    """Write their entries anew; ids of those that changed, a batch at a time. Events: archive_changed."""
    last: Any = None
    while ids_and_last := _write_batch(things if last is None else things.filter(pk__gt=last), source):
        ids, last = ids_and_last
        if ids:
            forget_counts()
            signals.archive_changed.send(sender=ArchiveEntry, entry_ids=ids)
        yield ids


@transaction.atomic
def _write_batch(things: QuerySet[Any], source: Source) -> tuple[list[int], Any] | None:
    """Ids of the entries that changed, and the last thing of the batch; none after the last batch.

    The things are held meanwhile: what is just being taken off the site must not come back.
    """
    batch = list(things.select_for_update(of=source.locked).order_by("pk")[:BATCH])
    return (projection.project_all(batch), batch[-1].pk) if batch else None
