"""Absolute addresses for mails: from the site's root in the CMS, never from a request's Host header (H62)."""

from __future__ import annotations

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from pakn_portal.cases.models import Case
from pakn_portal.languages import addressing
from pakn_portal.pages.models import AnswerPage


def answer_link(page_id: int | None) -> str:
    """The published answer; empty when it has left the site since."""
    page = AnswerPage.objects.live().filter(pk=page_id).first() if page_id else None
    return (page.full_url or "") if page is not None else ""


def case_link(case: Case) -> str:
    """The case in the admin, for staff."""
    try:
        return _in_admin("pakn_cases_modeladmin_inspect", case.pk)
    except NoReverseMatch:
        # a portal may keep the staff side on another host, with addresses of its own
        return _admin_root()


def worklist_link() -> str:
    """The admin's home with the deadlines panel."""
    return _in_admin("wagtailadmin_home")


def history_link() -> str:
    """The CMS's log of everything done in it."""
    return _in_admin("wagtailadmin_reports:site_history")


def _in_admin(name: str, *args: int) -> str:
    """Raises NoReverseMatch."""
    with addressing():
        return _admin_root() + reverse(name, args=args)


def _admin_root() -> str:
    return str(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).rstrip("/")
