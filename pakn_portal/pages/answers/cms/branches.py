"""Above the answers: who hides the page they stand beneath hides every one of them.

An answer itself leaves the site by *Unpublish* only, and the archive is taken off by publishers only. A page
further up belongs to the portal: whoever may, hides it, and the publishers are told.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from pakn_portal import permissions, signals
from pakn_portal.pages.answers.cms.wagtail_history import acting_user
from pakn_portal.pages.answers.page import AnswerPage, AnswerPageMixin
from pakn_portal.publication.gate import GateShut


def check_privacy(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save` of a page's privacy. Raises GateShut."""
    page = None if raw else instance.page.specific
    if isinstance(page, AnswerPageMixin):
        raise GateShut(
            _("An answer is not hidden behind a password or a login. Unpublish it, which leaves a trace.")
        )
    if page is not None and is_archive(page):
        _check_publisher()


def tell_privacy(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `post_save` of a page's privacy."""
    if not raw:
        _tell(instance.page)


def check_unpublishing(*, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save` of the archive, also when it is saved as a plain page. Raises GateShut."""
    if raw or instance.live or instance.pk is None or not is_archive(instance):
        return
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        _check_publisher()


def tell_unpublishing(*, instance: Page, **kwargs: Any) -> None:
    """Receiver of `page_unpublished`."""
    if not isinstance(instance, AnswerPageMixin):
        _tell(instance)


def check_move(*, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Receiver of `pre_page_move`. Raises GateShut."""
    if _is_hidden_by(parent_page_after, instance) and is_archive(instance):
        _check_publisher()


def tell_move(*, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Receiver of `post_page_move`."""
    if PageViewRestriction.objects.filter(page__in=parent_page_after.get_ancestors(inclusive=True)).exists():
        _tell(instance)


def _is_hidden_by(parent: Page, page: Page) -> bool:
    """Whether the page would be private there and is not here."""
    there = set(PageViewRestriction.objects.filter(page__in=parent.get_ancestors(inclusive=True)))
    return bool(there - set(page.get_view_restrictions()))


def is_archive(page: Page) -> bool:
    """Whether answers stand directly beneath pages of this class."""
    return page.specific_class in AnswerPage.allowed_parent_page_models()


def _tell(page: Page) -> None:
    if AnswerPage.objects.live().descendant_of(page).exists():
        signals.answers_hidden.send(sender=page.specific_class, page=page, by=acting_user())


def _check_publisher() -> None:
    by = acting_user()
    if by is not None and not by.has_perm(permissions.PUBLISH):
        raise GateShut(_("The archive of answers is hidden by a publisher only."))
