"""What every door asks of an answer's page before it is written: its case, its words, its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from django.utils.translation import gettext as _

from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import SEALED
from pakn_portal.cases.models import Case
from pakn_portal.publication.gate import GateShut, check_place, page_hash, schedule_problem
from pakn_portal.publication.wording import Releasable
from pakn_portal.submissions.known import known_values


class PageOfAnswer(Releasable, Protocol):
    """A page of ours, or of a portal's own class."""

    #: Of the text that was prepared from a case; None for what an import brought.
    public_text_id: int | None
    public_text: Any
    #: Identifier of an imported answer in its source, and the hash of its words there.
    source_id: str
    content_hash: str

    def forget_earlier(self) -> None:
        """It left the site: what the CMS calls it elsewhere, and what it copied of it, goes."""


def lock_case_behind(page: PageOfAnswer, *, wait: bool = True) -> Case | None:
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


def lock_unsealed_case(page: PageOfAnswer, *, wait: bool = True) -> Case | None:
    """The same, and nobody writes the page while its case is sealed. The sentence tells nothing of that."""
    case = lock_case_behind(page, wait=wait)
    if case is not None and case.status in SEALED:
        raise GateShut(_("This answer cannot be changed in the CMS now."))
    return case


def check_new(page: PageOfAnswer) -> None:
    """No door copies an answer, not for a translation either: its words would be where no lock reaches."""
    if page.alias_of_id is not None or (page.public_text_id is None and not page.source_id):
        raise GateShut(not_copied())


def not_copied() -> str:
    return _("An answer belongs to one case and stands at one address, so it is not copied.")


def check_saved(page: PageOfAnswer) -> None:
    """A live page is only ever saved with released wording, whichever door of the CMS it came by (I4)."""
    check_place(page)
    if page.public_text_id is None:
        if problem := import_problem(page):
            raise GateShut(problem)
        return
    released = PublicText.objects.values_list("released_hash", flat=True).get(pk=page.public_text_id)
    if released != page_hash(page):
        raise GateShut(_("The text of a live answer is changed by a correction in its case."))


def import_problem(page: PageOfAnswer) -> str:
    """Why a page of no case is not shown; empty for one that says what was imported."""
    if page.source_id and page_hash(page) == page.content_hash:
        return ""
    return _("An answer page is made from a case or by an import, not by hand.")


def problems_beside(page: PageOfAnswer) -> Iterator[str]:
    """A sentence for each thing beside the texts that keeps the page from going live; none when it may."""
    if problem := schedule_problem(page):
        yield problem
    if page.public_text_id is None:
        return
    text = PublicText.objects.select_related("case__submission__sender").get(pk=page.public_text_id)
    if page.wording().leaks(known_values(text.case.submission.sender)):
        yield _(
            "There is personal data in the legal bases, or in the address, which is made from the title. "
            "Take it out."
        )
