"""How many answers the CMS takes off at once, whichever of its doors is used."""

from __future__ import annotations

from collections.abc import Collection
from functools import wraps
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from pakn_portal.pages.answers.cms.doors import beneath
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.publication.gate import GateShut

#: Answers in one request: each is a verb of its own, and their cases stay locked until the last is done.
MOST_AT_ONCE: Final = 100


def live_answers(pages: Collection[Page], *, and_beneath: bool) -> QuerySet[AnswerPage]:
    chosen = beneath(pages) if and_beneath else Q(pk__in=[page.pk for page in pages])
    found: QuerySet[AnswerPage] = AnswerPage.objects.filter(chosen, live=True)
    return found


def too_many(pages: Collection[Page], *, and_beneath: bool) -> str:
    """Why not, or nothing."""
    count = live_answers(pages, and_beneath=and_beneath).count()
    if count <= MOST_AT_ONCE:
        return ""
    told = _(
        "These are %(count)s answers; at most %(most)s are taken off at once. Choose fewer, or do without "
        "the pages beneath."
    )
    return told % {"count": count, "most": MOST_AT_ONCE}


def limit_what_lies_beneath() -> None:
    """Called once by `receivers`. The screens of the CMS ask a hook, and tell why on the form; its API has
    none and would walk through the whole tree. Raises GateShut, before the first page leaves.
    """
    check = UnpublishPageAction.check

    @wraps(check)
    def limited(action: Any, *args: Any, **kwargs: Any) -> None:
        check(action, *args, **kwargs)
        if action.include_descendants and (problem := too_many([action.object], and_beneath=True)):
            raise GateShut(problem)

    UnpublishPageAction.check = limited
