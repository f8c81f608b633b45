"""The publication gate: what is being released, and what keeps any page from going live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from pakn_portal.publication.wording import Releasable, ReleaseSource


class GateShut(PermissionDenied):
    """The page may not go live; `str(error)` says why."""


class Underway(Protocol):
    """A release or a withdrawal that is being carried out."""

    page: Releasable
    source: ReleaseSource


_underway: ContextVar[Underway | None] = ContextVar("pakn_portal_publication_underway", default=None)


@contextmanager
def entered(what: Underway) -> Iterator[None]:
    """Inside, every save of this page is part of it."""
    token = _underway.set(what)
    try:
        yield
    finally:
        _underway.reset(token)


def underway(page: Releasable) -> Underway | None:
    """The release or withdrawal of this page that is being carried out."""
    current = _underway.get()
    return current if current is not None and page.pk is not None and current.page.pk == page.pk else None


def is_through(subject: Any) -> bool:
    """Whether the gate let the page of this subject through, or it is being taken off."""
    current = _underway.get()
    return current is not None and current.source.subject == subject


def page_hash(page: Releasable) -> str:
    """SHA-256 over the prepared words of a page as it is; of a live page equal to what was released (I4)."""
    return page.wording().hash


def check_place(page: Releasable) -> None:
    """One address, and no clock that changes what stands there."""
    if page.alias_of_id is not None:
        raise GateShut(_("What was released stands at one address: it has no alias."))
    if problem := schedule_problem(page):
        raise GateShut(problem)


def schedule_problem(page: Releasable) -> str:
    """Why the page's schedule keeps it from going live; empty when it has none.

    The CMS is to publish or unpublish nothing by the clock: a person does either, on the day itself.
    """
    if page.go_live_at or page.expire_at:
        return _("A page goes live, or leaves the site, when a publisher says so, never by a schedule.")
    return ""
