"""The CMS moves a page by its base class, as scripts may: such a save asks no method of the answer's own."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.models import Page

from pakn_portal.pages.answer import AnswerPageMixin
from pakn_portal.publication import gate

#: What the base class may write of what readers see.
_SEEN: Final = (
    *("title", "slug", "live", "seo_title", "search_description", "go_live_at", "expire_at"),
    "alias_of_id",
)


def check(*, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save` of `Page`. Raises GateShut: nothing is released by this door, nor changed.

    `Page.save` is one transaction. It may hold the page already, so it does not wait for the case: a verb
    at work there is waiting for the page.
    """
    answer = None if raw else _answer(instance)
    if answer is None:
        return
    for name in _SEEN:
        setattr(answer, name, getattr(instance, name))
    if gate.underway(answer) is None:
        gate.hold_unsealed(answer, wait=False)
    if not answer.live:
        return
    if not type(answer)._default_manager.filter(pk=answer.pk, live=True).exists():
        raise gate.GateShut(_("An answer goes live through its case."))
    gate.check_saved(answer)


def _answer(page: Page) -> Any:
    """The answer to a case that this row belongs to, as the database has it; None for every other page."""
    if page.pk is None or type(page) is not Page:
        return None
    model = page.specific_class
    if model is None or not issubclass(model, AnswerPageMixin):
        return None
    return model._default_manager.exclude(public_text=None).filter(pk=page.pk).first()
