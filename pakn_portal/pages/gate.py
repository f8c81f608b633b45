"""The publication gate: which text may go live, and who may let it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from pakn_portal.answers.actions import text_hash
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.answers.redaction import open_finds

if TYPE_CHECKING:
    from pakn_portal.pages.answer import AnswerPageMixin


class GateShut(PermissionDenied):
    """The page may not go live; `str(error)` says why."""


def page_hash(page: AnswerPageMixin) -> str:
    """SHA-256 over what readers see; equals `PublicText.released_hash` of a live page (I4)."""
    return text_hash(page.title, page.question, page.answer)


def check_gate(page: AnswerPageMixin, *, by: Any, was_scheduled: bool = False) -> None:
    """Let `page` (as it would go live) through, or raise GateShut.

    A text that was released before passes again. A new one needs: its exact wording with the publisher, no
    open find of personal
    data, and a publisher who neither wrote, nor approved, nor prepared it. `was_scheduled`: they let it
    through earlier.
    """
    if page.public_text_id is None:
        _check_imported(page)
        return
    text = PublicText.objects.select_related("case").get(pk=page.public_text_id)
    wording = page_hash(page)
    if text.released_hash and wording == text.released_hash:
        return
    if text.state != PublicTextState.REQUESTED or wording != text.content_hash:
        raise GateShut(
            _("The text is not the one that was sent to the publisher. Send it again from the case.")
        )
    if open_finds(text):
        raise GateShut(_("There is personal data in the text that is neither masked nor confirmed."))
    if not was_scheduled:
        reason = four_eyes_problem(text, by)
        if reason:
            raise GateShut(reason)


def four_eyes_problem(text: PublicText, by: Any) -> str:
    """Why this person may not release this text; empty when they may."""
    if by is None:
        return _("An answer is released by a person.")
    answer = Answer.objects.filter(case_id=text.case_id).first()
    if text.prepared_by_id == by.pk:
        return _("You prepared this public text; another publisher must release it.")
    if answer and by.pk in (answer.written_by_id, answer.approved_by_id):
        return _("You wrote or approved this answer; somebody else must release it.")
    return ""


def _check_imported(page: AnswerPageMixin) -> None:
    if not page.source_id or page_hash(page) != page.content_hash:
        raise GateShut(_("An answer page is made from a case or by an import, not by hand."))
