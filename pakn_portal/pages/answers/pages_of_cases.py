"""Which page of the site is whose answer."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.page import AnswerPage


def page_of_case(case: Case) -> AnswerPage | None:
    """The answer page of a case, live or not."""
    page: AnswerPage | None = AnswerPage.objects.filter(public_text__case=case).first()
    return page


def live_page_of(case_id: int | None) -> AnswerPage | None:
    """The answer page of the case with this key, while it is on the site."""
    if case_id is None:
        return None
    page: AnswerPage | None = AnswerPage.objects.live().filter(public_text__case=case_id).first()
    return page


def archive_page() -> Page:
    """The page under which answers live. Raises LookupError when `pakn_setup` has not run."""
    for model in AnswerPage.allowed_parent_page_models():
        page = model.objects.order_by("path").first()
        if page is not None:
            return page
    raise LookupError(_("There is no archive page yet. Run “manage.py pakn_setup”."))
