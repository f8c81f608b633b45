"""Who is at work in the CMS: told by the context of its log, where it tells a page's methods nothing."""

from __future__ import annotations

from wagtail.log_actions import get_active_log_context

from pakn_portal.people.actor import Actor


def acting_user() -> Actor:
    """None outside of the CMS: a script acts for those who run the server."""
    user = get_active_log_context().user
    return user if user is not None and user.is_authenticated else None
