"""The section's pages speak the section's language, also in a portal whose own is another.

A language that the visitor chose, by an address or a switch of the portal, is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import translation

from pakn_portal.conf import base_language, portal_settings
from pakn_portal.pages.context import SectionContextMixin

Serve = Callable[..., HttpResponseBase]


def in_own_language(serve: Serve) -> Serve:
    """For Wagtail's `on_serve_page`."""

    def serve_page(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        language = other_language() if isinstance(page, SectionContextMixin) else ""
        if not language:
            return serve(page, request, args, kwargs)
        with translation.override(language):
            response = serve(page, request, args, kwargs)
        response.headers.setdefault("Content-Language", language)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            response.template_name = _Spoken(response, language)
        return response

    return serve_page


def other_language() -> str:
    """The section's language where the visitor did not choose and the portal's own is another, else empty."""
    wanted, active = portal_settings.LANGUAGE, translation.get_language() or settings.LANGUAGE_CODE
    spoken = base_language(active)
    if not wanted or spoken == base_language(wanted) or spoken != base_language(settings.LANGUAGE_CODE):
        return ""
    return str(wanted)


class _Spoken:
    """Stands for the template of a response, which is rendered after the page was served."""

    def __init__(self, response: TemplateResponse, language: str) -> None:
        self._response, self._names, self._language = response, response.template_name, language

    def render(self, context: Any = None, request: HttpRequest | None = None) -> str:
        with translation.override(self._language):
            template = self._response.resolve_template(self._names)
            return str(template.render(context, request))
