"""The publication gate: which text may go live, and who may let it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.publication.wording import Releasable
from pakn_portal.submissions.known import known_values


class GateShut(PermissionDenied):
    """The page may not go live; `str(error)` says why."""


class Underway(Protocol):
    """A release or a withdrawal that is being carried out."""

    page: Releasable

    @property
    def case_id(self) -> int | None:
        """Of the case that it is about."""


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


def is_through(case: Case) -> bool:
    """Whether the gate let the page of this case through, or it is being taken off."""
    current = _underway.get()
    return current is not None and current.case_id == case.pk


def hold_case(page: Releasable, *, wait: bool = True) -> Case | None:
    """The page's case, its row ours until the transaction ends; None for an imported answer.

    Every door that writes a page begins with it, before it reads or writes anything else. So a verb that
    seals the case waits for the page, or the page for the verb; and because nobody asks for a case while
    they hold its page, no two wait for one another. Who may hold the page already does not `wait`: GateShut
    while somebody else is at work on the case. Outside of a transaction it is an error.
    """
    if page.public_text_id is None:
        return None
    rows = Case.objects.select_for_update(of=("self",), skip_locked=not wait)
    case: Case | None = rows.filter(public_text=page.public_text_id).first()
    if case is None:
        raise GateShut(_("Somebody is at work on this answer. Try again in a moment."))
    return case


def hold_unsealed(page: Releasable, *, wait: bool = True) -> Case | None:
    """The same, and nobody writes the page while its case is sealed. The sentence tells nothing of that."""
    case = hold_case(page, wait=wait)
    if case is not None and case.status in SEALED:
        raise GateShut(_("This answer cannot be changed in the CMS now."))
    return case


def page_hash(page: Releasable) -> str:
    """SHA-256 over what readers see; equals `PublicText.released_hash` of a live page (I4)."""
    return page.wording().hash


def check_new(page: Releasable) -> None:
    """No door copies an answer, not for a translation either: its words would be where no lock reaches."""
    if page.alias_of_id is not None or (page.public_text_id is None and not page.source_id):
        raise GateShut(not_copied())


def not_copied() -> str:
    return _("An answer belongs to one case and stands at one address, so it is not copied.")


def check_saved(page: Releasable) -> None:
    """A live page is only ever saved with released wording, whichever door of the CMS it came by (I4)."""
    check_place(page)
    if page.public_text_id is None:
        if problem := import_problem(page):
            raise GateShut(problem)
        return
    released = PublicText.objects.values_list("released_hash", flat=True).get(pk=page.public_text_id)
    if released != page_hash(page):
        raise GateShut(_("The text of a live answer is changed by a correction in its case."))


def check_place(page: Releasable) -> None:
    """One address, and no clock that changes what stands there."""
    if page.alias_of_id is not None:
        raise GateShut(_("An answer stands at one address: it has no alias."))
    if problem := schedule_problem(page):
        raise GateShut(problem)


def import_problem(page: Releasable) -> str:
    """Why a page of no case is not shown; empty for one that says what was imported."""
    if page.source_id and page_hash(page) == page.content_hash:
        return ""
    return _("An answer page is made from a case or by an import, not by hand.")


def problems_beside(page: Releasable) -> Iterator[str]:
    """A sentence for each thing beside the texts that keeps the page from going live; none when it may."""
    if problem := schedule_problem(page):
        yield problem
    if page.public_text_id is None:
        return
    text = PublicText.objects.select_related("case__submission__sender").get(pk=page.public_text_id)
    if page.wording().leaks(known_values(text.case.submission.sender)):
        yield leak_sentence()


def leak_sentence() -> str:
    return _(
        "There is personal data in the legal bases, or in the address, which is made from the title. "
        "Take it out."
    )


def schedule_problem(page: Releasable) -> str:
    """Why the page's schedule keeps it from going live; empty when it has none.

    The CMS is to publish or unpublish nothing by the clock: a person does either, on the day itself.
    """
    if page.go_live_at or page.expire_at:
        return _("An answer goes live, or leaves the site, when a publisher says so, never by a schedule.")
    return ""
