"""The section's home, and the choice of form."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from pakn_portal.pages.context import SectionContextMixin
from pakn_portal.pages.links import url_of
from pakn_portal.pages.section.home import form_links, home_context
from pakn_portal.pages.section.personal_data import ROUTE, serve_notice


class IntroMixin(SectionContextMixin, models.Model):
    """An introduction that editors write."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    class Meta:
        abstract = True


class SectionPageMixin(IntroMixin):
    """For a portal that has its own class of section home."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **home_context(self, request)}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Also the notice on personal data, which is no page of its own."""
        if path_components == [ROUTE] and self.live:  # type: ignore[attr-defined]
            return RouteResult(self, kwargs={"is_notice": True})
        found: RouteResult = super().route(request, path_components)  # type: ignore[misc]
        return found

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs.pop("is_notice", False):
            return serve_notice(self, request)
        page: HttpResponseBase = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        return page


class SectionPage(SectionPageMixin, Page):
    """Home of the section, `/pakn/`."""

    template = "pakn_portal/section_page.html"
    subpage_types = [
        "pakn_portal.FormIndexPage",
        "pakn_portal.TrackingPage",
        "pakn_portal.ArchivePage",
    ]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("section home")
        verbose_name_plural = _("section homes")


class FormIndexPage(IntroMixin, Page):
    """What do you want? The three ways, and the forms beneath; `/pakn/gui/`."""

    template = "pakn_portal/form_index_page.html"
    parent_page_types = ["pakn_portal.SectionPage"]
    subpage_types = ["pakn_portal.SubmissionPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("choice of form")
        verbose_name_plural = _("choices of form")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "forms": form_links(self, request),
            "archive_url": url_of("ArchivePage", request, beside=self),
            "tracking_url": url_of("TrackingPage", request, beside=self),
        }
