"""One save of an answer's page: every door of the CMS ends in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pakn_portal.pages.answers import checks, prepared
from pakn_portal.pages.answers.cms import off_site
from pakn_portal.pages.answers.cms.wagtail_history import acting_user, readdress
from pakn_portal.pages.answers.sources import CaseSource, ImportSource
from pakn_portal.publication import gate
from pakn_portal.publication.release import Release, releasing


@contextmanager
def saving(page: Any, fields: Any) -> Iterator[None]:
    """Inside, the page may be saved: what is live passed the gate, and what goes off leaves a trace.

    `fields`: those that are saved, None for all. In a transaction. Raises GateShut. Events: publish, when
    somebody at work in the CMS saves it as live, as its editor and its API do; unpublish, when a live page is
    saved as not live.
    """
    one = _Save.begun(page, fields)
    with one.within_gate(), one.dressed():
        yield


@dataclass
class _Save:
    page: Any
    fields: Any
    #: The release or withdrawal that it is part of; None where it begins one, or only writes.
    current: gate.Underway | None
    #: What decides about the page, where nothing is underway.
    source: CaseSource | ImportSource | None
    #: The page as the database has it.
    before: Any

    @classmethod
    def begun(cls, page: Any, fields: Any) -> _Save:
        """The row of the case is held, and then the page is read."""
        current = gate.underway(page)
        case = checks.lock_unsealed_case(page) if current is None else None
        source = ImportSource() if case is None else CaseSource(case)
        return cls(page, fields, current, source if current is None else None, _row(page, current))

    @property
    def was_live(self) -> bool:
        return self.before is not None and self.before.live

    @property
    def is_live(self) -> bool:
        """Once it is saved: an instance that was read before others published knows nothing of it."""
        saves_it = self.fields is None or "live" in self.fields
        return bool(self.page.live) if saves_it else self.was_live

    @property
    def goes_out(self) -> bool:
        """Whether readers see what is saved."""
        seen = {"live", "title", "question", "answer"}
        return bool(self.page.live) and (self.fields is None or not seen.isdisjoint(self.fields))

    @contextmanager
    def within_gate(self) -> Iterator[None]:
        page, goes_out = self.page, self.goes_out
        if self.fields is not None and self.was_live and page.public_text_id is not None:
            page.draft_title = self.before.title
        with ExitStack() as stack:
            release = self.current if isinstance(self.current, Release) else None
            if self.source is not None:
                if self.before is None:
                    checks.check_new(page)
                if goes_out:
                    release = self._own_release(stack, self.source)
                elif self.was_live and not self.is_live:
                    reason = page.unpublished_reason
                    off = page.withdrawal_by(acting_user(), reason=reason, source=self.source)
                    stack.enter_context(off)
            if goes_out and release is not None:
                release.begin()
            if goes_out:
                self._back_on_site()
            yield

    def _own_release(self, stack: ExitStack, source: CaseSource | ImportSource) -> Release[Any] | None:
        """The release that this save is, by whoever is at work in the CMS or puts it on the site; None where
        it only writes once more what was released.
        """
        page, by, is_of_case = self.page, acting_user(), isinstance(source, CaseSource)
        if by is None and (not is_of_case or self.was_live):
            checks.check_saved(page)
            if is_of_case and prepared.differs_beside(page, self.before):
                raise gate.GateShut(
                    _("What readers see of an answer is changed in its case, by a correction.")
                )
            return None
        if isinstance(source, CaseSource) and self.before is not None:
            self.before.fill_beside(page, source.text)
        return stack.enter_context(releasing(page, source=source, by=by))

    def _back_on_site(self) -> None:
        """It has no trace of having been off any more, not even one that its revision was kept with."""
        page, before = self.page, self.before
        page.unpublished_on, page.unpublished_reason = None, ""
        if self.fields is not None and before is not None and before.unpublished_on:
            rows = type(page)._default_manager.filter(pk=page.pk)
            rows.update(unpublished_on=None, unpublished_reason="")

    @contextmanager
    def dressed(self) -> Iterator[None]:
        """Inside, the page is as its row is to be: with its words on the site, and else without them."""
        page = self.page
        if page.public_text_id is None:
            yield
        elif self.is_live:
            if self.fields is None:
                page.draft_title, page.public_slug = page.title, page.slug
                readdress(page, page.slug, page.released_over)
            yield
        else:
            readdress(page, off_site.slug_of(page))
            with off_site.without_words(page):
                yield


def _row(page: Any, current: gate.Underway | None) -> Any:
    """Nobody else writes it while it is released, so that is read once."""
    if page.pk is None:
        return None
    if isinstance(current, Release) and current.page is page and page.released_over is not None:
        return page.released_over
    return type(page)._default_manager.filter(pk=page.pk).first()
