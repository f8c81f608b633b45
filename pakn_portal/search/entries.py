"""Entries as a reader may see them, with the things they stand for.

The database has the last word: what is no longer public is left out, also when the search server does not
know yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Replace
from django.http import HttpRequest

from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.sources import SOURCES, Source, source_of

#: Columns that a list of hits shows. Of the things themselves their sources name what they need.
_SHOWN: Final = (
    *("key", "public_id", "kind", "title", "question", "answer", "published_on"),
    "is_superseded",
    *("document_numbers", "sector__code", "sector__name", "unit__name", "year", "sender_kind"),
)


def readable_entries(*more: str) -> QuerySet[ArchiveEntry]:
    """Entries that may be shown: the row is public, and so is its thing, where the query can join it. With
    `more` columns than a list of hits shows.
    """
    joined = {source.relation: source.columns for source in SOURCES.values() if source.relation}
    shown = [f"{relation}__{column}" for relation, columns in joined.items() for column in columns]
    is_readable = reduce(or_, (source.readable_entries() for source in SOURCES.values()), Q())
    return (
        ArchiveEntry.objects.filter(is_readable, is_public=True)
        .select_related(*joined, "sector", "unit")
        .only(*_SHOWN, *more, *shown)
    )


def read_entries(ids: Sequence[int], *, with_files: bool = False) -> dict[int, ArchiveEntry]:
    """The entries with these ids that may be shown, by id. The texts of their files, which may be long, are
    read only for who asks for them.

    One query, and one for each source that has no column in the archive and an entry among them.
    """
    entries = readable_entries(*(["attachments_text"] if with_files else [])).in_bulk(ids)
    for source in SOURCES.values():
        if not source.relation:
            _read_things(source, entries)
    return entries


def hidden_ids() -> frozenset[int]:
    """Entries that the archive has as public, though nobody may read their thing now: it was changed behind
    the archive's back. They are left out before anything is counted, as they are left out of the hits.

    One query; none without a source that has no column in the archive. Of the others a receiver of every
    change writes the row, and `pakn_verify` compares them.
    """
    hidden = [_hidden_of(source) for source in SOURCES.values() if not source.relation]
    if not hidden:
        return frozenset()
    return frozenset(hidden[0].union(*hidden[1:], all=True).values_list("pk", flat=True))


def _hidden_of(source: Source) -> QuerySet[ArchiveEntry, Any]:
    kinds = [kind for kind, _words in source.kinds()]
    own = ArchiveEntry.objects.filter(source.entries(), kind__in=kinds, is_public=True)
    readable = source.model._default_manager.filter(**source.is_readable)
    # without hyphens, for not every database writes a UUID with them
    keys = Concat(Value(source.key("")), Cast("pk", CharField()), output_field=CharField())
    told = own.alias(plain=Replace("key", Value("-"), Value("")))
    there = readable.annotate(plain=Replace(keys, Value("-"), Value(""))).order_by().values("plain")
    return told.exclude(plain__in=there).order_by().values("pk")


def _read_things(source: Source, entries: dict[int, ArchiveEntry]) -> None:
    """Attach the things of this source to its entries; drop entries whose thing nobody may read."""
    own = [entry for entry in entries.values() if entry.key.startswith(source.key(""))]
    if not own:
        return
    readable = source.model._default_manager.filter(**source.is_readable)
    wanted = [entry.key.removeprefix(source.key("")) for entry in own]
    things = {source.key(thing.pk): thing for thing in readable.filter(pk__in=wanted)}
    for entry in own:
        if entry.key in things:
            entry.thing = things[entry.key]
        else:
            del entries[entry.pk]


def address_of(entry: ArchiveEntry, archive_url: str, request: HttpRequest | None = None) -> str:
    """Where a reader finds what the entry stands for; empty where it has no address."""
    thing = _thing_of(entry)
    return "" if thing is None else source_of(entry.key).address(thing, archive_url, request)


def details_of(entry: ArchiveEntry, *, is_brief: bool = False) -> list[str]:
    """What is told of it beside its kind."""
    thing = _thing_of(entry)
    return [] if thing is None else source_of(entry.key).details(thing, is_brief=is_brief)


def _thing_of(entry: ArchiveEntry) -> Any:
    relation = source_of(entry.key).relation
    return getattr(entry, relation) if relation else entry.thing
