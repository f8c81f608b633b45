"""The CMS tells of its workflows by mail, at once and in the middle of our transaction.

For answers the outbox tells instead: a mail server that is slow or away holds up nobody (F6, F7), and nobody
is told twice. All other pages of the portal keep the CMS's mails.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from pakn_portal.pages.answers.page import AnswerPageMixin

#: Signal, sender, the id under which the CMS connects, and what it connects.
_TELLING: Final = (
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        mail.GroupApprovalTaskStateSubmissionEmailNotifier,
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        mail.WorkflowStateSubmissionEmailNotifier,
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        mail.WorkflowStateRejectionEmailNotifier,
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        mail.WorkflowStateApprovalEmailNotifier,
    ),
)


def connect() -> None:
    """Take the place of the CMS's receivers, whichever of us is started first."""
    for signal, sender, uid, notifier in _TELLING:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(_except_answers(notifier()), sender=sender, dispatch_uid=uid, weak=False)


def _except_answers(notifier: Any) -> Callable[..., None]:
    def tell(instance: Any, **kwargs: Any) -> None:
        if not _is_answer(instance):
            notifier(instance, **kwargs)

    return tell


def _is_answer(instance: Any) -> bool:
    content = getattr(instance, "workflow_state", instance).content_object
    return isinstance(getattr(content, "specific", content), AnswerPageMixin)
