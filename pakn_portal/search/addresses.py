"""Where a reader finds what an entry stands for."""

from __future__ import annotations

from django.http import HttpRequest

from pakn_portal.languages import addressing
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.search.models import ArchiveEntry

#: Part of the address of the archive page beneath which articles of law are found.
LEGAL_TEXTS = "van-ban"


def address_of(entry: ArchiveEntry, archive_url: str, request: HttpRequest | None = None) -> str:
    """Address on this site; empty where the page belongs to none. No query once the site is known."""
    if entry.legal_text is not None:
        return legal_text_address(entry.legal_text, archive_url)
    if entry.page is None:
        return ""
    with addressing():  # a plain `Page`, which does not know of it
        return entry.page.get_url(request) or ""


def legal_text_address(text: LegalText, archive_url: str) -> str:
    return f"{archive_url}{LEGAL_TEXTS}/{text.slug}/" if archive_url else ""
