"""The publication gate: which text may go live, and who may let it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.people.actor import Actor
from pakn_portal.publication.guards import case_problem, four_eyes_problem, right_problem
from pakn_portal.publication.wording import Releasable
from pakn_portal.submissions.known import known_values

_let_through: ContextVar[int | None] = ContextVar("pakn_portal_let_through", default=None)


class GateShut(PermissionDenied):
    """The page may not go live; `str(error)` says why."""


def lock_case(page: Releasable, *, wait: bool = True) -> Case | None:
    """The page's case, its row ours until the transaction ends; None for an imported answer.

    Every door that writes a page begins with it, before it reads or writes anything else. So a verb that
    seals the case waits for the page, or the page for the verb; and because nobody asks for a case while
    they hold its page, no two wait for one another. Who may hold the page already does not `wait`: GateShut
    while somebody else is at work on the case. Outside of a transaction it is an error.
    """
    if page.public_text_id is None:
        return None
    rows = Case.objects.select_for_update(of=("self",), skip_locked=not wait)
    case = rows.filter(public_text=page.public_text_id).first()
    if case is None:
        raise GateShut(_("Somebody is at work on this answer. Try again in a moment."))
    return case


def check_unsealed(page: Releasable, *, wait: bool = True) -> None:
    """Lock the case, and let nobody write the page while it is sealed. The sentence tells nothing of that."""
    case = lock_case(page, wait=wait)
    if case is not None and case.status in SEALED and not is_let_through(page):
        raise GateShut(_("This answer cannot be changed in the CMS now."))


def check_new(page: Releasable) -> None:
    """No door copies an answer, not for a translation either: its words would be where no lock reaches."""
    if page.alias_of_id is not None or (page.public_text_id is None and not page.source_id):
        raise GateShut(not_copied())


def not_copied() -> str:
    return _("An answer belongs to one case and stands at one address, so it is not copied.")


def page_hash(page: Releasable) -> str:
    """SHA-256 over what readers see; equals `PublicText.released_hash` of a live page (I4)."""
    return page.wording().hash


def check_gate(page: Releasable, *, by: Actor) -> None:
    """Let `page` (as it would go live) through, or raise GateShut.

    A text that was released before passes again. A new one needs: its exact wording with the publisher, no
    open find of personal data, and a publisher who had no hand in it: wrote, approved or prepared nothing of
    it. Either has no schedule, and no personal data beside the text.
    """
    check_unsealed(page)
    check_place(page)
    for problem in problems_beside(page):
        raise GateShut(problem)
    if page.public_text_id is None:
        _check_imported(page)
        return
    text = PublicText.objects.select_related("case__submission__sender").get(pk=page.public_text_id)
    wording = page_hash(page)
    if problem := case_problem(text) or right_problem(text, by):
        raise GateShut(problem)
    if text.released_hash and wording == text.released_hash:
        return
    if text.state != PublicTextState.REQUESTED or wording != text.content_hash:
        raise GateShut(
            _("The text is not the one that was sent to the publisher. Send it again from the case.")
        )
    if open_finds(text):
        raise GateShut(_("There is personal data in the text that is neither masked nor confirmed."))
    if problem := four_eyes_problem(text, by):
        raise GateShut(problem)


@contextmanager
def let_through(page: Releasable) -> Iterator[None]:
    """Inside, this page may be saved: it passed `check_gate`, or it is being taken off the site."""
    token = _let_through.set(page.pk)
    try:
        yield
    finally:
        _let_through.reset(token)


def is_let_through(page: Releasable) -> bool:
    """Whether this save is part of what was let through already."""
    return page.pk is not None and _let_through.get() == page.pk


def check_saved(page: Releasable) -> None:
    """A live page is only ever saved with released wording, whichever door of the CMS it came by (I4)."""
    check_place(page)
    if page.public_text_id is None:
        _check_imported(page)
    elif PublicText.objects.values_list("released_hash", flat=True).get(pk=page.public_text_id) != page_hash(
        page
    ):
        raise GateShut(_("The text of a live answer is changed by a correction in its case."))


def check_place(page: Releasable) -> None:
    """One address, and no clock that changes what stands there."""
    if page.alias_of_id is not None:
        raise GateShut(_("An answer stands at one address: it has no alias."))
    if problem := schedule_problem(page):
        raise GateShut(problem)


def problems_beside(page: Releasable) -> Iterator[str]:
    """A sentence for each thing that keeps the page from going live; none when it may."""
    if problem := schedule_problem(page):
        yield problem
    if page.public_text_id is None:
        return
    text = PublicText.objects.select_related("case__submission__sender").get(pk=page.public_text_id)
    if page.wording().leaks(known_values(text.case.submission.sender)):
        yield _("Beside the text, in its address or legal bases, there is personal data. Take it out.")


def schedule_problem(page: Releasable) -> str:
    """Why the page's schedule keeps it from going live; empty when it has none.

    The CMS is to publish or unpublish nothing by the clock: a person does either, on the day itself.
    """
    if page.go_live_at or page.expire_at:
        return _("An answer goes live, or leaves the site, when a publisher says so, never by a schedule.")
    return ""


def _check_imported(page: Releasable) -> None:
    if not page.source_id or page_hash(page) != page.content_hash:
        raise GateShut(_("An answer page is made from a case or by an import, not by hand."))
