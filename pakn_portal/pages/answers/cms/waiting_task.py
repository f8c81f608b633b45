"""The task of Wagtail's workflow that an answer waits in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import TaskState, WorkflowState

from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.actor import Actor


def begin_or_resume(page: AnswerPage, by: Actor) -> None:
    """Ask the publishers, for the first time or once more."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    elif state is None and (workflow := page.get_workflow()) is not None:
        workflow.start(page, by)


def task_of(page: AnswerPage | None) -> TaskState | None:
    return page.current_workflow_task_state if page is not None else None


def publish_by_task(page: AnswerPage, revision: Any, by: Actor) -> None:
    """By the task that waits for it, where there is one. `page` is what is released."""
    hand_over(page, revision)
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
    # its rows were just read and are held, so none of them is looked for again
    task_state.workflow_state.full_clean = lambda *args, **kwargs: None
    # a site's longer workflow goes on to its next task, and its last one publishes
    task_state.specific.approve(user=by)


def hand_over(page: AnswerPage, revision: Any) -> None:
    """Whoever asks for either is handed what is released."""
    revision.content_object, page.latest_revision = page, revision


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
