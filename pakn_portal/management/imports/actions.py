"""Verbs that bring what is already public into the archive: answers as pages, articles of law as rows.

Each takes a batch, is one transaction, and does nothing to a row that is there unchanged, so an import may be
run again after it was broken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from anyascii import anyascii
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from pakn_portal import signals
from pakn_portal.management.imports.rows import AnswerRow, LegalTextRow
from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.answers.prepared import answer_slug
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.people.actor import Actor
from pakn_portal.register.texts import text_hash


@dataclass
class ImportCounts:
    """How many rows became new, changed, or were there already."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    changed_ids: list[str] = field(default_factory=list)

    def __iadd__(self, other: ImportCounts) -> ImportCounts:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.changed_ids += other.changed_ids
        return self


@transaction.atomic
def import_answers(rows: Sequence[AnswerRow], *, by: Actor = None) -> ImportCounts:
    """Publish the rows as answer pages beneath the archive page, or correct those that are there.

    Raises LookupError without an archive page. Sends `public_record_changed` and, after commit,
    `answer_published` for each page written.
    """
    counts = ImportCounts()
    pages = AnswerPage.objects.filter(source_id__in=[row.source_id for row in rows])
    existing = {page.source_id: page for page in pages}
    parent = _locked_archive_page()
    for row in rows:
        page = existing.get(row.source_id)
        if page is None:
            page = AnswerPage(slug=answer_slug(row.title, slugify(anyascii(row.source_id))), live=False)
            _fill_page(page, row)
            parent.add_child(instance=page)
            counts.new += 1
        elif _fill_page(page, row):
            counts.changed += 1
            counts.changed_ids.append(row.source_id)
        else:
            counts.unchanged += 1
            continue
        page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    return counts


@transaction.atomic
def import_legal_texts(rows: Sequence[LegalTextRow]) -> ImportCounts:
    """Store articles of law, a constant number of queries for a batch. Sends `legal_texts_changed`."""
    counts = ImportCounts()
    found = LegalText.objects.filter(source_id__in=[row.source_id for row in rows])
    existing = {text.source_id: text for text in found}
    new, changed = [], []
    for row in rows:
        text = existing.get(row.source_id)
        if text is None:
            new.append(_fill_text(LegalText(source_id=row.source_id, slug=_text_slug(row)), row))
        elif text.content_hash != row.content_hash:
            changed.append(_fill_text(text, row))
    LegalText.objects.bulk_create(new, batch_size=500)
    LegalText.objects.bulk_update(changed, [*_TEXT_FIELDS, "content_hash"], batch_size=200)
    counts.new, counts.changed = len(new), len(changed)
    counts.unchanged = len(rows) - counts.new - counts.changed
    counts.changed_ids = [text.source_id for text in changed]
    if new or changed:
        signals.legal_texts_changed.send(sender=LegalText, texts=[*new, *changed])
    return counts


_TEXT_FIELDS = [part.name for part in fields(LegalTextRow) if part.name != "source_id"]
_PAGE_FIELDS = [part.name for part in fields(AnswerRow) if part.name != "title"]


def _locked_archive_page() -> Page:
    """Two imports at once must not take the same place in the tree."""
    parent = archive_page()
    Page.objects.select_for_update().get(pk=parent.pk)
    parent.refresh_from_db()
    return parent


def _fill_page(page: AnswerPage, row: AnswerRow) -> bool:
    """Copy the row onto the page (not saved); True when something differs.

    What the row leaves empty stays as editors set it, and an answer taken off the site stays off.
    """
    if page.unpublished_on:
        return False
    values = {name: getattr(row, name) for name in _PAGE_FIELDS}
    values |= {"title": row.title, "draft_title": row.title, "content_hash": row.content_hash}
    given = {name: value for name, value in values.items() if page.pk is None or value not in ("", None)}
    differs = any(getattr(page, name) != value for name, value in given.items()) or not page.live
    for name, value in given.items():
        setattr(page, name, value)
    return differs


def _fill_text(text: LegalText, row: LegalTextRow) -> LegalText:
    for name in _TEXT_FIELDS:
        setattr(text, name, getattr(row, name))
    text.content_hash = row.content_hash
    return text


def _text_slug(row: LegalTextRow) -> str:
    words = slugify(anyascii(row.title))[:70].rstrip("-")
    suffix = slugify(anyascii(row.source_id))
    if len(suffix) > 60:
        suffix = f"{suffix[:40]}-{text_hash(row.source_id)[:12]}"
    return f"{words}-{suffix}".strip("-")
