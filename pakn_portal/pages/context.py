"""What every page of the section gives its template: the portal's base, the way back, and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.languages import addressing

if TYPE_CHECKING:
    from wagtail.models import Page


class SectionContextMixin:
    """Put before `Page` among the bases; templates then extend `pakn_portal/base.html`."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, **section_context(self, request)}

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """All of Wagtail's addresses of a page are made of these."""
        with addressing():
            return super().get_url_parts(request)  # type: ignore[misc]


def section_context(page: Page, request: HttpRequest) -> dict[str, Any]:
    """One query, whatever the depth."""
    return {
        "pakn_base_template": portal_settings.BASE_TEMPLATE,
        "pakn_ministry": portal_settings.MINISTRY_NAME,
        "pakn_breadcrumb": breadcrumb(page, request),
        "pakn_today": clock.today(),
        "pakn_language": get_language() or settings.LANGUAGE_CODE,
    }


def breadcrumb(page: Page, request: HttpRequest) -> list[tuple[str, str]]:
    """Title and address of each page above this one, the portal's home first."""
    above = page.get_ancestors().filter(depth__gt=1).live().only("title", "path", "url_path", "locale")
    with addressing():  # pages of the portal's own kinds are among them
        return [(ancestor.title, url) for ancestor in above if (url := ancestor.get_url(request))]
