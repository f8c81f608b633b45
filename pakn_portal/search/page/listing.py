"""What the archive's template shows for one request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest

from pakn_portal.search.engines import get_engine
from pakn_portal.search.entries import address_of, details_of
from pakn_portal.search.enums import Sort
from pakn_portal.search.facet_fields import labels as all_labels
from pakn_portal.search.page.facets import build_facets, chosen, only_known
from pakn_portal.search.page.paging import paging
from pakn_portal.search.query.request import SearchRequest, read_request
from pakn_portal.search.query.results import Hit, SearchResult
from pakn_portal.snippets.enums import Kind
from pakn_portal.text import fold, syllables

#: Kinds that the sentence above the whole list has words for; of others it says how many results there are.
_ANSWERS_AND_LAWS: Final = frozenset((*Kind.values, "legal_text"))


@dataclass(frozen=True, slots=True)
class ListedHit:
    hit: Hit
    url: str
    details: list[str]


@dataclass(frozen=True, slots=True)
class SortLink:
    label: str
    querystring: str
    is_current: bool


def archive_context(request: HttpRequest, archive_url: str) -> dict[str, Any]:
    """A constant number of queries, whatever is found."""
    labels = all_labels()
    wanted = only_known(read_request(request.GET), labels)
    lack = lack_of(wanted.text)
    result = SearchResult([], 0, {}, "", 0) if lack else get_engine().search(wanted)
    return {
        "wanted": wanted,
        "query": wanted.text,
        "result": result,
        "hits": [_listed(hit, archive_url, request) for hit in result.hits],
        "facets": build_facets(wanted, result.facets, labels),
        "chosen": list(chosen(wanted, labels)),
        "paging": paging(wanted, result.page_count),
        "sorts": _sorts(wanted),
        "without_filters": replace(wanted, filters={}, page=1).querystring(),
        "meant": replace(wanted, text=result.did_you_mean, page=1).querystring(),
        "lack": lack,
        "has_others": not _ANSWERS_AND_LAWS.issuperset(result.facets.get("kind", ())),
        "is_past_end": _is_past_end(wanted, result),
        "first_page": replace(wanted, page=1).querystring(),
        "tells_fallback": result.is_fallback and request.user.has_perm("wagtailadmin.access_admin"),
    }


def _listed(hit: Hit, archive_url: str, request: HttpRequest) -> ListedHit:
    return ListedHit(hit, address_of(hit.entry, archive_url, request), details_of(hit.entry))


def lack_of(text: str) -> str:
    """What is missing before these characters can be looked for: `word`, `letter`, or nothing."""
    words = syllables(text)
    if not words:
        return "word" if text else ""
    return "letter" if len(fold("".join(words))) == 1 else ""


def _sorts(wanted: SearchRequest) -> list[SortLink]:
    if not wanted.text:
        current = Sort.OLDEST if wanted.sort == Sort.OLDEST else Sort.NEWEST
        options = [Sort.NEWEST, Sort.OLDEST]
    else:
        current, options = wanted.sort, list(Sort)
    return [
        SortLink(str(sort.label), replace(wanted, sort=sort, page=1).querystring(), sort == current)
        for sort in options
    ]


def _is_past_end(wanted: SearchRequest, result: SearchResult) -> bool:
    return not result.hits and result.total > 0 and wanted.page > 1
