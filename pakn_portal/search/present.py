"""From ids to what a reader sees, in one database query whatever the number of hits.

The database has the last word: what is no longer public is left out, also when the search server does not
know yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from pakn_portal.search.highlight import Highlighter
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query import Query
from pakn_portal.search.results import Hit

#: Columns that a list of hits shows or needs for an address. Wagtail's pages have many more.
_SHOWN = [
    *(
        "key",
        "public_id",
        "kind",
        "title",
        "question",
        "answer",
        "published_on",
        "is_superseded",
        "document_numbers",
    ),
    *("page__url_path", "page__depth", "page__path", "page__locale_id", "page__live", "page__title"),
    *("legal_text__slug", "legal_text__law_number", "legal_text__article_number"),
    *("sector__code", "sector__name", "unit__name", "year", "sender_kind"),
]


def present(ids: Sequence[int], query: Query, scores: Sequence[float] = ()) -> list[Hit]:
    entries = readable_entries().in_bulk(ids)
    highlighter = Highlighter(query)
    by_id = dict(zip(ids, scores, strict=True)) if scores else {}
    return [_hit(entries[pk], highlighter, by_id.get(pk, 0.0)) for pk in ids if pk in entries]


def readable_entries() -> QuerySet[ArchiveEntry]:
    """What may be shown: public by its own row and by its page's, with all that a list of hits tells."""
    is_readable = Q(page__live=True) | Q(legal_text__isnull=False)
    return (
        ArchiveEntry.objects.filter(is_readable, is_public=True)
        .select_related("page", "legal_text", "sector", "unit")
        .only(*_SHOWN)
    )


def _hit(entry: ArchiveEntry, highlighter: Highlighter, score: float) -> Hit:
    body = " ".join(part for part in (entry.question, entry.answer) if part)
    return Hit(entry, highlighter.whole(entry.title), highlighter.excerpt(body), score)
