from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.progress import Progress, counted
from pakn_portal.pages.gate import page_hash
from pakn_portal.pages.models import AnswerPage


def released(progress: Progress) -> Iterator[str]:
    """The live page's hash is the one a publisher released; a published case has its live page."""
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
