from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import page_hash
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.projection import values_of
from pakn_portal.search.sources.answers import AnswerSource

_CHUNK: Final = 500
_SEARCHED: Final = ("title", "question", "answer")


def released(progress: Progress) -> Iterator[str]:
    """Each live page has the hash that a publisher released, at the address that it was released to; each
    published case has a live page that all may see.
    """
    pages = AnswerPage.objects.live().select_related("public_text__case").order_by("pk")
    above = dict(_parents().values_list("path", "url_path"))
    for page in counted(pages.iterator(chunk_size=500), pages.count(), progress):
        text = page.public_text
        wording = text.released_hash if text is not None else page.content_hash
        if page_hash(page) != wording:
            yield f"{text.case.number if text else page.source_id}: page {page.pk} has other words"
        if not _is_at_its_address(page, above):
            yield f"{text.case.number if text else page.source_id}: page {page.pk} has another address"
        if text is not None and text.case.status != Status.PUBLISHED:
            yield f"{text.case.number} is {text.case.status}, but its page {page.pk} is live"
    off = Q(public_text=None) | Q(public_text__page=None) | Q(public_text__page__live=False)
    for number in (
        Case.objects.filter(off, status=Status.PUBLISHED).values_list("number", flat=True).iterator()
    ):
        yield f"{number} is published, but has no live page"
    yield from _hidden_branches()
    yield from _other_entries()
    for pk in AnswerPage.objects.copies().order_by("pk").values_list("pk", flat=True).iterator():
        yield f"page {pk} is a copy of an answer, of no case and no import"


def _other_entries() -> Iterator[str]:
    """Each answer to a case that the archive shows with other words, or not at all. With or without a search
    server: these rows are what the database searches and what an index is filled from.
    """
    pages = AnswerPage.objects.live().exclude(public_text=None).order_by("pk")
    keys = pages.values_list("pk", flat=True).iterator(chunk_size=_CHUNK)
    while chunk := list(islice(keys, _CHUNK)):
        for pk in _unlike_entries(chunk):
            # read once more: it may have been corrected between the two queries
            if any(_unlike_entries([pk])):
                yield f"page {pk} stands in the archive with other words, or not at all"


def _unlike_entries(keys: list[int]) -> Iterator[int]:
    rows = ArchiveEntry.objects.filter(page_id__in=keys, is_public=True)
    shown = {pk: words for pk, *words in rows.values_list("page_id", *_SEARCHED)}
    source = AnswerSource()
    pages = source.things().filter(pk__in=keys, live=True).select_related("public_text")
    for page in source.public(pages):
        if page_hash(page) != page.public_text.released_hash:
            continue  # told of the page itself
        values = values_of(source, page)
        if shown.get(page.pk) != [values[name] for name in _SEARCHED]:
            yield page.pk


def _is_at_its_address(page: AnswerPage, above: dict[str, str]) -> bool:
    """Whether it is served where it was released to (what the register proves of it is `public_slug`) and
    where the tree has it. `above`: address by tree path of the pages above live answers.
    """
    # an import has none, nor has an answer from before there was one
    is_as_released = page.public_slug in ("", page.slug)
    # an answer that was published meanwhile elsewhere is for the next time
    parent = above.get(page.path[: -Page.steplen])
    return is_as_released and parent in (None, page.url_path.removesuffix(f"{page.slug}/"))


def _hidden_branches() -> Iterator[str]:
    """Each page that hides live answers beneath it, in one line however many they are."""
    private = set(PageViewRestriction.objects.values_list("page_id", flat=True))
    for archive in _parents().order_by("path"):
        for page in archive.get_ancestors(inclusive=True).filter(depth__gt=1):
            if not page.live or page.pk in private:
                yield f"page {page.pk} is not public, and so are the answers beneath it"
    for pk in AnswerPage.objects.live().filter(pk__in=private).values_list("pk", flat=True):
        yield f"page {pk} is live, but not public"


def _parents() -> QuerySet[Page]:
    """The parents of live answers: a few pages."""
    paths = {path[: -Page.steplen] for path in AnswerPage.objects.live().values_list("path", flat=True)}
    parents: QuerySet[Page] = Page.objects.filter(path__in=paths)
    return parents
