from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import page_hash


def released(progress: Progress) -> Iterator[str]:
    """Each live page has the hash that a publisher released; each published case has a
    live page that all may see.
    """
    pages = AnswerPage.objects.live().select_related("public_text__case").order_by("pk")
    for page in counted(pages.iterator(chunk_size=500), pages.count(), progress):
        text = page.public_text
        wording = text.released_hash if text is not None else page.content_hash
        if page_hash(page) != wording:
            yield f"{text.case.number if text else page.source_id}: page {page.pk} has other words"
        if text is not None and text.case.status != Status.PUBLISHED:
            yield f"{text.case.number} is {text.case.status}, but its page {page.pk} is live"
    off = Q(public_text=None) | Q(public_text__page=None) | Q(public_text__page__live=False)
    for number in (
        Case.objects.filter(off, status=Status.PUBLISHED).values_list("number", flat=True).iterator()
    ):
        yield f"{number} is published, but has no live page"
    yield from _hidden_branches()
    for pk in AnswerPage.objects.copies().order_by("pk").values_list("pk", flat=True).iterator():
        yield f"page {pk} is a copy of an answer, of no case and no import"


def _hidden_branches() -> Iterator[str]:
    """Each page that hides live answers beneath it, in one line however many they are."""
    private = set(PageViewRestriction.objects.values_list("page_id", flat=True))
    for archive in Page.objects.filter(pk__in=_parents()).order_by("path"):
        for page in archive.get_ancestors(inclusive=True).filter(depth__gt=1):
            if not page.live or page.pk in private:
                yield f"page {page.pk} is not public, and so are the answers beneath it"
    for pk in AnswerPage.objects.live().filter(pk__in=private).values_list("pk", flat=True):
        yield f"page {pk} is live, but not public"


def _parents() -> set[int]:
    """The parents of live answers: a few pages."""
    paths = {path[: -Page.steplen] for path in AnswerPage.objects.live().values_list("path", flat=True)}
    return set(Page.objects.filter(path__in=paths).values_list("pk", flat=True))
