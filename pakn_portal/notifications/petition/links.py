"""Addresses of a petition: its case for staff, its answer for everybody."""

from __future__ import annotations

from django.urls import NoReverseMatch

from pakn_portal.cases.models import Case
from pakn_portal.notifications.links import admin_root, in_admin
from pakn_portal.pages.models import AnswerPage


def answer_link(page_id: int | None) -> str:
    """The published answer; empty when it has left the site since."""
    page = AnswerPage.objects.live().filter(pk=page_id).first() if page_id else None
    return (page.full_url or "") if page is not None else ""


def case_link(case: Case) -> str:
    """The case in the admin, for staff."""
    try:
        return in_admin("pakn_cases_modeladmin_inspect", case.pk)
    except NoReverseMatch:
        # a portal may keep the staff side on another host, with addresses of its own
        return admin_root()
