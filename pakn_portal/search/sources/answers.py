"""Published answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from pakn_portal.answers.files.public import as_indexed
from pakn_portal.answers.models import PublicFile, PublicText
from pakn_portal.clock import local_date
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.search.sources.base import Values
from pakn_portal.search.sources.pages import PageSource
from pakn_portal.snippets.enums import Kind
from pakn_portal.text import document_numbers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class AnswerSource(PageSource):
    name = "page"
    model = AnswerPage
    named_after = ("unit", "sector")

    def kinds(self) -> Iterable[tuple[str, StrOrPromise]]:
        return Kind.choices

    def things(self) -> QuerySet[Any]:
        texts = Prefetch("public_text", queryset=PublicText.objects.only("pk"))
        pages: QuerySet[Any] = AnswerPage.objects.select_related("sector", "unit")
        return pages.prefetch_related(
            texts, Prefetch("public_text__files", _words(), to_attr="indexed_files")
        )

    def values(self, thing: AnswerPage) -> Values:
        names = [str(part) for part in (thing.sector, thing.unit) if part is not None]
        return {
            "public_id": thing.source_id or str(thing.pk),
            "kind": Kind(thing.kind),
            "title": thing.title,
            "question": thing.question,
            "answer": thing.answer,
            "attachments_text": as_indexed(_files_of(thing.public_text)) if thing.public_text else "",
            "context": "\n".join([*names, thing.legal_bases]),
            "sector_id": thing.sector_id,
            "unit_id": thing.unit_id,
            "sender_kind": thing.sender_kind,
            "published_on": thing.answered_on or _published_on(thing),
            "document_numbers": document_numbers(
                f"{thing.title}\n{thing.question}\n{thing.answer}\n{thing.legal_bases}"
            ),
            "is_superseded": bool(getattr(thing, "is_superseded", False)),
        }


def _words() -> QuerySet[PublicFile]:
    return PublicFile.objects.only("text", "name", "words")


def _files_of(text: PublicText) -> Iterable[PublicFile]:
    """Of a page at hand as they stand now, of many as they were read with it."""
    many: Iterable[PublicFile] | None = getattr(text, "indexed_files", None)
    return _words().filter(text=text) if many is None else many


def _published_on(page: AnswerPage) -> date | None:
    """An imported answer without a date is not new because it was imported today."""
    if page.source_id or page.first_published_at is None:
        return None
    return local_date(page.first_published_at)
