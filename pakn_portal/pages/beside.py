"""What may stand on an answer page beside the text that passed the gate: no schedule, no other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pakn_portal.answers.models import PublicText
from pakn_portal.submissions.known import known_values
from pakn_portal.text import find_personal_data, fold

if TYPE_CHECKING:
    from pakn_portal.pages.answer import AnswerPageMixin

#: What readers see of a page, beside its address, without anybody having released it.
_FIELDS = ("legal_bases", "seo_title", "search_description")


def is_scheduled(page: AnswerPageMixin) -> bool:
    """Whether the CMS is to publish or unpublish it by the clock: a person does either, on the day itself."""
    return bool(page.go_live_at or page.expire_at)


def schedule_problem(page: AnswerPageMixin) -> str:
    """Why the page's schedule keeps it from going live; empty when it has none."""
    if is_scheduled(page):
        return _("An answer goes live, or leaves the site, when a publisher says so, never by a schedule.")
    return ""


def problems_beside(page: AnswerPageMixin) -> Iterator[str]:
    """A sentence for each thing that keeps the page from going live; none when it may."""
    if problem := schedule_problem(page):
        yield problem
    if page.public_text_id is not None and _leaks(page):
        yield _("Beside the text, in its address or legal bases, there is personal data. Take it out.")


def _leaks(page: AnswerPageMixin) -> bool:
    """A find that the released text has too was confirmed there."""
    text = PublicText.objects.select_related("case__submission__sender").get(pk=page.public_text_id)
    known = known_values(text.case.submission.sender)
    released = fold(" ".join((page.title, page.question, page.answer)))
    # the number at the end of the address is ours; behind a telephone number it would be read as part of it
    address = page.slug.removesuffix(f"-{page.public_text_id}").replace("-", " ")
    words = [*(getattr(page, name) for name in _FIELDS), address]
    finds = [find for each in words for find in find_personal_data(each, known=known)]
    return any(fold(find.text) not in released for find in finds)
