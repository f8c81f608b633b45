"""The public text goes to a publisher, and comes back."""

from __future__ import annotations

from wagtail.models import Page

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.answers.texts import words_of_public_text
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import OnPage
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.pages.answers.actions.refusals import says_what_is_invalid
from pakn_portal.pages.answers.cms.waiting_task import begin_or_resume, task_of
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.answers.pages_of_cases import archive_page, page_of_case
from pakn_portal.pages.answers.prepared import address_without, fill, masked_note
from pakn_portal.people.actor import Actor


def request_publication(case: Case, *, by: Actor) -> AnswerPage:
    """Send the public text to the publisher: a draft page in the archive, in Wagtail's workflow. Event:
    request_publication.

    Refused while a find of personal data is neither masked nor confirmed.
    """
    with says_what_is_invalid(), moving(case, Verb.REQUEST_PUBLICATION, by=by) as move:
        text = move.subject.public_text
        text.state = PublicTextState.REQUESTED
        text.save(update_fields=["state"])
        page = _draft_page(move.subject, text, by)
        begin_or_resume(page, by)
        move.payload, move.texts = OnPage(page=page.pk), words_of_public_text(text)
    return page


def return_public_text(case: Case, *, by: Actor, note: str) -> None:
    """The publisher asks for changes. Event: return_public_text; who prepared the text is told."""
    with moving(case, Verb.RETURN_PUBLIC_TEXT, by=by, note=note) as move:
        text = move.subject.public_text
        text.state = PublicTextState.DRAFT
        text.save(update_fields=["state"])
        task_state = task_of(page_of_case(case))
        if task_state is not None:
            task_state.reject(user=by, comment=masked_note(note, case))


def _draft_page(case: Case, text: PublicText, by: Actor) -> AnswerPage:
    page = page_of_case(case)
    if page is None:
        page = AnswerPage(live=False, owner=by, public_text=text)
        fill(page, text)
        parent = archive_page()
        # Two publications at once must not take the same place in the tree.
        held = Page.objects.select_for_update().get(pk=parent.pk)
        parent.path, parent.depth, parent.numchild = held.path, held.depth, held.numchild
        parent.add_child(instance=page)
    else:
        address = address_without(page, _earlier_title(page), text)
        if address != page.public_slug:
            AnswerPage.objects.filter(pk=page.pk).update(public_slug=address)
            page.public_slug = address
        fill(page, text)
    page.save_revision(user=by, log_action=True)
    return page


def _earlier_title(page: AnswerPage) -> str:
    """Of an answer that is not on the site: its row has no words."""
    revision = page.get_latest_revision()
    return str(revision.content["title"]) if revision is not None else ""
