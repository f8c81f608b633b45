"""Verbs of publication: request, return, publish, unpublish, correct. All pass the gate of `publication`.

Each raises MoveError, or GateShut, with a sentence when it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext
from wagtail.models import Page, TaskState, WorkflowState

from pakn_portal import clock
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.finds import masked
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import Corrected, OnPage
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.flow.errors import Forbidden, NotAllowed
from pakn_portal.flow.moving import hold
from pakn_portal.pages.answers.guards import is_publisher
from pakn_portal.pages.answers.page import AnswerPage, Correction
from pakn_portal.pages.answers.prepared import answer_slug, drops_find, fill
from pakn_portal.pages.answers.texts import what_readers_see
from pakn_portal.pages.answers.wagtail_history import withhold_revisions
from pakn_portal.people.actor import Actor
from pakn_portal.publication.gate import GateShut
from pakn_portal.register.texts import forget_salts
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_all


def request_publication(case: Case, *, by: Actor) -> AnswerPage:
    """Send the public text to the publisher: a draft page in the archive, in Wagtail's workflow. Event:
    request_publication.

    Refused while a find of personal data is neither masked nor confirmed.
    """
    with _says_what_is_invalid(), moving(case, Verb.REQUEST_PUBLICATION, by=by) as move:
        text = move.subject.public_text
        text.state = PublicTextState.REQUESTED
        text.save(update_fields=["state"])
        page = _draft_page(move.subject, text, by)
        _into_workflow(page, by)
        move.payload = OnPage(page=page.pk, hash=text.content_hash)
    return page


def return_public_text(case: Case, *, by: Actor, note: str) -> None:
    """The publisher asks for changes. Event: return_public_text; who prepared the text is told."""
    with moving(case, Verb.RETURN_PUBLIC_TEXT, by=by, note=note) as move:
        text = move.subject.public_text
        text.state = PublicTextState.DRAFT
        text.save(update_fields=["state"])
        task_state = _task_state(page_of_case(case))
        if task_state is not None:
            task_state.reject(user=by, comment=_masked(note, case))


def publish_answer(case: Case, *, by: Actor) -> AnswerPage:
    """Release the answer through Wagtail's workflow. Event: publish; the sender is told. Four eyes: see
    `guards`.
    """
    with _says_what_is_invalid(), transaction.atomic():
        page = _page_for(case, Verb.PUBLISH, by)
        if page is None:
            raise NotAllowed(
                case, Verb.PUBLISH, _("Prepare the public text and send it to the publisher first.")
            )
        revision = page.get_latest_revision()
        with page.release_of(revision, by=by, case=case, row=page) as release:
            _publish(release.page, page.revision_of(release, revision), by)
    if not release.is_written:
        case.refresh_from_db()
    return release.page if release.is_written else page


def unpublish_answer(case: Case, *, by: Actor, note: str) -> None:
    """Take the answer off the site; its address says so, with the reason. Event: unpublish."""
    with transaction.atomic():
        page = _page_for(case, Verb.UNPUBLISH, by)
        if page is None or not page.live:
            raise NotAllowed(case, Verb.UNPUBLISH, _("The answer is not on the site."))
        page.unpublished_reason = reason = _masked(note, case)
        with page.withdrawal_by(by, reason=reason, case=case), LogContext(user=by):
            page.unpublish(user=by)
    case.refresh_from_db()


def correct_answer(case: Case, *, by: Actor, note: str, withhold: bool = False) -> None:
    """Replace the live text by the prepared one; a dated note and the earlier text stay visible. Event:
    correct.

    `withhold`: the earlier text did harm, so neither it nor any before it is shown or kept.
    Law 104/2016/QH13 art. 32: wrong public information is corrected within 5 working days.
    """
    with _says_what_is_invalid(), _shuts_gate(), moving(case, Verb.CORRECT, by=by, note=note) as move:
        text = move.subject.public_text
        text.state = PublicTextState.REQUESTED
        text.save(update_fields=["state"])
        page = AnswerPage.objects.get(public_text=text)
        Correction.objects.create(
            page=page,
            note=_masked(note, case),
            corrected_on=clock.today(),
            earlier_question="" if withhold else masked(text, "question", page.question),
            earlier_answer="" if withhold else masked(text, "answer", page.answer),
            is_withheld=withhold,
            corrected_by=by,
        )
        if withhold:
            _withhold_corrections(page)
        # read with its corrections, which the revision takes along
        page = AnswerPage.objects.get(pk=page.pk)
        if withhold and page.title != text.title:
            _forget_address(page, text)
        _forget_dropped(page, page.title, text)
        fill(page, text)
        revision = page.save_revision(user=by)
        with page.release_of(revision, by=by, case=move.subject):
            revision.publish(user=by, skip_permission_checks=True)
        if withhold:
            withhold_revisions(AnswerPage.objects.get(pk=page.pk))
            _withhold_salts(move.subject)
        move.payload = Corrected(page=page.pk, hash=text.content_hash, withheld=withhold or None)
        move.texts = what_readers_see(AnswerPage.objects.get(pk=page.pk))


@contextmanager
def _says_what_is_invalid() -> Iterator[None]:
    """Wagtail validates a page that it saves; inside a verb that is a refusal as any other."""
    try:
        yield
    except ValidationError as error:
        raise GateShut(" ".join(error.messages)) from error


@contextmanager
def _shuts_gate() -> Iterator[None]:
    """What forbids a correction keeps its words off the site, and is raised as by every other door to it."""
    try:
        yield
    except Forbidden as error:
        raise GateShut(str(error)) from error


def page_of_case(case: Case) -> AnswerPage | None:
    """The answer page of a case, live or not."""
    page: AnswerPage | None = AnswerPage.objects.filter(public_text__case=case).first()
    return page


def live_page_of(case_id: int | None) -> AnswerPage | None:
    """The answer page of the case with this key, while it is on the site."""
    if case_id is None:
        return None
    page: AnswerPage | None = AnswerPage.objects.live().filter(public_text__case=case_id).first()
    return page


def archive_page() -> Page:
    """The page under which answers live. Raises LookupError when `pakn_setup` has not run."""
    for model in AnswerPage.allowed_parent_page_models():
        page = model.objects.order_by("path").first()
        if page is not None:
            return page
    raise LookupError(_("There is no archive page yet. Run “manage.py pakn_setup”."))


def _draft_page(case: Case, text: PublicText, by: Actor) -> AnswerPage:
    page = page_of_case(case)
    if page is None:
        page = AnswerPage(live=False, owner=by, public_text=text)
        fill(page, text)
        parent = archive_page()
        # Two publications at once must not take the same place in the tree.
        Page.objects.select_for_update().get(pk=parent.pk)
        parent.refresh_from_db()
        parent.add_child(instance=page)
    else:
        _forget_dropped(page, _earlier_title(page), text)
        fill(page, text)
    page.save_revision(user=by, log_action=True)
    return page


def _publish(page: AnswerPage, revision: Any, by: Actor) -> None:
    """By the task that waits for it, where there is one."""
    # whoever asks for either is handed what is released
    revision.content_object, page.latest_revision = page, revision
    task_state = _waiting_task(page)
    if task_state is None:
        revision.publish(user=by, skip_permission_checks=True)
        return
    if task_state.revision_id != revision.pk:
        # what waits for the publisher is the prepared text, whoever saved the page's latest revision
        task_state.revision = revision
        task_state.save(update_fields=["revision"])
    # the workflow knows the answer as a plain page, and asks it for its latest revision in the end
    plain = page.page_ptr
    plain.specific, plain.latest_revision = page, revision
    task_state.revision, task_state.workflow_state.content_object = revision, plain
    # a site's longer workflow goes on to its next task, and its last one publishes
    task_state.specific.approve(user=by)


def _waiting_task(page: AnswerPage) -> TaskState | None:
    """With all that its approval asks of it."""
    if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
        return None
    states = page.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    state = states.select_related("current_task_state__task", "workflow").first()
    if state is None or state.current_task_state is None:
        return None
    state.current_task_state.workflow_state = state
    return state.current_task_state


def _forget_address(page: AnswerPage, text: PublicText) -> None:
    """The old one has words of the old title."""
    page.public_slug = answer_slug(text.title, str(text.pk))
    AnswerPage.objects.filter(pk=page.pk).update(public_slug=page.public_slug)


def _forget_dropped(page: AnswerPage, earlier: str, text: PublicText) -> None:
    """What was taken out of the title leaves the address too."""
    if page.public_slug and drops_find(page.public_slug, earlier, text):
        _forget_address(page, text)


def _earlier_title(page: AnswerPage) -> str:
    """Of an answer that is not on the site: its row has no words."""
    revision = page.get_latest_revision()
    return str(revision.content["title"]) if revision is not None else ""


def _into_workflow(page: AnswerPage, by: Actor) -> None:
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    elif state is None and (workflow := page.get_workflow()) is not None:
        workflow.start(page, by)


def _task_state(page: AnswerPage | None) -> TaskState | None:
    return page.current_workflow_task_state if page is not None else None


def _masked(note: str, case: Case) -> str:
    return mask_all(note, known_values(case.submission.sender))


def _page_for(case: Case, verb: Verb, by: Actor) -> AnswerPage | None:
    """The page of a case, whose row is ours from now on. Raises Conflict when the case was changed since it
    was read, NotAllowed for whoever is no publisher.
    """
    hold(case)
    pages = AnswerPage.objects.select_related("latest_revision")
    page: AnswerPage | None = pages.filter(public_text__case=case).first()
    if page is not None and not is_publisher(by, case):
        raise NotAllowed(case, verb)
    return page


def _withhold_corrections(page: Any) -> None:
    """Blank the earlier texts under the page, before its new text is saved with them."""
    page.corrections.model.objects.filter(page=page).update(
        is_withheld=True, earlier_question="", earlier_answer=""
    )


def _withhold_salts(case: Case) -> None:
    """Let nobody try what an earlier text said by the digests that the register has of it. Of the text that
    was prepared in its place the proof stays; the line that is being written proves the page.
    """
    lines = case.events.exclude(texts={}).order_by("sequence").values_list("hash", "texts")
    of_page = {line: names for line, told in lines if (names := _names_of("page.", told))}
    of_text = {line: names for line, told in lines if (names := _names_of("public_text.", told))}
    for told in (list(of_page.items()), list(of_text.items())[:-1]):
        for line, names in told:
            forget_salts([line], names)


def _names_of(prefix: str, told: dict[str, str]) -> list[str]:
    return [name for name in told if name.startswith(prefix)]
