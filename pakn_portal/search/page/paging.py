"""Links to the pages of a list around the current one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pakn_portal.search.query.request import SearchRequest, last_page

_AROUND = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """A `number` of 0 stands for the pages that are left out."""

    number: int
    querystring: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    links: list[PageLink]
    previous: str | None
    next: str | None


def paging(request: SearchRequest, page_count: int) -> Paging | None:
    """None where everything fits on one page."""
    last = min(page_count, last_page(request.page_size))
    if last < 2:
        return None
    return Paging(
        list(_links(request, last)),
        _address(request, request.page - 1) if request.page > 1 else None,
        _address(request, request.page + 1) if request.page < last else None,
    )


def _links(request: SearchRequest, last: int) -> Iterator[PageLink]:
    before = 0
    for number in sorted({1, last, *range(request.page - _AROUND, request.page + _AROUND + 1)}):
        if not 1 <= number <= last:
            continue
        if number > before + 1:
            yield PageLink(0)
        yield PageLink(number, _address(request, number), number == request.page)
        before = number


def _address(request: SearchRequest, number: int) -> str:
    return replace(request, page=number).querystring()
