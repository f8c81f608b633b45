"""A form as a page of the portal."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from pakn_portal.pages.forms.view import serve_form
from pakn_portal.pages.section.page import IntroMixin
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.submissions.forms.senders import SENDERS_WITH_FORM


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
        verbose_name_plural = _("submission forms")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return serve_form(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """What a visitor sees who comes to it: the form, empty."""
        return serve_form(self, request)
