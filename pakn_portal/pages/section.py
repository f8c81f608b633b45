"""The section's home, the choice of form, the forms and the tracking page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from pakn_portal.pages.context import SectionContextMixin
from pakn_portal.snippets.enums import SenderKind


class IntroMixin(SectionContextMixin, models.Model):
    """An introduction that editors write."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"])

    class Meta:
        abstract = True


class SectionPageMixin(IntroMixin):
    class Meta:
        abstract = True


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


class SubmissionPage(IntroMixin, Page):
    """A form for one kind of sender."""

    template = "pakn_portal/submission_page.html"
    parent_page_types = ["pakn_portal.FormIndexPage"]
    subpage_types: list[str] = []
    sender_kind = models.CharField(_("sender"), max_length=20, choices=SenderKind, default=SenderKind.CITIZEN)
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("sender_kind")]

    class Meta:
        verbose_name = _("submission form")


class TrackingPage(IntroMixin, Page):
    """Case number and secret open the case, `/pakn/tra-cuu/`."""

    template = "pakn_portal/tracking_page.html"
    parent_page_types = ["pakn_portal.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("tracking page")
