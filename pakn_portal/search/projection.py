"""From what is published to the rows that are searched, in the publication's own transaction.

Each function returns the ids of the entries it changed; `version` grows only where something changed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from wagtail.models import PageViewRestriction

from pakn_portal.clock import local_date
from pakn_portal.pages.answer import AnswerPage
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.search.analysis import analyse
from pakn_portal.search.enums import EntryKind
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from pakn_portal.text import document_numbers, normalize

#: What an entry may hold. Whatever is not named here never reaches the search.
ALLOWED = [
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
]
Values = dict[str, Any]
_BATCH: Final = 500


def project(page: Any) -> list[int]:
    """Write the entry of an answer page, or its tombstone where the page is not public."""
    return project_pages([page])


def project_pages(pages: Iterable[Any]) -> list[int]:
    """:func:`project` for many pages in a constant number of queries."""
    listed = list(pages)
    closed = _closed_paths()
    public = [page for page in listed if page.live and not page.path.startswith(closed)]
    hidden = {page.pk for page in listed} - {page.pk for page in public}
    return [
        *_write({page_key(page.pk): page_values(page) for page in public}),
        *withdraw(page_key(pk) for pk in hidden),
    ]


@transaction.atomic
def project_beneath(path: str) -> Sequence[int]:
    """Mend the entries of the answer pages in a branch of the tree that are public now, or are no more.

    A branch may hold the whole archive: pages are read a batch at a time, and only those that differ.
    """
    changed = array("q")
    entries = ArchiveEntry.objects.filter(is_public=True, page__path__startswith=path)
    hidden = entries.filter(Q(page__live=False) | _closed("page__path")).only("key")
    for batch in _batches(hidden):
        changed.extend(withdraw(entry.key for entry in batch))
    shown = ArchiveEntry.objects.filter(page_id=OuterRef("pk"), is_public=True)
    pages = AnswerPage.objects.filter(~_closed("path"), ~Exists(shown), path__startswith=path, live=True)
    for batch in _batches(pages.select_related("sector", "unit")):
        changed.extend(_write({page_key(page.pk): page_values(page) for page in batch}))
    return changed


def project_legal_texts(texts: Iterable[LegalText]) -> list[int]:
    """Write the entries of articles of law."""
    return _write({legal_text_key(text.pk): legal_text_values(text) for text in texts})


@transaction.atomic
def withdraw(keys: Iterable[str]) -> list[int]:
    """Leave tombstones for what left the site; their text is dropped at once."""
    entries = ArchiveEntry.objects.select_for_update().filter(key__in=list(keys), is_public=True)
    ids = list(entries.values_list("pk", flat=True))
    if ids:
        ArchiveText.objects.filter(entry_id__in=ids).delete()
        empty = {"title": "", "question": "", "answer": "", "context": "", "attachments_text": ""}
        ArchiveEntry.objects.filter(pk__in=ids).update(is_public=False, version=F("version") + 1, **empty)
    return ids


def page_key(pk: int) -> str:
    return f"page:{pk}"


def legal_text_key(pk: int) -> str:
    return f"legal:{pk}"


def page_values(page: AnswerPage) -> Values:
    published_on = page.answered_on or _published_on(page)
    names = [str(part) for part in (page.sector, page.unit) if part is not None]
    return {
        "public_id": page.source_id or str(page.pk),
        "page_id": page.pk,
        "legal_text_id": None,
        "is_public": True,
        "kind": EntryKind(page.kind),
        "title": normalize(page.title)[:500],
        "question": normalize(page.question),
        "answer": normalize(page.answer),
        "context": "\n".join([*names, page.legal_bases]),
        "attachments_text": "",
        "sector_id": page.sector_id,
        "unit_id": page.unit_id,
        "sender_kind": page.sender_kind,
        "year": published_on.year if published_on else None,
        "published_on": published_on,
        "document_numbers": document_numbers(
            f"{page.title}\n{page.question}\n{page.answer}\n{page.legal_bases}"
        ),
        "is_superseded": bool(getattr(page, "is_superseded", False)),
    }


def _published_on(page: AnswerPage) -> date | None:
    """An imported answer without a date is not new because it was imported today."""
    if page.source_id or page.first_published_at is None:
        return None
    return local_date(page.first_published_at)


def legal_text_values(text: LegalText) -> Values:
    return {
        "public_id": text.source_id,
        "page_id": None,
        "legal_text_id": text.pk,
        "is_public": True,
        "kind": EntryKind.LEGAL_TEXT,
        "title": normalize(text.title),
        "question": "",
        "answer": normalize(text.body),
        "context": "\n".join(part for part in (text.law_name, text.law_number, text.topic) if part),
        "attachments_text": "",
        "sector_id": text.sector_id,
        "unit_id": None,
        "sender_kind": "",
        "year": text.issued_on.year if text.issued_on else None,
        "published_on": text.issued_on,
        "document_numbers": document_numbers(f"{text.law_number}\n{text.title}\n{text.body}"),
        "is_superseded": False,
    }


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
def _write(rows: dict[str, Values]) -> list[int]:
    """Insert what is new, update what changed, leave the rest alone."""
    if not rows:
        return []
    existing = {entry.key: entry for entry in ArchiveEntry.objects.select_for_update().filter(key__in=rows)}
    new = [ArchiveEntry(key=key, **values) for key, values in rows.items() if key not in existing]
    changed = [entry for key, entry in existing.items() if _apply(entry, rows[key])]
    ArchiveEntry.objects.bulk_create(new, batch_size=500)
    ArchiveEntry.objects.bulk_update(changed, [*ALLOWED, "version"], batch_size=200)
    _write_texts([*new, *changed])
    return [entry.pk for entry in (*new, *changed)]


def _apply(entry: ArchiveEntry, values: Values) -> bool:
    if all(getattr(entry, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(entry, name, value)
    entry.version += 1
    return True


def _write_texts(entries: Sequence[ArchiveEntry]) -> None:
    # delete and insert rather than upsert: FTS5 is kept by triggers, and an upsert's do not see the old row
    ArchiveText.objects.filter(entry_id__in=[entry.pk for entry in entries]).delete()
    ArchiveText.objects.bulk_create([searchable_text(entry) for entry in entries], batch_size=200)


def _batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _closed(path: str) -> Q:
    """Whether the tree path in this column lies behind a restriction."""
    return reduce(or_, (Q(**{f"{path}__startswith": closed}) for closed in _closed_paths()), Q(pk__in=[]))


def _closed_paths() -> tuple[str, ...]:
    """Tree paths of what is behind a password, a log-in or a group: not for the archive."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
