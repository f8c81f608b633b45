"""Absolute addresses for mails: from the site's settings, never from a request's Host header (H62)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from pakn_portal.languages import addressing


def worklist_link() -> str:
    """The admin's home with the deadlines panel."""
    return in_admin("wagtailadmin_home")


def history_link() -> str:
    """The CMS's log of everything done in it."""
    return in_admin("wagtailadmin_reports:site_history")


def in_admin(name: str, *args: int) -> str:
    """Raises NoReverseMatch."""
    with addressing():
        return admin_root() + reverse(name, args=args)


def admin_root() -> str:
    return str(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).rstrip("/")
