"""What the site shows of a case: made of its prepared text and of the case, never of somebody's revision."""

from __future__ import annotations

import json
from typing import Any, Final

from anyascii import anyascii
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.finds import FIELDS, masked
from pakn_portal.answers.models import PublicText, answer_of
from pakn_portal.cases.models import Case
from pakn_portal.submissions.known import known_values
from pakn_portal.text import document_number_spans, find_personal_data, fold, mask_all

#: Of the words in an answer's address, without the suffix.
LONGEST_SLUG: Final = 60
#: What the CMS would do by the clock.
SCHEDULE: Final = ("go_live_at", "expire_at")
#: What readers see of a page beside title, question and answer.
BESIDE: Final = (
    *("slug", "kind", "sender_kind", "sector_id", "unit_id", "outcome", "legal_bases"),
    *("asked_on", "answered_on", "seo_title", "search_description", "show_in_menus"),
)


def fill(page: Any, text: PublicText) -> None:
    """The page as the prepared text would have it. Not saved."""
    page.title = page.draft_title = text.title
    page.question, page.answer, page.content_hash = text.question, text.answer, text.content_hash
    page.go_live_at = page.expire_at = None
    fill_beside(page, text)


def fill_beside(page: Any, text: PublicText) -> None:
    """Everything that readers see beside the words, as the case has it now. Not saved."""
    case, answer = text.case, answer_of(text.case)
    page.slug = page.public_slug or answer_slug(page.title, str(text.pk))
    page.kind, page.sender_kind = case.submission.kind, case.submission.sender.kind
    page.sector, page.unit, page.outcome = case.sector, case.lead_unit, case.outcome
    # the day it was sent, not the working day from which terms count: that may be later than the answer
    page.asked_on = clock.local_date(case.submission.received_at)
    page.seo_title, page.search_description, page.show_in_menus = "", "", False
    if answer is not None:
        page.legal_bases = _masked(answer.legal_bases, text)
        page.answered_on = clock.local_date(answer.approved_at) if answer.approved_at else None
        page.asked_on = min(page.asked_on, page.answered_on or page.asked_on)


def _masked(bases: str, text: PublicText) -> str:
    """Nobody reads them again before they are public. A document's number alone is nothing personal."""
    if all(_is_number(line.strip()) for line in bases.splitlines()):
        return bases
    return mask_all(bases, known_values(text.case.submission.sender))


def _is_number(line: str) -> bool:
    return not line or [(span.start, span.end) for span in document_number_spans(line)] == [(0, len(line))]


def copy_beside(page: Any, live: Any) -> None:
    """As it stands on the site now: a text that is released already brings nothing new along."""
    for name in BESIDE:
        setattr(page, name, getattr(live, name))


def differs_beside(page: Any, live: Any) -> bool:
    """Whether readers would see something else beside the words."""
    return any(getattr(page, name) != getattr(live, name) for name in BESIDE)


def answer_slug(title: str, suffix: str) -> str:
    """A readable address without diacritics, cut between two words; the suffix keeps it unique."""
    words = slugify(anyascii(title))
    if len(words) > LONGEST_SLUG:
        words = words[: LONGEST_SLUG + 1].rpartition("-")[0] or words[:LONGEST_SLUG]
    words = words.rstrip("-")
    return f"{words}-{suffix}" if words else suffix


def address_without(page: Any, earlier: str, text: PublicText) -> str:
    """The page's address, which is kept for good: a new one where the earlier title, or the address that was
    made of it, has a find that the new title has not.
    """
    may_stay = not page.public_slug or not drops_find(page.public_slug, earlier, text)
    return str(page.public_slug) if may_stay else answer_slug(text.title, str(text.pk))


def drops_find(address: str, earlier: str, text: PublicText) -> bool:
    if earlier == text.title:
        return False
    known, title = known_values(text.case.submission.sender), fold(text.title)
    words = (earlier, address.removesuffix(f"-{text.pk}").replace("-", " "))
    return any(
        fold(find.text) not in title for each in words for find in find_personal_data(each, known=known)
    )


def has_words_of(page: Any, content: dict[str, Any]) -> bool:
    """Whether this content of a revision has the page's title, question and answer."""
    return all(getattr(page, name) == content.get(name) for name in FIELDS)


def is_as_stored(page: Any, content: dict[str, Any]) -> bool:
    """Whether this content of a revision shows readers the same as the page."""
    shown = {name.removesuffix("_id"): getattr(page, name) for name in BESIDE}
    stored = {name: content.get(name) for name in shown}
    return has_words_of(page, content) and _plain(shown) == _plain(stored)


def _plain(values: dict[str, Any]) -> Any:
    """As a revision keeps them."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def has_personal_data(page: Any, text: PublicText) -> bool:
    """Whether there is a find in the page's words, as they stand, that nobody confirmed."""
    return any(masked(text, name, getattr(page, name)) != getattr(page, name) for name in FIELDS)


def personal_in_note(note: str, case: Case | None) -> str:
    """Why readers should not be told these words as they are; empty where nothing in them is personal. Who
    writes them is asked: masked they would say something else. `case`: None for an imported answer.
    """
    known = known_values(case.submission.sender) if case is not None else []
    found = dict.fromkeys(find.text for find in find_personal_data(note, known))
    if not found:
        return ""
    told = _("Everybody reads these words, so say it without %(finds)s.")
    return told % {"finds": ", ".join(f"“{text}”" for text in found)}


def masked_note(note: str, case: Case) -> str:
    """What readers are told of a change."""
    return mask_all(note, known_values(case.submission.sender))
