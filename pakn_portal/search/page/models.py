"""The archive page. It stands with the search it shows, because an import only looks up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from pakn_portal.conf import portal_settings
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.pages.links import url_of
from pakn_portal.pages.section.page import IntroMixin
from pakn_portal.search.page.legal_text import legal_text_context
from pakn_portal.search.page.listing import archive_context
from pakn_portal.text import read_case_number

__all__ = ["ArchivePage"]


class ArchivePage(RoutablePageMixin, IntroMixin, Page):
    """Search box, facets and results, `/pakn/hoi-dap/`; answers beneath it, articles of law as routes."""

    template = "pakn_portal/archive_page.html"
    parent_page_types = ["pakn_portal.SectionPage"]
    subpage_types = ["pakn_portal.AnswerPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("archive of answers")
        verbose_name_plural = _("archives of answers")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answers also at the address of an answer that was taken off: its page has a neutral slug now."""
        try:
            return super().route(request, path_components)
        except Http404:
            if len(path_components) != 1:
                raise
            gone = AnswerPage.objects.child_of(self).filter(live=False, public_slug=path_components[0])
            page = gone.exclude(unpublished_on=None).first()
            if page is None:
                raise
            return RouteResult(page)

    @path("")
    def search(self, request: HttpRequest) -> HttpResponse:
        context = archive_context(request, self.get_url(request))
        form_url = url_of("FormIndexPage", request, beside=self)
        context |= {"pakn_form_url": form_url, **self._case_looked_for(context["query"], request)}
        page: HttpResponse = self.render(request, context_overrides=context)
        return page

    def _case_looked_for(self, query: str, request: HttpRequest) -> dict[str, str]:
        """The address of the tracking page where a case number was typed, whether or not the case exists."""
        number = read_case_number(query, portal_settings.CASE_NUMBER_FORMAT)
        if not number:
            return {}
        return {"case_number": number, "tracking_url": url_of("TrackingPage", request, beside=self)}

    @path("van-ban/<slug:slug>/", name="legal_text")
    def legal_text(self, request: HttpRequest, slug: str) -> HttpResponse:
        text = get_object_or_404(LegalText.objects.select_related("sector"), slug=slug)
        page: HttpResponse = self.render(
            request,
            template="pakn_portal/legal_text.html",
            context_overrides=legal_text_context(self, text, request),
        )
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "archive_url": self.get_url(request)}
