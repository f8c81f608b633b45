"""How database and index stand to one another, for people."""

from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.search import projection
from pakn_portal.search.engines.database.counts import forget_counts
from pakn_portal.search.index import server
from pakn_portal.search.index.compare import IndexDifference, compare, differences, public_versions
from pakn_portal.search.index.indices import is_current, serving
from pakn_portal.search.index.sync import Progress, behind
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.sources import SOURCES

_BATCH = 200


def has_index() -> bool:
    """Whether anything serves under the site's name for it."""
    return bool(serving(server.writing()))


def verify() -> Iterator[IndexDifference]:
    """What differs between the database and the index that serves. Without an index, everything does."""
    client = server.writing()
    if serving(client):
        return differences(client, server.alias())
    return compare(public_versions(), ())


def status() -> Iterator[str]:
    """Lines of counts; the last says who searches."""
    public = ArchiveEntry.objects.filter(is_public=True)
    tombstones = ArchiveEntry.objects.filter(is_public=False)
    yield f"{public.count()} public entries, {tombstones.count()} tombstones"
    if not server.is_configured():
        yield "no search server is set: the database searches"
        return
    yield f"{behind().count()} entries behind"
    client = server.writing()
    names = serving(client)
    if names and not is_current(client):
        yield "the index has an older shape: run pakn_index rebuild"
    yield f"serving: {', '.join(names) or 'no index yet, run pakn_index sync'}"


def reproject(*, progress: Progress | None = None) -> int:
    """Write every entry anew from what it stands for; returns how many changed."""
    sources = [source.things().order_by("pk") for source in SOURCES.values()]
    total, done, changed = sum(things.count() for things in sources), 0, 0
    for things in sources:
        last = None
        while batch := list((things if last is None else things.filter(pk__gt=last))[:_BATCH]):
            last = batch[-1].pk
            changed += len(projection.project_all(batch))
            done += len(batch)
            if progress:
                progress(done, total)
    forget_counts()
    return changed
