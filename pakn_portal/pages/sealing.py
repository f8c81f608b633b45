"""When a case is sealed, its answer leaves the site, and the CMS shows its words to nobody.

The words stay in the case, where only who reads sealed cases finds them; a publisher may send them to the
site again once the case is unlocked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import LogContext

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case, CaseEvent

if TYPE_CHECKING:
    from pakn_portal.pages.answer import AnswerPageMixin


def take_off(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Receiver of `event_recorded`: page, index row and workflow follow in the verb's transaction.

    Its address says from then on that the answer was taken off, and nothing of why.
    """
    if case.status not in SEALED or event.from_status in SEALED:
        return
    text = PublicText.objects.select_related("page").filter(case=case).first()
    page = getattr(text, "page", None)
    if text is None or page is None:
        return
    if text.state == PublicTextState.REQUESTED:
        PublicText.objects.filter(pk=text.pk).update(state=PublicTextState.DRAFT)
    with LogContext(user=event.by):
        _stop_workflow(page, event.by)
        _withdraw(page, case.number, event.by)


def reader_of(page: AnswerPageMixin, user: Any) -> Any:
    """Whose rights on the page count in the CMS: nobody's while its case is sealed.

    A live page is never that of a sealed case, so it costs no query.
    """
    if page.live or page.public_text_id is None:
        return user
    is_sealed = Case.objects.filter(public_text=page.public_text_id, status__in=SEALED).exists()
    return AnonymousUser() if is_sealed else user


def _stop_workflow(page: Any, by: Any) -> None:
    page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=by)


def _withdraw(page: Any, number: str, by: Any) -> None:
    """The tree of pages and the CMS's search know it by its number only; its revisions have the words."""
    page.title = page.draft_title = number
    page.question = page.answer = page.legal_bases = page.search_description = page.seo_title = ""
    if page.live:
        with translation.override(settings.LANGUAGE_CODE):
            page.unpublished_reason = _("The ministry is checking this answer.")
        # whoever locks a case needs no right on pages
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    else:
        page.save(clean=False)
