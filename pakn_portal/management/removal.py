"""Removes the section from a portal without leaving anything in the portal's own tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import CommandError
from django.db import transaction
from wagtail.models import Page, Task, Workflow

from pakn_portal import permissions
from pakn_portal.management.setup.tally import Progress, silent
from pakn_portal.pages.answers.cms.doors import removing_everything

LABEL = "pakn_portal"


class NotRemovable(Exception):
    """The removal would also delete something that belongs to the portal; the message names it."""


@transaction.atomic
def remove_from_portal(progress: Progress = silent) -> dict[str, int]:
    """Delete the section's pages with their revisions and redirects, its workflow and its groups.

    Answers are deleted without a log entry, and no event is written: the register is dropped with the tables
    anyway. Raises NotRemovable if pages of the portal stand beneath the section. Returns counts by kind.
    """
    if strangers := list(_pages_of_others()):
        raise NotRemovable(
            "These pages of the portal stand beneath the section; move them away first: "
            + ", ".join(f"“{page.title}” ({page.pk})" for page in strangers[:20])
        )
    roots = list(_topmost())
    gone = {"pages": sum(page.get_descendant_count() + 1 for page in roots)}
    with removing_everything():
        for done, page in enumerate(roots, start=1):
            page.specific.delete()
            progress(done, len(roots))
    gone["workflows and tasks"] = _remove_workflows()
    gone["groups"] = _remove_groups()
    return gone


def pages_left() -> int:
    """The number of pages of the section; works while tables are being dropped."""
    number: int = Page.objects.filter(content_type__app_label=LABEL).count()
    return number


def refuse_half_a_removal(plan: Any = (), **kwargs: Any) -> None:
    """Receiver of `pre_migrate`: a page of the section without its tables would break the portal's admin.

    Raises CommandError before the first table is dropped.
    """
    is_end = any(
        backwards and (step.app_label, step.name) == (LABEL, "0001_initial") for step, backwards in plan
    )
    if is_end and (number := pages_left()):
        raise CommandError(
            f"{number} pages of the section still stand in the page tree and would break the portal without "
            "their tables. Run “manage.py pakn_remove” instead; its --help tells the rest."
        )


def _ours() -> Any:
    return Page.objects.filter(content_type__app_label=LABEL).order_by("path")


def _topmost() -> Iterator[Page]:
    last = None
    for page in _ours():
        if last is None or not page.is_descendant_of(last):
            last = page
            yield page


def _pages_of_others() -> Iterator[Page]:
    for root in _topmost():
        yield from root.get_descendants().exclude(content_type__app_label=LABEL)


def _remove_workflows() -> int:
    """Delete our tasks, and the workflows that have only our tasks."""
    tasks = Task.objects.filter(content_type__app_label=LABEL)
    workflows = [
        workflow
        for workflow in Workflow.objects.filter(workflow_tasks__task__in=tasks).distinct()
        if not workflow.workflow_tasks.exclude(task__in=tasks).exists()
    ]
    number: int = len(workflows) + tasks.count()
    for row in (*workflows, *(task.specific for task in tasks)):
        row.delete()
    return number


def _remove_groups() -> int:
    groups = Group.objects.filter(name__in=permissions.all_role_names())
    number = groups.count()
    groups.delete()
    return number
