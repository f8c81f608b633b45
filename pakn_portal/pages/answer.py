"""A published answer as a page of the portal, and the gate it passes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.log_actions import get_active_log_context
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from pakn_portal import clock
from pakn_portal.cases.enums import Outcome
from pakn_portal.conf import unit_model_name
from pakn_portal.flow.errors import MoveError
from pakn_portal.pages import off_site, prepared, readers, releases
from pakn_portal.pages.answer_view import AnswerViewMixin
from pakn_portal.pages.querysets import AnswerPageManager
from pakn_portal.people.actor import Actor
from pakn_portal.publication import gate
from pakn_portal.publication.wording import Wording
from pakn_portal.snippets.enums import Kind, SenderKind

if TYPE_CHECKING:
    from wagtail.models import Page as _PageModel  # what the mixin is always mixed into
else:
    _PageModel = models.Model


@contextmanager
def _as_refusal() -> Iterator[None]:
    """The CMS shows PermissionDenied as a refusal; a verb's sentence goes with it."""
    try:
        yield
    except MoveError as error:
        raise gate.GateShut(str(error)) from error


def _touches_content(update_fields: Any) -> bool:
    return update_fields is None or not {"live", "title", "question", "answer"}.isdisjoint(update_fields)


def _whoever_acts() -> Any:
    """The user at work in the CMS, None outside of it."""
    user = get_active_log_context().user
    return user if user is not None and user.is_authenticated else None


class AnswerPageMixin(AnswerViewMixin, _PageModel):
    """Fields and gate of a published answer: an edited copy without personal data, never the submission
    itself.
    """

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

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Through the gate; page, case event, mail and index rows stand or fall together. Raises GateShut."""
        with transaction.atomic():
            gate.lock_case(self)
            revision = self._prepared(revision, user)
            gate.check_gate(revision.as_object(), by=user)
            with gate.let_through(self):
                result = super().publish(revision, user, *args, **kwargs)
            with _as_refusal():
                self._record_release(user)
        return result

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """The case's row first, as in every door. Raises GateShut while the case is sealed."""
        with transaction.atomic():
            gate.check_unsealed(self)
            revision = super().save_revision(*args, **kwargs)
            if off_site.is_off_site(self):
                revision.object_str = off_site.title()
                # not `save`, which makes it the latest once more
                self.revisions.filter(pk=revision.pk).update(object_str=revision.object_str)
            return revision

    def _prepared(self, revision: Any, by: Actor) -> Any:
        """The revision, or one of ours where it would show readers anything but what was prepared."""
        text = prepared.text_of(self)
        page = revision.as_object()
        gate.check_place(page)
        if text is None:
            return revision
        self._fill_beside(page, text)
        if prepared.is_as_stored(page, revision.content):
            return revision
        return page.save_revision(user=by, clean=False)

    def _fill_beside(self, page: AnswerPageMixin, text: Any) -> None:
        """What a released text has beside it stays; a new one comes with what the case has now."""
        if self.live and gate.page_hash(page) == text.released_hash:
            prepared.copy_beside(page, self)
        else:
            prepared.fill_beside(page, text)

    def wording(self) -> Wording:
        """As it is now. The number at the end of the address is ours."""
        beside = (self.legal_bases, self.seo_title, self.search_description)
        address = self.slug.removesuffix(f"-{self.public_text_id}")
        return Wording(self.title, self.question, self.answer, address, beside)

    def clean(self) -> None:
        super().clean()
        if problems := list(gate.problems_beside(self)):
            raise ValidationError(problems)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision has words; whose they are, and what was corrected, stands in the database alone."""
        page = super().with_content_json(content)
        page.public_text_id, page.source_id = self.public_text_id, self.source_id
        page.public_slug = self.public_slug
        if hasattr(page, "corrections"):
            page.corrections = list(page.corrections.model.objects.filter(page=self.pk))
        return page

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Every door of the CMS ends here: what is live passed the gate, and what goes off leaves a trace.

        Raises GateShut. Events: publish, when somebody at work in the CMS saves it as live, as its editor
        and its API do; unpublish, when a live page is saved as not live.
        """
        with transaction.atomic():
            gate.check_unsealed(self)
            before = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
            if before is None:
                gate.check_new(self)
            was_live = before is not None and before.live
            fields = kwargs.get("update_fields")
            # an instance that was read before others published knows nothing of it
            live = self.live if fields is None or "live" in fields else was_live
            is_release = self.live and _touches_content(fields) and self._check(before)
            if fields is not None and was_live and self.public_text_id is not None:
                self.draft_title = before.title  # type: ignore[union-attr]
            with self._dressed(fields, live=live):
                result = super().save(*args, **kwargs)
            with _as_refusal():
                if is_release:
                    self._record_release(_whoever_acts())
                elif was_live and not live:
                    releases.record_withdrawal(self, by=_whoever_acts())
        return result

    def _check(self, before: AnswerPageMixin | None) -> bool:
        """Whether this save is a release of its own; the gate was passed in any case."""
        if gate.is_let_through(self):
            return False
        by = _whoever_acts()
        was_live = before is not None and before.live
        text = prepared.text_of(self)
        if by is not None or (text is not None and not was_live):
            if text is not None and before is not None:
                before._fill_beside(self, text)
            gate.check_gate(self, by=by)
            return True
        gate.check_saved(self)
        if text is not None and before is not None and prepared.differs_beside(self, before):
            raise gate.GateShut(
                _now("What readers see of an answer is changed in its case, by a correction.")
            )
        return False

    @contextmanager
    def _dressed(self, update_fields: Any, *, live: bool) -> Iterator[None]:
        """Inside, the page is as its row is to be: with its words on the site, and else without them."""
        if self.public_text_id is None:
            yield
        elif live:
            if update_fields is None:
                self.draft_title, self.public_slug = self.title, self.slug
                off_site.readdress(self, self.slug)
            yield
        else:
            off_site.readdress(self, off_site.slug_of(self))
            with off_site.without_words(self):
                yield

    def _record_release(self, by: Actor) -> None:
        """As the database has the page now."""
        releases.record_release(type(self)._default_manager.get(pk=self.pk), by=by)

    def permissions_for_user(self, user: Any) -> Any:
        """In the CMS an answer that is not on the site is for those who may see its case."""
        return super().permissions_for_user(readers.reader_of(self, user))

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
        return super().serve(request, *args, **kwargs)


class AnswerPage(AnswerPageMixin, Page):
    """Made by `pages.actions.request_publication` or an import, never by hand."""

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
        return self.title


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
