from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from pakn_portal.management.verify.guarded import guarded
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import page_hash
from pakn_portal.publication.registry import ReleasedPages, released_pages
from pakn_portal.search.citing import numbers_behind
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.names import new_names
from pakn_portal.search.projection import projected, searchable_text
from pakn_portal.search.sources import SOURCES, Source, Values

_CHUNK: Final = 500
_WORDS: Final = ("title", "question", "answer")
_TEXT: Final = "text"


def released(progress: Progress) -> Iterator[str]:
    """Each live page has the hash that a publisher released, at the address that it was released to; whatever
    should be on the site has a live page that all may see. Of every kind of page that is released.
    """
    for pages in released_pages():
        yield from _on_site(pages, progress)
        for number in pages.missing():
            yield f"{number} is published, but has no live page"
        yield from _hidden_branches(pages)
        yield from _other_entries(pages)
    for pk in AnswerPage.objects.copies().order_by("pk").values_list("pk", flat=True).iterator():
        yield f"page {pk} is a copy of an answer, of no case and no import"


def _on_site(pages: ReleasedPages, progress: Progress) -> Iterator[str]:
    live = pages.live().order_by("pk")
    above = dict(_parents(pages).values_list("path", "url_path"))
    for page in counted(live.iterator(chunk_size=_CHUNK), live.count(), progress):
        yield from guarded(f"page {page.pk}", _of_page, pages, page, above)


def _of_page(pages: ReleasedPages, page: Any, above: dict[str, str]) -> Iterator[str]:
    number = pages.number(page)
    if page_hash(page) != pages.released_hash(page):
        yield f"{number}: page {page.pk} has other words"
    if not _is_at_its_address(page, above):
        yield f"{number}: page {page.pk} has another address"
    if problem := pages.misplaced(page):
        yield f"{problem}, but its page {page.pk} is live"


def _other_entries(pages: ReleasedPages) -> Iterator[str]:
    """Each page that the archive shows as another one, or not at all. With or without a search server:
    these rows are what the database searches and what an index is filled from.
    """
    for source in SOURCES.values():
        if source.model is pages.model:
            keys = pages.archived().order_by("pk").values_list("pk", flat=True)
            yield from _entries_unlike(pages, source, keys.iterator(chunk_size=_CHUNK), _Behind.now())


@dataclass(frozen=True)
class _Behind:
    """What the worker still has to carry into entries: new names of units and sectors, and whether documents
    were replaced.
    """

    names: frozenset[tuple[str, str]]
    has_replaced: bool

    @classmethod
    def now(cls) -> _Behind:
        names = frozenset((str(one.of), one.object_id) for one in new_names())
        return cls(names, bool(numbers_behind()))

    def columns_of(self, values: Values) -> set[str]:
        """Those that may be of before, of an entry with these values; `text`: what is searched of it."""
        own = {("unit", str(values.get("unit_id"))), ("sector", str(values.get("sector_id")))}
        columns = {"context", _TEXT} if own & self.names else set()
        return columns | {"is_superseded"} if self.has_replaced else columns


def _entries_unlike(
    pages: ReleasedPages, source: Source, keys: Iterator[int], behind: _Behind
) -> Iterator[str]:
    while chunk := list(islice(keys, _CHUNK)):
        for pk in _unlike_entries(pages, source, chunk, behind):
            # read once more: it may have been corrected between the queries
            if found := list(_unlike_entries(pages, source, [pk], behind).values()):
                yield f"page {pk} stands in the archive with {found[0]}, or not at all"


def _unlike_entries(pages: ReleasedPages, source: Source, keys: list[int], behind: _Behind) -> dict[int, str]:
    """What is another one, in words, by the key of the page."""
    entries = ArchiveEntry.objects.filter(page_id__in=keys, is_public=True).select_related("text")
    shown = {entry.key: entry for entry in entries}
    live = pages.live().filter(pk__in=keys)
    # what has other words is told of the page itself
    right = {page.pk for page in live if page_hash(page) == pages.released_hash(page)}
    public = source.public(source.things().filter(pk__in=right, live=True))
    rows, _replaced = projected(source, public)
    found: dict[int, str] = {}
    for page in public:
        key = source.key(page.pk)
        if other := _other_column(shown.get(key), rows[key], behind):
            found[page.pk] = other
    return found


def _other_column(entry: ArchiveEntry | None, values: Values, behind: _Behind) -> str:
    """What is not as the page says, in words; empty where all is."""
    if entry is None:
        return "other words"
    passed = behind.columns_of(values)
    for name, value in values.items():
        if name not in passed and getattr(entry, name) != value:
            return "other words" if name in _WORDS else f"another {name.removesuffix('_id')}"
    return "" if _TEXT in passed or _is_searched_as_it_is(entry) else "other words to search"


def _is_searched_as_it_is(entry: ArchiveEntry) -> bool:
    kept = getattr(entry, "text", None)
    right = searchable_text(entry)  # which stands in the place of the other from then on
    return kept is not None and all(
        getattr(kept, name) == getattr(right, name) for name in ("title", "body", "exact")
    )


def _is_at_its_address(page: Any, above: dict[str, str]) -> bool:
    """Whether it is served where it was released to (what the register proves of it is `public_slug`) and
    where the tree has it. `above`: address by tree path of the pages above live answers.
    """
    # an import has none, nor has an answer from before there was one
    is_as_released = getattr(page, "public_slug", "") in ("", page.slug)
    # an answer that was published meanwhile elsewhere is for the next time
    parent = above.get(page.path[: -Page.steplen])
    return is_as_released and parent in (None, page.url_path.removesuffix(f"{page.slug}/"))


def _hidden_branches(pages: ReleasedPages) -> Iterator[str]:
    """Each page that hides released ones beneath it, in one line however many they are."""
    private = set(PageViewRestriction.objects.values_list("page_id", flat=True))
    for archive in _parents(pages).order_by("path"):
        for page in archive.get_ancestors(inclusive=True).filter(depth__gt=1):
            if not page.live or page.pk in private:
                yield f"page {page.pk} is not public, and so are the answers beneath it"
    for pk in pages.live().filter(pk__in=private).values_list("pk", flat=True):
        yield f"page {pk} is live, but not public"


def _parents(pages: ReleasedPages) -> QuerySet[Page]:
    """What they stand beneath: a few pages."""
    paths = {path[: -Page.steplen] for path in pages.live().values_list("path", flat=True)}
    parents: QuerySet[Page] = Page.objects.filter(path__in=paths)
    return parents
