"""The section's home, the choice of form, the forms and the tracking page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from pakn_portal.pages.context import SectionContextMixin
from pakn_portal.pages.home import form_links, home_context
from pakn_portal.pages.links import url_of
from pakn_portal.pages.views.submit import serve_form
from pakn_portal.pages.views.track import serve_tracking
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.submissions.forms import SENDERS_WITH_FORM


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


class FormIndexPage(IntroMixin, Page):
    """What do you want? The three ways, and the forms beneath; `/pakn/gui/`."""

    template = "pakn_portal/form_index_page.html"
    parent_page_types = ["pakn_portal.SectionPage"]
    subpage_types = ["pakn_portal.SubmissionPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("choice of form")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "forms": form_links(self, request),
            "archive_url": url_of("ArchivePage", request, beside=self),
            "tracking_url": url_of("TrackingPage", request, beside=self),
        }


class SubmissionPage(IntroMixin, Page):
    """A form for one kind of sender."""

    #: A POST that is refused before it is looked at is shown again by the page itself (`views/csrf.py`).
    keeps_words = True

    template = "pakn_portal/submission_page.html"
    parent_page_types = ["pakn_portal.FormIndexPage"]
    subpage_types: list[str] = []
    sender_kind = models.CharField(
        _("sender"),
        max_length=20,
        choices=SENDERS_WITH_FORM,
        default=SenderKind.CITIZEN,
        help_text=_("Voters and deputies have no form: what they send comes by letter."),
    )
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("sender_kind")]

    class Meta:
        verbose_name = _("submission form")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return serve_form(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """What a visitor sees who comes to it: the form, empty."""
        return serve_form(self, request)


class TrackingPage(IntroMixin, Page):
    """Case number and secret open the case, `/pakn/tra-cuu/`."""

    keeps_words = True

    template = "pakn_portal/tracking_page.html"
    parent_page_types = ["pakn_portal.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("tracking page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return serve_tracking(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return serve_tracking(self, request)
