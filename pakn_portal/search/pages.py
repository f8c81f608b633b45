"""The archive page. It stands with the search it shows, because an import only looks left."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from pakn_portal.pages.section import IntroMixin


class ArchivePage(RoutablePageMixin, IntroMixin, Page):
    """Search box, facets and results, `/pakn/hoi-dap/`; answers beneath it."""

    template = "pakn_portal/archive_page.html"
    parent_page_types = ["pakn_portal.SectionPage"]
    subpage_types = ["pakn_portal.AnswerPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("archive of answers")
