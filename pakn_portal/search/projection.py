"""From what is published to the rows that are searched, in the publication's own transaction.

Each function returns the ids of the entries it changed; `version` grows only where something changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.models import ArchiveEntry, ArchiveText, ReplacedCitation
from pakn_portal.search.query.analysis import analyse
from pakn_portal.search.sources import SOURCES, PageSource, Source, Values, source_for
from pakn_portal.search.sources.pages import is_closed
from pakn_portal.snippets.enums import Kind
from pakn_portal.snippets.models.legal_basis import replaced_among
from pakn_portal.text import document_numbers, normalize

#: What an entry may hold. Whatever is not named here never reaches the search.
ALLOWED: Final = (
    "public_id",
    "page_id",
    "legal_text_id",
    "is_public",
    "title",
    "question",
    "answer",
    "context",
    "attachments_text",
    *(field.column for field in FACET_FIELDS.values()),
    "published_on",
    "document_numbers",
    "is_superseded",
)
_TITLE_MAX_LENGTH: Final = 500
_BATCH: Final = 500


def project(thing: Any) -> list[int]:
    """Write the entry of one thing, or its tombstone where it is not public."""
    return project_all([thing])


def project_all(things: Iterable[Any]) -> list[int]:
    """:func:`project` for many things of one source in a constant number of queries."""
    listed = list(things)
    if not listed:
        return []
    source = source_for(listed[0])
    public = source.public(listed)
    hidden = {thing.pk for thing in listed} - {thing.pk for thing in public}
    return [*_write(source, public), *hide(source.key(pk) for pk in hidden)]


@transaction.atomic
def project_beneath(path: str) -> Sequence[int]:
    """Mend the entries of the pages in a branch of the tree that are public now, or are no more.

    A branch may hold the whole archive: pages are read a batch at a time, and only those that differ.
    """
    changed = array("q")
    entries = ArchiveEntry.objects.filter(is_public=True, page__path__startswith=path)
    hidden = entries.filter(Q(page__live=False) | is_closed("page__path")).only("key")
    for batch in _batches(hidden):
        changed.extend(hide(entry.key for entry in batch))
    for source in SOURCES.values():
        if isinstance(source, PageSource):
            changed.extend(_show_beneath(path, source))
    return changed


def _show_beneath(path: str, source: PageSource) -> Iterator[int]:
    shown = ArchiveEntry.objects.filter(page_id=OuterRef("pk"), is_public=True)
    pages = source.things().filter(~is_closed("path"), ~Exists(shown), path__startswith=path, live=True)
    for batch in _batches(pages):
        yield from _write(source, batch)


@transaction.atomic
def hide(keys: Iterable[str]) -> list[int]:
    """Leave tombstones for what left the site; their text is dropped at once."""
    entries = ArchiveEntry.objects.select_for_update().filter(key__in=list(keys), is_public=True)
    ids = list(entries.values_list("pk", flat=True))
    if ids:
        ArchiveText.objects.filter(entry_id__in=ids).delete()
        ReplacedCitation.objects.filter(entry_id__in=ids).delete()
        empty = {"title": "", "question": "", "answer": "", "context": "", "attachments_text": ""}
        ArchiveEntry.objects.filter(pk__in=ids).update(is_public=False, version=F("version") + 1, **empty)
    return ids


def projected(source: Source, things: Iterable[Any]) -> tuple[dict[str, Values], dict[str, set[str]]]:
    """By the keys of their entries the whole rows of these public things, and which replaced documents each
    rests on. At most one query.
    """
    rows = {source.key(thing.pk): values_of(source, thing) for thing in things}
    return rows, _mark_superseded(rows)


def values_of(source: Source, thing: Any) -> Values:
    """The row of a public thing. Raises ValueError where its source gives what no entry may hold."""
    given = source.values(thing)
    if refused := given.keys() - set(ALLOWED):
        raise ValueError(f"No entry of the archive may hold {', '.join(sorted(refused))}.")
    values = {**_empty(), "public_id": str(thing.pk), **given}
    for name in ("title", "question", "answer"):
        values[name] = normalize(values[name])
    values["title"] = values["title"][:_TITLE_MAX_LENGTH]
    values["year"] = values["published_on"].year if values["published_on"] else None
    if source.relation:
        values[f"{source.relation}_id"] = thing.pk
    return values


@cache
def _empty() -> Values:
    fields = {field.attname: field for field in ArchiveEntry._meta.concrete_fields}
    return {name: fields[name].get_default() for name in ALLOWED}


def searchable_text(entry: ArchiveEntry) -> ArchiveText:
    """The entry's text for the database's full-text index."""
    title, body = analyse(entry.title), analyse(body_of(entry))
    context = analyse(entry.context)
    return ArchiveText(
        entry=entry,
        title=f"{title.folded} {title.pairs}",
        body=f"{body.folded} {context.folded} {body.pairs} {context.pairs}",
        exact=f"{title.exact}\n{body.exact}\n{context.exact}",
    )


def body_of(entry: ArchiveEntry) -> str:
    return "\n".join(part for part in (entry.question, entry.answer, entry.attachments_text) if part)


@transaction.atomic
def _write(source: Source, things: Iterable[Any]) -> list[int]:
    """Insert what is new, update what changed, leave the rest alone."""
    rows, replaced = projected(source, things)
    if not rows:
        return []
    existing = {entry.key: entry for entry in ArchiveEntry.objects.select_for_update().filter(key__in=rows)}
    new = [ArchiveEntry(key=key, **values) for key, values in rows.items() if key not in existing]
    changed = [entry for key, entry in existing.items() if _apply(entry, rows[key])]
    ArchiveEntry.objects.bulk_create(new, batch_size=500)
    ArchiveEntry.objects.bulk_update(changed, [*ALLOWED, "version"], batch_size=200)
    # delete and insert rather than upsert: FTS5 is kept by triggers, and an upsert's do not see the old row
    if changed:
        ArchiveText.objects.filter(entry_id__in=[entry.pk for entry in changed]).delete()
    _write_texts([*new, *changed])
    _write_citations({entry.pk: replaced.get(entry.key, set()) for entry in (*new, *existing.values())})
    return [entry.pk for entry in (*new, *changed)]


def _mark_superseded(rows: Mapping[str, Values]) -> dict[str, set[str]]:
    """Answers that rest on a document that was replaced; for each key which. One query for all; the context
    has their bases.
    """
    cited = {
        key: set(document_numbers(row["context"])) for key, row in rows.items() if row["kind"] in Kind.values
    }
    replaced = replaced_among(number for numbers in cited.values() for number in numbers).keys()
    for key, numbers in cited.items():
        rows[key]["is_superseded"] = rows[key]["is_superseded"] or not replaced.isdisjoint(numbers)
    return {key: numbers & replaced for key, numbers in cited.items()}


def _write_citations(wanted: Mapping[int, set[str]]) -> None:
    """Of these entries. One query where nothing changed."""
    rows = ReplacedCitation.objects.filter(entry_id__in=wanted).values_list("entry_id", "number")
    is_now, should_be = set(rows), {(pk, number) for pk, numbers in wanted.items() for number in numbers}
    for pk, number in is_now - should_be:
        ReplacedCitation.objects.filter(entry_id=pk, number=number).delete()
    missing = [ReplacedCitation(entry_id=pk, number=number) for pk, number in sorted(should_be - is_now)]
    ReplacedCitation.objects.bulk_create(missing, batch_size=_BATCH, ignore_conflicts=True)


def _apply(entry: ArchiveEntry, values: Values) -> bool:
    if all(getattr(entry, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(entry, name, value)
    entry.version += 1
    return True


def _write_texts(entries: Sequence[ArchiveEntry]) -> None:
    ArchiveText.objects.bulk_create([searchable_text(entry) for entry in entries], batch_size=200)


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk
