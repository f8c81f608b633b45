"""Wagtail's own panels of pages on the admin's first page, without answers to cases.

Until an answer is on the site, its page has a title that tells nothing, the same for all; with their numbers
they stand on the publishers' board and in the list of cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page

from pakn_portal.pages.models import AnswerPage


class ToReviewPanel(WorkflowObjectsToModeratePanel):
    """What waits for this person."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        states = [state for state in context["states"] if not _is_answer(state["obj"])]
        return {**context, "states": states}


class HandedInPanel(UserObjectsInWorkflowModerationPanel):
    """What this person handed in."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        states = [state for state in context["workflow_states"] if not _is_answer(state.content_object)]
        return {**context, "workflow_states": states}


class EditedPanel(RecentEditsPanel):
    """What this person edited last; an answer on the site has a title of its own."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        edits = [(at, page) for at, page in context["last_edits"] if page.live or not _is_answer(page)]
        return {**context, "last_edits": edits}


def _is_answer(thing: Any) -> bool:
    """The CMS hands over bare pages, which know their kind without a query."""
    kind = thing.specific_class if isinstance(thing, Page) else None
    return kind is not None and issubclass(kind, AnswerPage)


_OURS: Any = {
    WorkflowObjectsToModeratePanel: ToReviewPanel,
    UserObjectsInWorkflowModerationPanel: HandedInPanel,
    RecentEditsPanel: EditedPanel,
}


def without_answers(panels: list[Any]) -> list[Any]:
    """Panels of a portal that has put its own in their place stay."""
    return [_OURS[type(panel)]() if type(panel) in _OURS else panel for panel in panels]
