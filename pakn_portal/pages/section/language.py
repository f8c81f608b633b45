"""The section's pages speak the section's language, also in a portal whose own is another.

A language that the visitor chose, by an address or a switch of the portal, is kept. The portal's own part of
the page, and every address, stay in the visitor's: only what `pakn_portal/base.html` fills in is spoken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from pakn_portal.conf import base_language, portal_settings
from pakn_portal.languages import speaking
from pakn_portal.pages.context import SectionContextMixin

Serve = Callable[..., HttpResponseBase]


def in_own_language(serve: Serve) -> Serve:
    """For Wagtail's `on_serve_page`. The template is rendered later, in the language of its context."""

    def serve_page(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        language = other_language() if isinstance(page, SectionContextMixin) else ""
        if not language:
            return serve(page, request, args, kwargs)
        with speaking(language):
            response = serve(page, request, args, kwargs)
        response.headers.setdefault("Content-Language", language)
        return response

    return serve_page


def other_language() -> str:
    """The section's language where the visitor did not choose and the portal's own is another, else empty."""
    wanted, active = portal_settings.LANGUAGE, translation.get_language() or settings.LANGUAGE_CODE
    spoken = base_language(active)
    if not wanted or spoken == base_language(wanted) or spoken != base_language(settings.LANGUAGE_CODE):
        return ""
    return str(wanted)
