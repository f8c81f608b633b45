"""An earlier text that did harm is taken back: out of the page's notes, its revisions and its log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from pakn_portal.answers.redaction import FIELDS, masked
from pakn_portal.conf import section_language

if TYPE_CHECKING:
    from pakn_portal.answers.models import PublicText
    from pakn_portal.pages.answer import AnswerPage

#: What a revision holds of the words, beside the earlier texts in its list of corrections.
_WORDS: Final = (*FIELDS, "draft_title", "legal_bases", "seo_title", "search_description")


def has_personal_data(page: AnswerPage, text: PublicText) -> bool:
    """Whether there is a find in the page's words, as they stand, that nobody confirmed."""
    return any(masked(text, name, getattr(page, name)) != getattr(page, name) for name in FIELDS)


def withhold_corrections(page: AnswerPage) -> None:
    """Blank the earlier texts under the page, before its new text is saved with them."""
    page.corrections.model.objects.filter(page=page).update(
        is_withheld=True, earlier_question="", earlier_answer=""
    )


def withhold_revisions(page: AnswerPage) -> None:
    """Blank what staff read in the history of the CMS: every revision but the latest, and the log's titles.

    The register keeps the SHA-256 of each released wording, by which a copy that somebody kept can be judged.
    """
    for revision in page.revisions.exclude(pk=page.latest_revision_id).iterator():
        revision.content = _without_words(revision.content)
        revision.object_str = page.title
        # not `save`, which makes it the page's latest
        page.revisions.filter(pk=revision.pk).update(content=revision.content, object_str=revision.object_str)
    _forget_titles(page)


def _without_words(content: dict[str, Any]) -> dict[str, Any]:
    with translation.override(section_language()):
        notice = _("[This text was withheld.]")
    words = {name: notice for name in _WORDS if content.get(name)}
    corrections = [
        {**each, "is_withheld": True, "earlier_question": "", "earlier_answer": ""}
        for each in content.get("corrections", [])
    ]
    return {**content, **words, "corrections": corrections}


def _forget_titles(page: AnswerPage) -> None:
    entries = PageLogEntry.objects.filter(page=page)
    entries.exclude(label=page.title).update(label=page.title)
    for entry in entries.exclude(data={}):
        if "title" in entry.data:
            entry.data = {name: value for name, value in entry.data.items() if name != "title"}
            entry.save(update_fields=["data"])
