from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from wagtail.models import Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages of the main navigation, with `is_here` for the branch one is in."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    pages = Page.objects.child_of(site.root_page).live().in_menu()
    pages = pages.only("title", "search_description", "url_path", "locale")
    return [
        {"page": page, "url": url, "is_here": request.path.startswith(url)}
        for page in pages
        if (url := page.get_url(request))
    ]


@register.simple_tag
def shows_outbox() -> bool:
    return bool(settings.DEBUG)
