"""The publication gate: which text may go live, and who may let it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from pakn_portal.answers.actions import text_hash
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.four_eyes import hands_on
from pakn_portal.answers.models import Answer, PublicText
from pakn_portal.cases.enums import DELIVERED, SEALED, Right, Verb
from pakn_portal.cases.errors import NotAllowed
from pakn_portal.cases.models import Case
from pakn_portal.cases.rights import rights_to
from pakn_portal.pages.beside import problems_beside, schedule_problem
from pakn_portal.people.actor import Actor
from pakn_portal.people.scope import scope_of

if TYPE_CHECKING:
    from pakn_portal.pages.answer import AnswerPageMixin


_let_through: ContextVar[int | None] = ContextVar("pakn_portal_let_through", default=None)


class GateShut(PermissionDenied):
    """The page may not go live; `str(error)` says why."""


def lock_case(page: AnswerPageMixin, *, wait: bool = True) -> Case | None:
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


def check_unsealed(page: AnswerPageMixin, *, wait: bool = True) -> None:
    """Lock the case, and let nobody write the page while it is sealed. The sentence tells nothing of that."""
    case = lock_case(page, wait=wait)
    if case is not None and case.status in SEALED and not is_let_through(page):
        raise GateShut(_("This answer cannot be changed in the CMS now."))


def check_new(page: AnswerPageMixin) -> None:
    """No door copies an answer, not for a translation either: its words would be where no lock reaches."""
    if page.alias_of_id is not None or (page.public_text_id is None and not page.source_id):
        raise GateShut(not_copied())


def not_copied() -> str:
    return _("An answer belongs to one case and stands at one address, so it is not copied.")


def page_hash(page: AnswerPageMixin) -> str:
    """SHA-256 over what readers see; equals `PublicText.released_hash` of a live page (I4)."""
    return text_hash(page.title, page.question, page.answer)


def check_gate(page: AnswerPageMixin, *, by: Actor) -> None:
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
    _check_case(text)
    _check_right(text, by)
    if text.released_hash and wording == text.released_hash:
        return
    if text.state != PublicTextState.REQUESTED or wording != text.content_hash:
        raise GateShut(
            _("The text is not the one that was sent to the publisher. Send it again from the case.")
        )
    if open_finds(text):
        raise GateShut(_("There is personal data in the text that is neither masked nor confirmed."))
    reason = four_eyes_problem(text, by)
    if reason:
        raise GateShut(reason)


@contextmanager
def let_through(page: AnswerPageMixin) -> Iterator[None]:
    """Inside, this page may be saved: it passed `check_gate`, or it is being taken off the site."""
    token = _let_through.set(page.pk)
    try:
        yield
    finally:
        _let_through.reset(token)


def is_let_through(page: AnswerPageMixin) -> bool:
    """Whether this save is part of what was let through already."""
    return page.pk is not None and _let_through.get() == page.pk


def check_saved(page: AnswerPageMixin) -> None:
    """A live page is only ever saved with released wording, whichever door of the CMS it came by (I4)."""
    check_place(page)
    if page.public_text_id is None:
        _check_imported(page)
    elif PublicText.objects.values_list("released_hash", flat=True).get(pk=page.public_text_id) != page_hash(
        page
    ):
        raise GateShut(_("The text of a live answer is changed by a correction in its case."))


def check_place(page: AnswerPageMixin) -> None:
    """One address, and no clock that changes what stands there."""
    if page.alias_of_id is not None:
        raise GateShut(_("An answer stands at one address: it has no alias."))
    if problem := schedule_problem(page):
        raise GateShut(problem)


def four_eyes_problem(text: PublicText, by: Actor) -> str:
    """Why this person may not release this text; empty when they may. Two queries.

    Everybody counts who saved the draft or the public text, not only who saved it last.
    """
    if by is None:
        return _("An answer is released by a person.")
    hands = hands_on(text.case)
    if by.pk in {*hands.preparers, text.prepared_by_id}:
        return _("You prepared or changed this public text; another publisher must release it.")
    answer = Answer.objects.filter(case_id=text.case_id).first()
    answered = {answer.written_by_id, answer.approved_by_id} if answer else set()
    if by.pk in {*hands.writers, hands.approver, *answered}:
        return _("You wrote, changed or approved this answer; somebody else must release it.")
    return ""


def _check_case(text: PublicText) -> None:
    """Only an answered case, and only words prepared from the answer as it now stands (I8)."""
    if text.case.status not in DELIVERED:
        raise GateShut(
            _("Case %(number)s is now “%(status)s”. Only an answered case can be published.")
            % {"number": text.case.number, "status": text.case.get_status_display()}
        )
    approved_at = Answer.objects.filter(case_id=text.case_id).values_list("approved_at", flat=True).first()
    if approved_at is not None and text.prepared_at < approved_at:
        raise GateShut(_("The answer has changed since the public text was prepared. Prepare it again."))


def _check_right(text: PublicText, by: Actor) -> None:
    """Only a publisher changes what the site shows of a case, also what stands beside the text."""
    if by is None:
        raise GateShut(_("An answer is released by a person."))
    if Right.PUBLISHER not in rights_to(scope_of(by), text.case):
        raise GateShut(str(NotAllowed(text.case, Verb.PUBLISH)))


def _check_imported(page: AnswerPageMixin) -> None:
    if not page.source_id or page_hash(page) != page.content_hash:
        raise GateShut(_("An answer page is made from a case or by an import, not by hand."))
