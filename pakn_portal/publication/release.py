"""Putting a page before readers: one object for each release, walked outside in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from django.db import transaction

from pakn_portal import signals
from pakn_portal.people.actor import Actor
from pakn_portal.publication.gate import GateShut, Underway, check_place, entered, underway
from pakn_portal.publication.wording import Releasable, ReleaseSource

Page = TypeVar("Page", bound=Releasable)


@dataclass
class Release(Generic[Page]):
    """What is released, by whom. Whoever asks for it again in the same transaction gets the same one."""

    #: As it goes live; the very instance that is saved.
    page: Page
    source: ReleaseSource
    by: Actor
    #: Whether a page was written as live yet: a longer workflow may only go on to its next task.
    is_written: bool = False
    _around: ExitStack = field(default_factory=ExitStack)

    def begin(self) -> None:
        """Open the source's verb, before the page is written."""
        if not self.is_written:
            self._around.enter_context(self.source.publishing(self.page, self.by))
            self.is_written = True


@contextmanager
def releasing(page: Page, *, source: ReleaseSource, by: Actor) -> Iterator[Release[Page]]:
    """Inside, `page` may be saved as live: it passed the gate, which is asked once.

    `page` is as it would go live, and its source's row is held, so the caller is in a transaction. Once the
    page is written, the source's verb is around it; page, register, mails and index rows stand or fall
    together. Raises GateShut. Events: those of the source. Signals: public_record_changed inside the
    transaction, and those of the source.
    """
    current = underway(page)
    if isinstance(current, Release):
        yield current
        return
    check_place(page)
    if problem := source.refusal(page, by):
        raise GateShut(problem)
    release = Release(page, source, by)
    with transaction.atomic():
        with release._around, entered(cast(Underway, release)):
            yield release
        if release.is_written:
            signals.public_record_changed.send(sender=type(page), page=page, is_public=True)
            source.tell(page, is_public=True)
