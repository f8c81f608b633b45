"""The page of one article of law, and what is near it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from pakn_portal.pages.context import breadcrumb
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.search.page.related import related
from pakn_portal.search.sources import key_of, source_for

_AROUND = 3


def legal_text_context(page: Any, text: LegalText, request: HttpRequest) -> dict[str, Any]:
    archive_url = page.get_url(request)
    source = source_for(text)
    return {
        "text": text,
        "pakn_breadcrumb": [*breadcrumb(page, request), (page.title, archive_url)],
        "pakn_here": text.title,
        "pakn_here_is_vietnamese": True,
        "pakn_address": request.build_absolute_uri(source.address(text, archive_url)),
        "pakn_archive_url": archive_url,
        "neighbours": [(other, source.address(other, archive_url)) for other in neighbours(text)],
        "related": related(text.title, key_of(text), archive_url, request),
    }


def law_names(numbers: Iterable[str]) -> dict[str, str]:
    """Document number → name, of the laws in the archive."""
    named = LegalText.objects.filter(law_number__in=set(numbers)).exclude(law_name="")
    return dict(named.order_by().values_list("law_number", "law_name").distinct())


def neighbours(text: LegalText) -> list[LegalText]:
    """The articles before and after this one in the same document."""
    if not text.law_number:
        return []
    same = LegalText.objects.filter(law_number=text.law_number)
    rows = list(same.only("pk", "slug", "title", "article_number", "law_number"))
    rows.sort(key=lambda other: (_number(other.article_number), other.pk))
    at = next(index for index, other in enumerate(rows) if other.pk == text.pk)
    return [other for other in rows[max(0, at - _AROUND) : at + _AROUND + 1] if other.pk != text.pk]


def _number(article: str) -> tuple[int, str]:
    digits = re.match(r"\d+", article)
    return (int(digits[0]) if digits else 0, article)
