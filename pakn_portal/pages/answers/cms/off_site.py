"""An answer that is not on the site: the tree of pages knows neither its words nor its address.

One that waits for its publisher, one that was taken off and one whose case is sealed look alike there, so
that a list of pages, a chooser, a report or a log of the CMS tells nothing of any of them. The words are in
the case, and in the page's revisions while it is not sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.utils.translation import gettext as _

from pakn_portal.languages import speaking

#: Before the number of the text, which is in every address.
SLUG: Final = "tra-loi"
_BLANK: Final = ("question", "answer", "legal_bases", "seo_title", "search_description", "content_hash")
_LINKS: Final = ("sector", "unit")


def is_off_site(page: Any) -> bool:
    """Answers to cases only: what an import brought was public before."""
    return page.public_text_id is not None and not page.live


def title() -> str:
    """In the site's language: it is stored, and read by everybody."""
    with speaking():
        return _("Answer that is not on the site")


def slug_of(page: Any) -> str:
    return f"{SLUG}-{page.public_text_id}"


@contextmanager
def without_words(page: Any) -> Iterator[None]:
    """Inside, the page is as its row is to be. After that it has its words again, for a revision of them."""
    names = ("title", "draft_title", "slug", *_BLANK, *_LINKS)
    kept: dict[str, Any] = {name: getattr(page, name) for name in names}
    page.title = page.draft_title = title()
    page.slug = slug_of(page)
    for name in _BLANK:
        setattr(page, name, "")
    for name in _LINKS:
        setattr(page, name, None)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(page, name, value)
