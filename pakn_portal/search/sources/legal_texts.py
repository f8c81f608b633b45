"""Articles of law: a table, shown by a route of the archive page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pakn_portal.pages.legal_text import LegalText
from pakn_portal.search.sources.base import Source, Values
from pakn_portal.text import document_numbers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Part of the address of the archive page beneath which articles of law are found.
LEGAL_TEXTS = "van-ban"


class LegalTextSource(Source):
    name = "legal"
    model = LegalText
    relation = "legal_text"
    columns = ("slug", "law_number", "article_number")

    def kinds(self) -> Iterable[tuple[str, StrOrPromise]]:
        return [("legal_text", _("article of law"))]

    def values(self, thing: LegalText) -> Values:
        return {
            "public_id": thing.source_id,
            "kind": "legal_text",
            "title": thing.title,
            "answer": thing.body,
            "context": "\n".join(part for part in (thing.law_name, thing.law_number, thing.topic) if part),
            "sector_id": thing.sector_id,
            "published_on": thing.issued_on,
            "document_numbers": document_numbers(f"{thing.law_number}\n{thing.title}\n{thing.body}"),
        }

    def address(self, thing: LegalText, archive_url: str, request: HttpRequest | None = None) -> str:
        return f"{archive_url}{LEGAL_TEXTS}/{thing.slug}/" if archive_url else ""

    def details(self, thing: LegalText, *, is_brief: bool = False) -> list[str]:
        article = gettext("Article %(number)s") % {"number": thing.article_number}
        told = [article] if thing.article_number and not is_brief else []
        return [*told, thing.law_number] if thing.law_number else told
