"""The doors of the CMS that do not end in a page's own methods: copies, deletions, bulk actions, plain saves.

An answer page is neither copied nor deleted: it is unpublished, and its address keeps the trace. The CMS asks
the hooks before it acts, so that the person reads a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.admin import messages
from wagtail.models import Page, get_page_models

from pakn_portal.cases.models import Case
from pakn_portal.pages.answers import checks
from pakn_portal.pages.answers.checks import PageOfAnswer
from pakn_portal.pages.answers.cms import readers
from pakn_portal.pages.answers.cms.wagtail_history import acting_user
from pakn_portal.pages.answers.page import AnswerPage, AnswerPageMixin
from pakn_portal.publication import gate
from pakn_portal.publication.gate import GateShut


def register_hooks() -> None:
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
    return _back(request, page, checks.not_copied())


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


_everything_goes: ContextVar[bool] = ContextVar("pakn_portal_everything_goes", default=False)


@contextmanager
def removing_everything() -> Iterator[None]:
    """Inside the block answers may be deleted: the whole section leaves the portal, its register too."""
    token = _everything_goes.set(True)
    try:
        yield
    finally:
        _everything_goes.reset(token)


def refuse_deletion(instance: PageOfAnswer, **kwargs: Any) -> None:
    """A published answer keeps its address for good: it is taken off the site, never deleted.

    Connected to `pre_delete`. Raises PermissionDenied, which the CMS shows.
    """
    if instance.public_text_id is not None and not _everything_goes.get():
        raise GateShut(_("The answer to a case is not deleted. Unpublish it, which leaves a trace."))


#: What the base class may write of what readers see.
_SEEN: Final = (
    *("title", "slug", "live", "seo_title", "search_description", "go_live_at", "expire_at"),
    "alias_of_id",
)


def check_plain_save(*, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save` of `Page`. Raises GateShut: nothing is released by this door, nor changed.

    `Page.save` is one transaction. It may hold the page already, so it does not wait for the case: a verb
    at work there is waiting for the page.
    """
    answer = None if raw else _answer_of(instance)
    if answer is None:
        return
    for name in _SEEN:
        setattr(answer, name, getattr(instance, name))
    if gate.underway(answer) is None:
        checks.lock_unsealed_case(answer, wait=False)
    if not answer.live:
        return
    if not type(answer)._default_manager.filter(pk=answer.pk, live=True).exists():
        raise GateShut(_("An answer goes live through its case."))
    checks.check_saved(answer)


def _answer_of(page: Page) -> Any:
    """The answer to a case that this row belongs to, as the database has it; None for every other page."""
    if page.pk is None or type(page) is not Page:
        return None
    model = page.specific_class
    if model is None or not issubclass(model, AnswerPageMixin):
        return None
    return model._default_manager.exclude(public_text=None).filter(pk=page.pk).first()


def leave_answers_out() -> None:
    """Called once by `receivers`. The CMS has no hook for what it walks through, and a refused answer would
    undo the whole tree; so its walk is handed each page with the children that may be copied.
    """
    walk = CopyPageForTranslationAction.walk

    @wraps(walk)
    def without_answers(action: Any, current_page: Any) -> None:
        walk(action, _Translated(current_page))

    CopyPageForTranslationAction.walk = without_answers


class _Translated:
    """Of a page what the walk asks for."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def get_children(self) -> Any:
        answers = [model for model in get_page_models() if issubclass(model, AnswerPageMixin)]
        return self._page.get_children().not_type(*answers)
