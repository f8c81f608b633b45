"""The tracking page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from pakn_portal.pages.section.page import IntroMixin
from pakn_portal.pages.tracking.view import serve_tracking


class TrackingPage(IntroMixin, Page):
    """Case number and secret open the case, `/pakn/tra-cuu/`."""

    keeps_words = True

    template = "pakn_portal/tracking_page.html"
    parent_page_types = ["pakn_portal.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("tracking page")
        verbose_name_plural = _("tracking pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return serve_tracking(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return serve_tracking(self, request)
