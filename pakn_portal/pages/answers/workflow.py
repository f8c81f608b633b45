"""The publication step of Wagtail's own workflow, with four eyes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from pakn_portal.answers.models import PublicText
from pakn_portal.flow.errors import MoveError
from pakn_portal.pages.answers import checks
from pakn_portal.pages.answers.actions import return_public_text
from pakn_portal.pages.answers.guards import four_eyes_problem
from pakn_portal.publication import gate
from pakn_portal.submissions.known import known_values
from pakn_portal.text import mask_all


class PublicationTask(AbstractGroupApprovalTask):
    """A publisher releases the answer; never its writer, its approver or who prepared the public text."""

    class Meta:
        verbose_name = _("publication of an answer")
        verbose_name_plural = _("publications of answers")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        text = self._text(obj)
        if text is not None and four_eyes_problem(text, user):
            return [action for action in actions if action[0] != "approve"]
        return actions

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """In the workflow screen as on the case page: a request for changes goes through the verb and its
        event.
        """
        page = task_state.workflow_state.content_object.specific
        if getattr(page, "public_text_id", None):
            checks.lock_unsealed_case(page)
        text = self._text(page)
        if action_name == "reject" and text is not None:
            try:
                return_public_text(text.case, by=user, note=kwargs.get("comment", ""))
            except MoveError as error:
                raise gate.GateShut(str(error)) from error
        else:
            if text is not None and kwargs.get("comment"):
                kwargs["comment"] = mask_all(kwargs["comment"], known_values(text.case.submission.sender))
            super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups release answers they did not write, approve or prepare."))

    @staticmethod
    def _text(page: Any) -> PublicText | None:
        # the workflow knows it as a plain Page, the editor as what it is
        text_id = getattr(getattr(page, "specific", page), "public_text_id", None)
        return (
            PublicText.objects.select_related("case__submission__sender").get(pk=text_id) if text_id else None
        )
