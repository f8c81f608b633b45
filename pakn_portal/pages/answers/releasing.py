"""How an answer's page goes live and leaves the site: by one release or one withdrawal, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.finds import FIELDS
from pakn_portal.answers.models import PublicText
from pakn_portal.pages.answers import checks, prepared
from pakn_portal.pages.answers.cms import off_site
from pakn_portal.pages.answers.cms.wagtail_history import (
    forget_copies,
    forget_titles,
    log_published,
    name_off_site,
)
from pakn_portal.pages.answers.sources import CaseSource, ImportSource
from pakn_portal.pages.answers.texts import what_readers_see
from pakn_portal.people.actor import Actor
from pakn_portal.publication import gate
from pakn_portal.publication.release import Release, releasing
from pakn_portal.publication.withdrawal import withdrawing
from pakn_portal.publication.wording import ReleaseSource, Wording

if TYPE_CHECKING:
    from wagtail.models import Page as _Page  # what the mixin is always mixed into
else:
    _Page = object


class ReleasedPageMixin(_Page):
    """What publication asks of a page, and what the CMS does with its revisions, within the gate."""

    public_text_id: Any
    source_id: Any
    content_hash: Any
    question: Any
    answer: Any
    legal_bases: Any
    public_slug: Any
    unpublished_on: Any

    #: The row over which this instance is released; it is read once.
    released_over: Any = None

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
        self, revision: Any, *, by: Actor, source: ReleaseSource | None = None, row: Any = None
    ) -> Iterator[Release[Any]]:
        """Inside, this revision may be published, and whatever is asked for it is asked once.

        `source`: what decides about it, where its row is held already. `row`: this page, where it was read
        since then; a text that waits for its publisher goes out as it was prepared, whatever the revision
        says. Raises GateShut.
        """
        with transaction.atomic():
            current = gate.underway(self)
            if isinstance(current, Release):
                yield current
                return
            source = source or source_behind(self)
            page = self._as_of(revision.content, source, row)
            with releasing(page, source=source, by=by) as release:
                yield release

    @contextmanager
    def withdrawal_by(
        self, by: Actor, *, reason: str = "", source: ReleaseSource | None = None
    ) -> Iterator[None]:
        """Inside, this page leaves the site, with a trace. Raises GateShut."""
        with (
            transaction.atomic(),
            withdrawing(self, source=source or source_behind(self), by=by, reason=reason),
        ):
            yield

    def _as_of(self, content: dict[str, Any], source: ReleaseSource, row: Any) -> Any:
        """The row as it is now, with the words of a revision, and what a release has beside them."""
        as_prepared, row = row is not None, row or type(self)._default_manager.get(pk=self.pk)
        if not isinstance(source, CaseSource):
            page = row.with_content_json(content)
            page.released_over = row
            return page
        page = copy(row)
        page.released_over = row
        if as_prepared and source.is_sent:
            prepared.fill(page, source.text)
            return page
        page.title, page.question, page.answer = (content[name] for name in FIELDS)
        page.draft_title = page.title
        # the CMS never schedules an answer, and a revision that would is refused
        for name in prepared.SCHEDULE:
            setattr(page, name, self._meta.get_field(name).to_python(content.get(name)))
        row.fill_beside(page, source.text)
        return page

    def revision_of(self, release: Release[Any], revision: Any) -> Any:
        """The revision, or one of ours where it would show readers anything but what was prepared."""
        if isinstance(release.source, ImportSource) or prepared.is_as_stored(release.page, revision.content):
            return revision
        return release.page.save_revision(user=release.by, clean=False)

    def fill_beside(self, page: Any, text: PublicText) -> None:
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
        before = self.released_over
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
        if self.released_over is None:
            super().full_clean(*args, **kwargs)
            return
        self.clean_fields(exclude={each.name for each in self._meta.concrete_fields if each.remote_field})
        if self.get_siblings().exclude(pk=self.pk).filter(slug=self.slug).exists():
            raise gate.GateShut(_("Another page stands at the address of this answer."))

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


def source_behind(page: checks.PageOfAnswer) -> CaseSource | ImportSource:
    """Whatever decides about the page; the row of its case is held from now on. Raises GateShut."""
    case = checks.lock_unsealed_case(page)
    return ImportSource() if case is None else CaseSource(case)
