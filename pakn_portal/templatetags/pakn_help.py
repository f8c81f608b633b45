"""What stands at the foot of each screen of the staff."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse

from pakn_portal.staff.help.views import HELP, REPORT

register = template.Library()

#: Its name among what a person has dismissed.
TOUR: Final = "pakn-case-tour"


@register.simple_tag(takes_context=True)
def pakn_help_links(context: Context) -> dict[str, Any]:
    """`{% pakn_help_links as help %}`: `url` of the guides, `report_url` with the name of this screen.

    The name of the address, never what stands in it.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    query = urlencode({"screen": match.view_name}) if match else ""
    return {"url": reverse(HELP), "report_url": f"{reverse(REPORT)}?{query}"}


@register.simple_tag(takes_context=True)
def pakn_tour(context: Context) -> dict[str, Any]:
    """`{% pakn_tour as tour %}`: whether this person has seen the tour of the case page, kept where
    Wagtail keeps what was dismissed, and the addresses that it needs.
    """
    profile = getattr(context["request"].user, "wagtail_userprofile", None)
    return {
        "name": TOUR,
        "is_seen": bool(profile and profile.dismissibles.get(TOUR)),
        "remember_url": reverse("wagtailadmin_dismissibles"),
        "guides_url": reverse(HELP),
    }
