"""What a visitor asks of the archive, read from an address without ever failing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from pakn_portal.conf import portal_settings
from pakn_portal.search.enums import Sort
from pakn_portal.search.facet_fields import FACET_FIELDS, FacetField
from pakn_portal.search.query import weights
from pakn_portal.text import normalize

_MOST_VALUES: Final = 50
_LONGEST_VALUE: Final = 60

Filters = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`filters`: chosen codes by facet. Values of one facet widen, facets narrow one another."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 10
    #: Entries that are neither shown nor counted, see `entries.hidden_ids`.
    hidden: frozenset[int] = frozenset()
    #: Whether the place that was found is looked for in the texts of their files too, which may be long.
    shows_files: bool = True

    @property
    def start(self) -> int:
        return (self.page - 1) * self.page_size

    def others(self, facet: str) -> Filters:
        """The filters that bind the counts of this facet: all but its own."""
        return {name: values for name, values in self.filters.items() if name != facet}

    def without(self, facet: str, value: str) -> SearchRequest:
        kept = tuple(one for one in self.filters.get(facet, ()) if one != value)
        return self._with_facet(facet, kept)

    def _with_facet(self, facet: str, values: tuple[str, ...]) -> SearchRequest:
        filters = {**self.filters, facet: values}
        return replace(self, filters={name: chosen for name, chosen in filters.items() if chosen}, page=1)

    def querystring(self) -> str:
        """The address of this request, without what is default."""
        return urlencode(list(self._parameters()))

    def _parameters(self) -> Iterator[tuple[str, str]]:
        if self.text:
            yield "q", self.text
        for name in FACET_FIELDS:
            yield from ((name, value) for value in self.filters.get(name, ()))
        if self.sort != Sort.RELEVANCE:
            yield "sort", self.sort.value
        if self.page > 1:
            yield "page", str(self.page)


def read_request(parameters: QueryDict) -> SearchRequest:
    """Unknown, malformed and hostile values are left out; an address typed by hand never breaks the page."""
    filters = {field.name: _values(parameters, field) for field in FACET_FIELDS.values()}
    sort = parameters.get("sort", "")
    return SearchRequest(
        text=normalize(parameters.get("q", "")[: weights.QUERY_MAX_CHARACTERS]).strip(),
        filters={name: values for name, values in filters.items() if values},
        sort=Sort(sort) if sort in Sort.values else Sort.RELEVANCE,
        page=_page(parameters.get("page", "")),
        page_size=portal_settings.ARCHIVE_PAGE_SIZE,
    )


def _values(parameters: QueryDict, field: FacetField) -> tuple[str, ...]:
    given = dict.fromkeys(parameters.getlist(field.name)[:_MOST_VALUES])
    kept = [value for value in given if value and len(value) <= _LONGEST_VALUE and value.isprintable()]
    return tuple(value for value in kept if field.fits(value))


def _page(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        return 1
    return min(max(int(given), 1), last_page(portal_settings.ARCHIVE_PAGE_SIZE))


def last_page(page_size: int) -> int:
    """The last that may be asked for."""
    return max(1, min(weights.MAX_PAGE, weights.WINDOW // page_size))
