"""The answer goes to readers, and leaves them."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.flow.moving import lock_row
from pakn_portal.pages.answers.actions.refusals import (
    chosen_copies,
    page_for_publisher,
    says_what_is_invalid,
)
from pakn_portal.pages.answers.cms.waiting_task import publish_by_task
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.answers.prepared import masked_note
from pakn_portal.pages.answers.sources import CaseSource
from pakn_portal.people.actor import Actor
from pakn_portal.text import mask_all


def publish_answer(case: Case, *, by: Actor, files: Collection[str] = ()) -> AnswerPage:
    """Release the answer through Wagtail's workflow. Event: publish; the sender is told. Four eyes: see
    `guards`. `files`: keys of the answer's files of which a copy is to stand beside it.
    """
    copies = chosen_copies(case, Verb.PUBLISH, files)
    with says_what_is_invalid(), transaction.atomic():
        lock_row(case)
        page = page_for_publisher(case, Verb.PUBLISH, by)
        if page is None:
            raise NotAllowed(
                case, Verb.PUBLISH, _("Prepare the public text and send it to the publisher first.")
            )
        revision = page.get_latest_revision()
        with page.release_of(revision, by=by, source=CaseSource(case, files=copies), row=page) as release:
            publish_by_task(release.page, page.revision_of(release, revision), by)
    if not release.is_written:
        case.refresh_from_db()
    return release.page if release.is_written else page


def unpublish_answer(case: Case, *, by: Actor, note: str) -> None:
    """Take the answer off the site; its address says so, with the reason. Event: unpublish."""
    with transaction.atomic():
        lock_row(case)
        page = page_for_publisher(case, Verb.UNPUBLISH, by)
        if page is None or not page.live:
            raise NotAllowed(case, Verb.UNPUBLISH, _("The answer is not on the site."))
        page.unpublished_reason = reason = masked_note(note, case)
        with page.withdrawal_by(by, reason=reason, source=CaseSource(case)), LogContext(user=by):
            page.unpublish(user=by)
    case.refresh_from_db()


def unpublish_imported(answer: AnswerPage, *, by: Actor, note: str) -> None:
    """Take an answer that has no case here off the site; its address says so, with the reason."""
    with transaction.atomic(), LogContext(user=by):
        answer.unpublished_reason = mask_all(note)
        answer.unpublish(user=by)
