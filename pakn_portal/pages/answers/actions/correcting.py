"""Other words take the place of those on the site."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.finds import masked
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.events import Corrected
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.flow.errors import IllegalMove, NotAllowed
from pakn_portal.flow.moving import lock_row
from pakn_portal.flow.procedure import find_transition
from pakn_portal.pages.answers.actions.refusals import (
    chosen_copies,
    page_for_publisher,
    says_what_is_invalid,
)
from pakn_portal.pages.answers.cms.wagtail_history import withhold_revisions
from pakn_portal.pages.answers.cms.waiting_task import hand_over
from pakn_portal.pages.answers.guards import nothing_new
from pakn_portal.pages.answers.page import AnswerPage, Correction
from pakn_portal.pages.answers.prepared import address_without, answer_slug, masked_note
from pakn_portal.pages.answers.sources import CaseSource
from pakn_portal.people.actor import Actor
from pakn_portal.publication.gate import page_hash
from pakn_portal.register.texts import WORDING, forget_salts


def correct_answer(
    case: Case, *, by: Actor, note: str, withhold: bool = False, files: Collection[str] | None = None
) -> None:
    """Replace the live text by the prepared one; a dated note and the earlier text stay visible. Event:
    correct.

    `withhold`: the earlier text did harm, so neither it nor any before it is shown or kept. `files`: keys of
    the answer's files of which a copy is to stand beside it; None leaves those that do.
    Law 104/2016/QH13 art. 32: wrong public information is corrected within 5 working days.
    """
    copies = None if files is None else chosen_copies(case, Verb.CORRECT, files)
    with says_what_is_invalid(), transaction.atomic():
        lock_row(case)
        if find_transition(case, Verb.CORRECT) is None:
            raise IllegalMove(case, Verb.CORRECT)
        page = page_for_publisher(case, Verb.CORRECT, by)
        source = CorrectionSource(case, note, withhold, files=copies)
        if page is None:
            raise NotAllowed(case, Verb.CORRECT, _("The answer is not on the site."))
        if problem := nothing_new(source.text):
            raise NotAllowed(case, Verb.CORRECT, problem)
        page.public_slug = source.address_of(page)
        with page.release_of(page.latest_revision, by=by, source=source, row=page) as release:
            release.begin()
            # with the note, which the verb has written
            revision = release.page.save_revision(user=by, clean=False)
            hand_over(release.page, revision)
            revision.publish(user=by, skip_permission_checks=True)


@dataclass
class CorrectionSource(CaseSource):
    """The prepared text of a case, released in the place of the one that is on the site."""

    note: str
    withhold: bool = False

    @property
    def is_sent(self) -> bool:
        """Who corrects an answer sends its text and releases it in one."""
        return True

    def address_of(self, page: AnswerPage) -> str:
        """The one it has, unless that tells what was taken out of its title."""
        if self.withhold and page.title != self.text.title:
            return answer_slug(self.text.title, str(self.text.pk))
        return address_without(page, page.title, self.text)

    @contextmanager
    def publishing(self, page: Any, by: Actor) -> Iterator[None]:
        """Event: correct."""
        with moving(self.case, Verb.CORRECT, by=by, note=self.note) as move:
            self._add_note(page, by)
            yield
            if self.withhold:
                withhold_revisions(page)
                _withhold_salts(self.case)
            self.put_out_files(page)
            move.payload = Corrected(page=page.pk, withheld=self.withhold or None)
            move.texts = {**page.what_readers_see(), WORDING: page_hash(page)}
        self.keep_released(page)

    def _add_note(self, page: Any, by: Actor) -> None:
        earlier = page.released_over
        if self.withhold:
            rows = Correction.objects.filter(page=page.pk)
            rows.update(is_withheld=True, earlier_question="", earlier_answer="")
        Correction.objects.create(
            page=page,
            note=masked_note(self.note, self.text.case),
            corrected_on=clock.today(),
            earlier_question="" if self.withhold else masked(self.text, "question", earlier.question),
            earlier_answer="" if self.withhold else masked(self.text, "answer", earlier.answer),
            is_withheld=self.withhold,
            corrected_by=by,
        )


def _withhold_salts(case: Case) -> None:
    """Let nobody try what an earlier text said by the digests that the register has of it. Of the text that
    was prepared in its place the proof stays; the line that is being written proves the page. A whole wording
    stays provable, by which a copy that somebody kept can be judged.
    """
    lines = case.events.exclude(texts={}).order_by("sequence").values_list("hash", "texts")
    of_page = {line: names for line, told in lines if (names := _names_of("page.", told))}
    of_text = {line: names for line, told in lines if (names := _names_of("public_text.", told))}
    for told in (list(of_page.items()), list(of_text.items())[:-1]):
        for line, names in told:
            forget_salts([line], names)


def _names_of(prefix: str, told: dict[str, str]) -> list[str]:
    return [name for name in told if name.startswith(prefix) and name != WORDING]
