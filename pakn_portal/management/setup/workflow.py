"""The publication workflow of the archive, and the page permissions of publishers beneath it."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import pgettext_lazy
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from pakn_portal.conf import VIETNAMESE
from pakn_portal.languages import speaking
from pakn_portal.management.setup.roles import role_group
from pakn_portal.management.setup.tally import Progress, Tally, silent
from pakn_portal.pages.answers.workflow import PublicationTask
from pakn_portal.search.page.models import ArchivePage

WORKFLOW_NAME = pgettext_lazy("starter", "Publication of answers")
TASK_NAME = pgettext_lazy("starter", "Editing for publication")
#: Approval in the workflow publishes in the approver's name, who therefore needs both.
PAGE_RIGHTS = ("change_page", "publish_page")


@transaction.atomic
def make_workflow(within: Page, *, language: str = VIETNAMESE, progress: Progress = silent) -> Tally:
    """Put a workflow with one PublicationTask on each archive beneath `within`, and
    give publishers their permissions.

    An archive that has a workflow of its own keeps it. A new one gets its name in this language.
    """
    tally = Tally()
    archives = list(ArchivePage.objects.descendant_of(within))
    publishers = role_group("publisher")
    for done, archive in enumerate(archives, start=1):
        with speaking(language):
            _attach_workflow(archive, publishers, tally)
        _grant_page_rights(archive, publishers, tally)
        progress(done, len(archives))
    return tally


def _attach_workflow(archive: Page, publishers: Group, tally: Tally) -> None:
    present = WorkflowPage.objects.filter(page=archive).select_related("workflow").first()
    tally.count(present is None)
    if present is None:
        WorkflowPage.objects.create(page=archive, workflow=_workflow(publishers))
    elif not _has_publication_task(present.workflow):
        tally.notes.append(
            f"The workflow “{present.workflow.name}” of “{archive.title}” has no publication task, so nobody "
            "checks there that writer, approver and publisher differ."
        )


def _workflow(publishers: Group) -> Workflow:
    task_ids = PublicationTask.objects.filter(active=True).values_list("pk", flat=True)
    link = (
        WorkflowTask.objects.filter(task_id__in=list(task_ids), workflow__active=True).order_by("pk").first()
    )
    if link is not None:
        return link.workflow
    task = PublicationTask.objects.create(name=str(TASK_NAME))
    task.groups.add(publishers)
    workflow = Workflow.objects.create(name=str(WORKFLOW_NAME))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def _has_publication_task(workflow: Workflow) -> bool:
    return any(isinstance(task.specific, PublicationTask) for task in workflow.tasks)


def _grant_page_rights(archive: Page, publishers: Group, tally: Tally) -> None:
    for codename in PAGE_RIGHTS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        _right, is_new = GroupPagePermission.objects.get_or_create(
            group=publishers, page=Page.objects.get(pk=archive.pk), permission=permission
        )
        tally.count(is_new)
