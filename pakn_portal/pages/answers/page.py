"""A published answer as a page of the portal, and the gate it passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from pakn_portal import clock
from pakn_portal.cases.enums import Outcome
from pakn_portal.conf import unit_model_name
from pakn_portal.pages.answers.cms import off_site, readers
from pakn_portal.pages.answers.querysets import AnswerPageManager
from pakn_portal.pages.answers.releasing import ReleasedPageMixin
from pakn_portal.pages.answers.saving import saving
from pakn_portal.pages.answers.view import AnswerViewMixin
from pakn_portal.snippets.enums import Kind, SenderKind

if TYPE_CHECKING:
    from wagtail.models import Page as _PageModel  # what the mixin is always mixed into
else:
    _PageModel = models.Model


class AnswerPageMixin(AnswerViewMixin, ReleasedPageMixin, _PageModel):
    """Fields and gate of a published answer: an edited copy without personal data, never the submission
    itself.
    """

    #: See `error_reports.titles`.
    keeps_title_from_logs = True

    public_text = models.OneToOneField(
        "pakn_portal.PublicText",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="page",
        editable=False,
    )
    #: Identifier of an imported answer in its source; imported answers have no case.
    source_id = models.CharField(max_length=120, blank=True, db_index=True, editable=False)
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"))
    content_hash = models.CharField(max_length=64, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.QUESTION)
    sender_kind = models.CharField(_("sender"), max_length=20, choices=SenderKind, blank=True)
    sector = models.ForeignKey(
        "pakn_portal.Sector",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sector"),
    )
    unit = models.ForeignKey(
        unit_model_name(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    legal_bases = models.TextField(_("legal bases"), blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    #: The address it has on the site, or had: it says for good that the answer was taken off.
    public_slug = models.SlugField(max_length=255, blank=True, editable=False, allow_unicode=True)
    #: The visible trace of an answer that was taken off the site.
    unpublished_on = models.DateField(null=True, blank=True, editable=False)
    unpublished_reason = models.TextField(blank=True, editable=False)

    class Meta:
        abstract = True

    def is_site_root(self) -> bool:
        """No site begins at an answer."""
        return False

    def update_aliases(self, **kwargs: Any) -> None:
        """An answer has none."""

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Every door of the CMS ends here; see `saving`. Raises GateShut."""
        with transaction.atomic(), saving(self, kwargs.get("update_fields")):
            return super().save(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> Any:
        """In the CMS an answer that is not on the site is for those who may see its case."""
        if readers.is_for(self, user):
            return super().permissions_for_user(user)
        return readers.NoRights(self)

    def get_admin_display_title(self) -> str:
        """Also what the log of the CMS is told."""
        return off_site.title() if off_site.is_off_site(self) else super().get_admin_display_title()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not self.live and self.unpublished_on and not path_components:
            return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.live and self.unpublished_on:
            return self.serve_trace(request)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response


class AnswerPage(AnswerPageMixin, Page):
    """Made by `request_publication` or an import, never by hand."""

    template = "pakn_portal/answer_page.html"
    parent_page_types = ["pakn_portal.ArchivePage"]
    subpage_types: list[str] = []
    is_creatable = False
    exclude_fields_in_copy = ["public_text", "source_id"]
    content_panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("question", read_only=True),
        FieldPanel("answer", read_only=True),
        FieldPanel("sector", read_only=True),
        FieldPanel("unit", read_only=True),
        FieldPanel("legal_bases", read_only=True),
    ]
    # words for search engines would be words that nobody released
    promote_panels: list[Any] = []
    # no schedule, and no comments: those are stored in the page's revisions
    settings_panels: list[Any] = []
    objects = AnswerPageManager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return str(self.title)


class Correction(Orderable):
    """A dated note under a corrected answer; the earlier text stays readable, unless it did harm."""

    page = ParentalKey(AnswerPage, on_delete=models.CASCADE, related_name="corrections")
    corrected_on = models.DateField(_("corrected on"), default=clock.today)
    note = models.TextField(_("what was corrected"))
    earlier_question = models.TextField(blank=True)
    earlier_answer = models.TextField(blank=True)
    #: The earlier text held what must not be public; it is kept nowhere.
    is_withheld = models.BooleanField(default=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
