"""Whom the CMS shows an answer that is not on the site: who may see its case, nobody while that is sealed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.checks import PageOfAnswer
from pakn_portal.publication.gate import underway

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet


def is_for(page: PageOfAnswer, user: Any) -> bool:
    """Whether somebody's rights on the page count in the CMS. A live page costs no query, and whoever
    releases it has shown that they may."""
    if page.live or page.public_text_id is None or underway(page):
        return True
    return bool(_shown_to(user).filter(public_text=page.public_text_id).exists())


class NoRights(PagePermissionTester):
    """The rights of somebody who may not know of the page: none, whatever the CMS asks."""

    def __init__(self, page: Any) -> None:
        super().__init__(AnonymousUser(), page)
        self.permissions: frozenset[str] = frozenset()

    def user_has_lock(self) -> bool:
        return False

    def page_locked(self) -> bool:
        return True


def _no(tester: NoRights, *args: Any, **kwargs: Any) -> bool:
    return False


# also what a later Wagtail asks: some of its answers need no right
for _name in dir(PagePermissionTester):
    if _name.startswith("can_"):
        setattr(NoRights, _name, _no)


def hide(pages: PageQuerySet, user: Any) -> PageQuerySet:
    """Without the answers that this person may not know of; no query but for the person's roles."""
    unknown = Q(page__live=False) & ~Q(case__in=_shown_to(user))
    texts = PublicText.objects.filter(unknown | Q(case__status__in=SEALED), page__isnull=False)
    return pages.exclude(pk__in=texts.values("page"))


def hide_everywhere() -> None:
    """Called once by `receivers`. Reports, exports, logs and searches of the CMS have no hook of their own:
    all of them ask its one policy which pages there are for a person.
    """
    for name in ("explorable_instances", "instances_user_has_any_permission_for"):
        setattr(PagePermissionPolicy, name, _hiding(getattr(PagePermissionPolicy, name)))


def _hiding(ask: Callable[..., PageQuerySet]) -> Callable[..., PageQuerySet]:
    @wraps(ask)
    def without_unknown(policy: Any, user: Any, *args: Any, **kwargs: Any) -> PageQuerySet:
        return hide(ask(policy, user, *args, **kwargs), user)

    return without_unknown


def hide_in_lists(parent_page: Any, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Hook of the explorer."""
    return hide(pages, request.user)


def hide_in_choosers(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Hook of the page choosers, and of their search."""
    return hide(pages, request.user)


def _shown_to(user: Any) -> Any:
    return Case.objects.visible_to(user).exclude(status__in=SEALED)
