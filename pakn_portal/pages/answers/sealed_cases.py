"""When a case is sealed, its answer leaves the site, and the CMS shows its words to nobody.

The words stay in the case, where only who reads sealed cases finds them: the page's row, its revisions and
its log lose them. A publisher may send them to the site again once the case is unlocked.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.moves import moving
from pakn_portal.languages import speaking
from pakn_portal.pages.answers.cms.wagtail_history import KEPT, forget_words, stop_workflow
from pakn_portal.pages.answers.page import Correction
from pakn_portal.pages.answers.sources import CaseSource
from pakn_portal.publication import gate
from pakn_portal.publication.withdrawal import Withdrawal, withdrawing

#: What the tree of pages calls an answer that is not on the site, see `off_site`.
TOLD_OFF_SITE: Final = frozenset({"title", "draft_title", "url_path"})
logger = logging.getLogger(__name__)


def take_off(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Receiver of `event_recorded`: page, index row and workflow follow in the verb's transaction.

    Its address says from then on that the answer was taken off, and nothing of why.
    """
    if case.status not in SEALED or event.from_status in SEALED:
        return
    _take_off(case)


def wipe_page(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Receiver of `event_recorded`: of a confirmed state secret the page has not even its old address, nor
    what was once said of it.
    """
    text = PublicText.objects.filter(case=case).first() if event.verb == Verb.CONFIRM_SECRET else None
    if text is None or not hasattr(text, "page"):
        return
    forget_words(text.page)
    pages = type(text.page)._default_manager.filter(pk=text.page.pk)
    pages.update(**_nothing_typed(text.page), unpublished_on=None)
    Correction.objects.filter(page=text.page).delete()


def _nothing_typed(page: Any) -> dict[str, Any]:
    """Each column that the CMS does not need, as empty as can be: also those of a site's own page, but for
    one that needs a number or a row.
    """
    fields = [each for each in page._meta.concrete_fields if each.name not in KEPT | TOLD_OFF_SITE]
    empty = {each.name: None if each.null else each.get_default() for each in fields}
    return {each.name: empty[each.name] for each in fields if each.null or empty[each.name] is not None}


def take_down_sealed() -> int:
    """Take off the site what is live though its case is sealed; returns how many pages that were.

    No door of the app leaves such a page, so this mends what was written behind them: by SQL, by another
    app, by a restored table. Event: note. It may run again and again, and in two workers at once.
    """
    live = Case.objects.filter(status__in=SEALED, public_text__page__live=True)
    return sum(_take_down(pk) for pk in list(live.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _take_down(pk: int) -> bool:
    case = Case.objects.select_for_update().get(pk=pk)
    text = PublicText.objects.select_related("page").get(case=case)
    if case.status not in SEALED or not text.page.live:
        return False
    _take_off(case)
    with speaking():
        note = _("The answer was on the site though the case is sealed. It was taken off.")
    with moving(case, Verb.NOTE, by=None, note=note):
        pass
    logger.error("Page %s was live though its case is sealed; it was taken off.", text.page.pk)
    return True


def _take_off(case: Case) -> None:
    """In the transaction that holds the case's row."""
    text = PublicText.objects.select_related("page").filter(case=case).first()
    if text is None or not hasattr(text, "page"):
        return
    # as it is now, and nobody writes it meanwhile, not even who asks no class of ours
    page = type(text.page)._default_manager.select_for_update().get(pk=text.page.pk)
    if text.is_with_publisher:
        PublicText.objects.filter(pk=text.pk).update(state=PublicTextState.DRAFT)
    stop_workflow(page)
    if page.live:
        _withdraw(page, case)
    else:
        page.unpublished_reason = ""
        with gate.entered(Withdrawal(page, None, CaseSource(case))):
            page.save(clean=False)
    forget_words(page)


def _withdraw(page: Any, case: Case) -> None:
    """Without a line in the log of the CMS: the case's register has it."""
    with speaking():
        page.unpublished_reason = _("The ministry is checking this answer.")
    with withdrawing(page, source=CaseSource(case), by=None):
        # whoever locks a case needs no right on pages
        UnpublishPageAction(page, log_action=False).execute(skip_permission_checks=True)
