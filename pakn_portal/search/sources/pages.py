"""What is common to pages in the archive: the tree tells who may read one, and where it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import PageViewRestriction

from pakn_portal.languages import addressing
from pakn_portal.search.sources.base import Source

__all__ = ["PageSource", "is_closed"]


class PageSource(Source):
    """Pages of one type."""

    relation = "page"
    columns = ("url_path", "depth", "path", "locale_id", "live", "title")
    is_readable = {"live": True}
    locked = ("self", "page_ptr")

    def public(self, things: Iterable[Any]) -> list[Any]:
        closed = _closed_paths()
        return [page for page in super().public(things) if not page.path.startswith(closed)]

    def address(self, thing: Any, archive_url: str, request: HttpRequest | None = None) -> str:
        """No query once the site is known."""
        with addressing():  # a plain `Page`, which does not know of it
            return thing.get_url(request) or ""


def is_closed(path: str) -> Q:
    """Whether the tree path in this column lies behind a restriction."""
    return reduce(or_, (Q(**{f"{path}__startswith": closed}) for closed in _closed_paths()), Q(pk__in=[]))


def _closed_paths() -> tuple[str, ...]:
    """Tree paths of what is behind a password, a log-in or a group: not for the archive."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
