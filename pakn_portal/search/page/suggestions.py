"""Completes what a reader types: titles, sectors, document numbers. The database is asked, whichever
engine searches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from pakn_portal.pages.links import url_of
from pakn_portal.search.engines.base import TooBroad
from pakn_portal.search.engines.database.engine import DatabaseEngine
from pakn_portal.search.entries import address_of, read_entries, readable_entries
from pakn_portal.search.query import weights
from pakn_portal.search.query.analysis import folded_tokens
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.snippets.models import Sector
from pakn_portal.text import document_number_key, fold, normalize, syllables

TITLES: Final = 5
OTHERS: Final = 3
_SHORTEST: Final = 2
_FEW_LETTERS: Final = 2
#: Nobody types a longer beginning and still wants to be helped.
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class SearchSuggestion:
    """`kind`: title, sector or number. `url` leads to the answer or to a search."""

    kind: str
    text: str
    url: str


@require_GET
def suggestions_view(request: HttpRequest) -> JsonResponse:
    """`?q=` → `{"suggestions": [{"kind", "text", "url"}, …]}`; a constant number of queries."""
    typed = normalize(request.GET.get("q", "")[: weights.QUERY_MAX_CHARACTERS]).strip()
    found = suggest(typed, request) if _SHORTEST <= len(typed) <= _LONGEST else []
    return JsonResponse({"suggestions": [asdict(one) for one in found]})


def suggest(typed: str, request: HttpRequest | None = None) -> list[SearchSuggestion]:
    tokens = folded_tokens(syllables(typed))
    if not tokens:
        return []
    archive_url = url_of("ArchivePage", request)
    numbers = list(_numbers(typed, archive_url)) if any(char.isdigit() for char in typed) else []
    return [*numbers, *_titles(tokens, archive_url, request), *_sectors(tokens, archive_url)]


def _titles(tokens: list[str], archive_url: str, request: Any) -> Iterator[SearchSuggestion]:
    ids = _beginning(tokens[:-1], _start(tokens), TITLES, is_title=True)
    entries = read_entries(ids)
    seen: set[str] = set()
    for entry in (entries[pk] for pk in ids if pk in entries):
        if entry.title not in seen:
            seen.add(entry.title)
            yield SearchSuggestion("title", entry.title, address_of(entry, archive_url, request))


def _start(tokens: list[str]) -> str:
    """What the last token begins. Too many words begin with one or two letters, so these are joined to the
    word before them: few pairs begin so.
    """
    *whole, start = tokens
    if whole and len(start) <= _FEW_LETTERS and "_" not in whole[-1]:
        return f"{whole[-1]}_{start}"
    return start


def _beginning(whole: list[str], start: str, limit: int, *, is_title: bool) -> list[int]:
    """Ids of entries; none where the database takes too long. The next letter makes it faster."""
    index = DatabaseEngine().index
    try:
        with index.limited(weights.SUGGESTION_SECONDS):
            return index.beginning(whole, start, limit, is_title=is_title)
    except TooBroad:
        return []


def _sectors(tokens: list[str], archive_url: str) -> Iterator[SearchSuggestion]:
    start = " ".join(tokens)
    matching = [
        (code, name)
        for code, name in Sector.objects.filter(is_active=True).values_list("code", "name")
        if f" {' '.join(folded_tokens(syllables(name)))}".find(f" {start}") >= 0
    ]
    for code, name in matching[:OTHERS]:
        address = SearchRequest(filters={"sector": (code,)}).querystring()
        yield SearchSuggestion("sector", name, f"{archive_url}?{address}")


def _numbers(typed: str, archive_url: str) -> Iterator[SearchSuggestion]:
    start = document_number_key(fold(typed))
    if "_" not in start:
        return
    ids = _beginning([], start, 50, is_title=False)
    listed = readable_entries().defer(None).filter(pk__in=ids).values_list("document_numbers", flat=True)
    numbers = sorted({number for numbers in listed for number in numbers if _key(number).startswith(start)})
    for number in numbers[:OTHERS]:
        yield SearchSuggestion("number", number, f"{archive_url}?{SearchRequest(text=number).querystring()}")


def _key(number: str) -> str:
    return document_number_key(number)
