"""What a unit or sector is called is what search finds: after a new name its entries are written anew.

The rows of the lists are the queue themselves: whatever changed a name, and in whichever transaction, it
differs from the one that was written last until the worker has been there. The old name finds nothing more,
unless a text has it; who wants it found enters it as a synonym.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from pakn_portal import signals
from pakn_portal.conf import unit_model_name
from pakn_portal.pages.answer import AnswerPage
from pakn_portal.search import projection
from pakn_portal.search.engines.counts import forget_counts
from pakn_portal.search.models import ArchiveEntry, IndexedName
from pakn_portal.snippets.models import Sector

#: Pages that one transaction writes.
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
    return ArchiveEntry.objects.filter(Q(**{of: row.pk}), is_public=True, page__isnull=False).count()


def _lists() -> dict[str, type[Model]]:
    return {IndexedName.List.UNIT: apps.get_model(unit_model_name()), IndexedName.List.SECTOR: Sector}


def _write(new: NewName, should_stop: Callable[[], bool]) -> int:
    changed = 0
    pages, last = AnswerPage.objects.filter(**{new.of: new.row.pk}, live=True), 0
    while ids_and_last := _write_batch(pages.filter(pk__gt=last)):
        ids, last = ids_and_last
        changed += len(ids)
        if ids:
            forget_counts()
            signals.archive_changed.send(sender=ArchiveEntry, entry_ids=ids)
        if should_stop():
            return changed
    IndexedName.objects.update_or_create(of=new.of, object_id=new.object_id, defaults={"name": str(new.row)})
    return changed


@transaction.atomic
def _write_batch(pages: QuerySet[AnswerPage]) -> tuple[list[int], int] | None:
    """Ids of the entries that changed, and the last page of the batch; none after the last batch.

    The pages are held meanwhile: what is just being taken off the site must not come back.
    """
    rows = pages.select_related("sector", "unit").select_for_update(of=("self", "page_ptr"))
    batch = list(rows.order_by("pk")[:BATCH])
    return (projection.project_pages(batch), batch[-1].pk) if batch else None
