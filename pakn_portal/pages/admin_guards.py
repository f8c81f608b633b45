"""An answer page is neither copied nor deleted: it is unpublished, and its address keeps the trace.

The CMS asks these hooks before it acts, so that the person reads a sentence. Registered in `wagtail_hooks`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from pakn_portal.cases.models import Case
from pakn_portal.pages import readers
from pakn_portal.pages.acting import acting_user
from pakn_portal.pages.answer import AnswerPage, AnswerPageMixin
from pakn_portal.publication import gate


def register() -> None:
    """Called once by `wagtail_hooks`."""
    hooks.register("before_copy_page", refuse_copy)
    hooks.register("before_delete_page", refuse_delete)
    hooks.register("before_convert_alias_page", refuse_copy)
    hooks.register("construct_explorer_page_queryset", readers.hide_in_lists)
    hooks.register("construct_page_chooser_queryset", readers.hide_in_choosers)
    hooks.register("before_bulk_action", lock_cases)
    hooks.register("before_bulk_action", refuse_bulk_delete)


def leave_trace(*, instance: Any, **kwargs: Any) -> None:
    """Receiver of `page_unpublished`: the CMS unpublishes in bulk without asking the page's own class."""
    if not isinstance(instance, AnswerPageMixin) or instance.live or instance.unpublished_on:
        return
    if gate.underway(instance) is not None:
        return
    with instance.withdrawal_by(acting_user()):
        pass


def refuse_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Also an alias, and a branch with answers in it: each would show an answer that passed no gate."""
    if not holds_answers([page]):
        return None
    return _back(request, page, gate.not_copied())


def refuse_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Also a branch with answers in it."""
    if not holds_answers([page]):
        return None
    return _back(request, page, _refused_deletion())


def lock_cases(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """One transaction for many pages: their cases are taken in one order, so that two of them do not meet."""
    pages = [item for item in objects if isinstance(item, Page)]
    if pages:
        answers = AnswerPage.objects.filter(beneath(pages))
        rows = Case.objects.select_for_update(of=("self",)).filter(public_text__page__in=answers)
        list(rows.order_by("pk").values_list("pk", flat=True))


def refuse_bulk_delete(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type != "delete" or not pages or not holds_answers(pages):
        return None
    messages.error(request, _refused_deletion())
    return redirect(action.next_url)


def holds_answers(pages: Iterable[Page]) -> bool:
    """Whether an answer is among these pages or beneath them. No query for another page without children.

    A copy that an earlier version made is none: it may go.
    """
    suspects = [page for page in pages if not page.is_leaf() or _may_be_answer(page)]
    return bool(suspects) and AnswerPage.objects.filter(beneath(suspects)).originals().exists()


def _may_be_answer(page: Page) -> bool:
    """A class that the code no longer has counts as one."""
    kind = page.specific_class
    return kind is None or issubclass(kind, AnswerPageMixin)


def beneath(pages: Iterable[Page]) -> Q:
    """These pages, and those beneath them."""
    branch = Q(pk__in=[])
    for page in pages:
        branch |= Q(path__startswith=page.path)
    return branch


def _refused_deletion() -> str:
    return _(
        "An answer is not deleted: readers may have its address. "
        "Unpublish it; its address then says when and why."
    )


def _back(request: HttpRequest, page: Page, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)
