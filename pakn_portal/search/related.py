"""Other entries of the archive on the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from pakn_portal.search.addresses import address_of
from pakn_portal.search.engines import get_engine
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.requests import Filters, SearchRequest

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Related:
    entry: ArchiveEntry
    url: str


def related(
    title: str,
    own_key: str,
    archive_url: str,
    request: HttpRequest | None = None,
    *,
    filters: Filters | None = None,
) -> list[Related]:
    """The best entries for these words without the one they come from, by the site's own search."""
    wanted = SearchRequest(text=title, filters=filters or {}, page_size=MOST + 1)
    hits = [hit.entry for hit in get_engine().search(wanted).hits if hit.entry.key != own_key]
    return [Related(entry, address_of(entry, archive_url, request)) for entry in hits[:MOST]]
