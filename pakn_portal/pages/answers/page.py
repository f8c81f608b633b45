"""A published answer as a page of the portal, and the gate it passes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page
from wagtail.url_routing import RouteResult

from pakn_portal import clock
from pakn_portal.answers.finds import FIELDS
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Outcome
from pakn_portal.cases.models import Case
from pakn_portal.conf import unit_model_name
from pakn_portal.pages.answers import checks, off_site, prepared, readers
from pakn_portal.pages.answers.querysets import AnswerPageManager
from pakn_portal.pages.answers.sources import CaseSource, ImportSource
from pakn_portal.pages.answers.texts import what_readers_see
from pakn_portal.pages.answers.view import AnswerViewMixin
from pakn_portal.pages.answers.wagtail_history import (
    acting_user,
    forget_copies,
    forget_titles,
    log_published,
    name_off_site,
    readdress,
)
from pakn_portal.people.actor import Actor
from pakn_portal.publication import gate
from pakn_portal.publication.release import Release, releasing
from pakn_portal.publication.withdrawal import withdrawing
from pakn_portal.publication.wording import Source, Wording
from pakn_portal.snippets.enums import Kind, SenderKind

if TYPE_CHECKING:
    from wagtail.models import Page as _PageModel  # what the mixin is always mixed into
else:
    _PageModel = models.Model


def _touches_content(update_fields: Any) -> bool:
    return update_fields is None or not {"live", "title", "question", "answer"}.isdisjoint(update_fields)


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

    #: The row over which this instance is released; it is read once.
    _released_over: AnswerPageMixin | None = None

    class Meta:
        abstract = True

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Through the gate; page, case event, mail and index rows stand or fall together. Raises GateShut."""
        if gate.underway(self) is not None:
            # a verb is around it, which asked for the right to publish this case
            kwargs["skip_permission_checks"] = True
        with self.release_of(revision, by=user) as release:
            revision = self.revision_of(release, revision)
            result = super().publish(revision, user, *args, **{**kwargs, "log_action": False})
            if kwargs.get("log_action", True):
                log_published(release.page, revision, user, changed=kwargs.get("changed", True))
            return result

    @contextmanager
    def release_of(
        self, revision: Any, *, by: Actor, case: Case | None = None, row: Any = None
    ) -> Iterator[Release[Any]]:
        """Inside, this revision may be published, and whatever is asked for it is asked once.

        `case`: the page's own, where its row is held already. `row`: this page, where it was read since then;
        a text that waits for its publisher goes out as it was prepared, whatever the revision says. Raises
        GateShut.
        """
        with transaction.atomic():
            current = gate.underway(self)
            if isinstance(current, Release):
                yield current
                return
            source = self._source(case)
            page = self._as_of(revision.content, source, row)
            with releasing(page, source=source, by=by) as release:
                yield release

    @contextmanager
    def withdrawal_by(self, by: Actor, *, reason: str = "", case: Case | None = None) -> Iterator[None]:
        """Inside, this page leaves the site, with a trace. Raises GateShut."""
        with transaction.atomic(), withdrawing(self, source=self._source(case), by=by, reason=reason):
            yield

    def _source(self, case: Case | None = None) -> Source:
        """Whatever decides about the page; the row of its case is held from now on."""
        if case is None:
            case = checks.lock_unsealed_case(self)
        return ImportSource() if case is None else CaseSource(case)

    def _as_of(self, content: dict[str, Any], source: Source, row: Any) -> AnswerPageMixin:
        """The row as it is now, with the words of a revision, and what a release has beside them."""
        as_prepared, row = row is not None, row or type(self)._default_manager.get(pk=self.pk)
        page: AnswerPageMixin
        if not isinstance(source, CaseSource):
            page = row.with_content_json(content)
            page._released_over = row
            return page
        page = copy(row)
        page._released_over = row
        if as_prepared and source.text.is_with_publisher:
            prepared.fill(page, source.text)
            return page
        page.title, page.question, page.answer = (content[name] for name in FIELDS)
        page.draft_title = page.title
        # the CMS never schedules an answer, and a revision that would is refused
        for name in prepared.SCHEDULE:
            setattr(page, name, self._meta.get_field(name).to_python(content.get(name)))
        row._fill_beside(page, source.text)
        return page

    def revision_of(self, release: Release[Any], revision: Any) -> Any:
        """The revision, or one of ours where it would show readers anything but what was prepared."""
        if isinstance(release.source, ImportSource) or prepared.is_as_stored(release.page, revision.content):
            return revision
        return release.page.save_revision(user=release.by, clean=False)

    def _fill_beside(self, page: AnswerPageMixin, text: PublicText) -> None:
        """What a released text has beside it stays; a new one comes with what the case has now."""
        if self.live and page.wording().hash == text.released_hash:
            prepared.copy_beside(page, self)
        else:
            prepared.fill_beside(page, text)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """The case's row first, as in every door. Raises GateShut while the case is sealed."""
        with transaction.atomic():
            if gate.underway(self) is None:
                checks.lock_unsealed_case(self)
            revision = super().save_revision(*args, **kwargs)
            if off_site.is_off_site(self):
                name_off_site(self, revision)
            return revision

    def wording(self) -> Wording:
        """As it is now. The number at the end of the address is ours."""
        beside = (self.legal_bases, self.seo_title, self.search_description)
        number = str(self.public_text_id)
        is_titles = self.slug == prepared.answer_slug(self.title, number)
        address = self.slug.removesuffix(f"-{number}")
        return Wording(self.title, (self.question, self.answer), address, beside, is_titles)

    def what_readers_see(self) -> dict[str, str]:
        before = self._released_over
        return what_readers_see(self, is_new=before is not None and before.first_published_at is None)

    def leave_trace(self) -> None:
        self.unpublished_on = clock.today()
        type(self)._default_manager.filter(pk=self.pk).update(unpublished_on=self.unpublished_on)

    def forget_earlier(self) -> None:
        forget_titles(self, off_site.title())
        forget_copies(self)

    def clean(self) -> None:
        super().clean()
        if gate.underway(self) is None and (problems := list(checks.problems_beside(self))):
            raise ValidationError(problems)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """What is released was made of rows that were just read: only its words and its address are asked."""
        if self._released_over is None:
            super().full_clean(*args, **kwargs)
            return
        self.clean_fields(exclude={each.name for each in self._meta.concrete_fields if each.remote_field})
        if self.get_siblings().exclude(pk=self.pk).filter(slug=self.slug).exists():
            raise gate.GateShut(_now("Another page stands at the address of this answer."))

    def is_site_root(self) -> bool:
        """No site begins at an answer."""
        return False

    def update_aliases(self, **kwargs: Any) -> None:
        """An answer has none."""

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision has words; whose they are, and what was corrected, stands in the database alone."""
        current = gate.underway(self)
        if isinstance(current, Release) and prepared.has_words_of(current.page, content):
            return current.page
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
        fields = kwargs.get("update_fields")
        with transaction.atomic(), self._door(fields) as live, self._dressed(fields, live=live):
            return super().save(*args, **kwargs)

    @contextmanager
    def _door(self, fields: Any) -> Iterator[bool]:
        """Whether the page is live once it is saved. Inside, it may be saved so."""
        current = gate.underway(self)
        case = checks.lock_unsealed_case(self) if current is None else None
        before = self._row(current)
        was_live = before is not None and before.live
        # an instance that was read before others published knows nothing of it
        live = self.live if fields is None or "live" in fields else was_live
        goes_out = self.live and _touches_content(fields)
        if fields is not None and was_live and self.public_text_id is not None:
            self.draft_title = before.title  # type: ignore[union-attr]
        with ExitStack() as stack:
            if current is None:
                if before is None:
                    checks.check_new(self)
                if goes_out:
                    current = self._own_release(stack, case, before)
                elif was_live and not live:
                    out = self.withdrawal_by(acting_user(), reason=self.unpublished_reason, case=case)
                    stack.enter_context(out)
            if goes_out and isinstance(current, Release):
                current.begin()
                self._back_on_site(before, is_whole=fields is None)
            yield live

    def _row(self, current: gate.Underway | None) -> AnswerPageMixin | None:
        """As the database has it. Nobody else writes it while it is released, so that is read once."""
        if self.pk is None:
            return None
        if isinstance(current, Release) and current.page is self and self._released_over is not None:
            row: AnswerPageMixin | None = self._released_over
        else:
            row = type(self)._default_manager.filter(pk=self.pk).first()
        return row

    def _own_release(
        self, stack: ExitStack, case: Case | None, before: AnswerPageMixin | None
    ) -> Release[Any] | None:
        """The release that this save is, by whoever is at work in the CMS or puts it on the site; None where
        it only writes once more what was released.
        """
        by, was_live = acting_user(), before is not None and before.live
        if by is None and (case is None or was_live):
            checks.check_saved(self)
            if case is not None and before is not None and prepared.differs_beside(self, before):
                raise gate.GateShut(
                    _now("What readers see of an answer is changed in its case, by a correction.")
                )
            return None
        source = self._source(case)
        if isinstance(source, CaseSource) and before is not None:
            before._fill_beside(self, source.text)
        return stack.enter_context(releasing(self, source=source, by=by))

    def _back_on_site(self, before: AnswerPageMixin | None, *, is_whole: bool) -> None:
        """It has no trace of having been off any more. `is_whole`: every field is about to be saved."""
        if before is not None and before.unpublished_on and self.public_text_id is not None:
            self.unpublished_on, self.unpublished_reason = None, ""
            if not is_whole:
                rows = type(self)._default_manager.filter(pk=self.pk)
                rows.update(unpublished_on=None, unpublished_reason="")

    @contextmanager
    def _dressed(self, update_fields: Any, *, live: bool) -> Iterator[None]:
        """Inside, the page is as its row is to be: with its words on the site, and else without them."""
        if self.public_text_id is None:
            yield
        elif live:
            if update_fields is None:
                self.draft_title, self.public_slug = self.title, self.slug
                readdress(self, self.slug, self._released_over)
            yield
        else:
            readdress(self, off_site.slug_of(self))
            with off_site.without_words(self):
                yield

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
