"""What answers are released from: the public text of a case, or an import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property, partial

from django.db import transaction
from django.utils.translation import gettext as _

from pakn_portal import signals
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.files.public import Copy, offered, put_out, take_away
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import BesideChanged, OffPage, OnPage
from pakn_portal.cases.models import Case
from pakn_portal.cases.moves import moving
from pakn_portal.pages.answers.checks import PageOfAnswer, import_problem
from pakn_portal.pages.answers.guards import (
    case_problem,
    four_eyes_problem,
    new_words_problem,
    no_person,
    publisher_problem,
)
from pakn_portal.people.actor import Actor
from pakn_portal.publication.gate import GateShut, page_hash
from pakn_portal.register.texts import WORDING, is_proved


@dataclass
class CaseSource:
    """The public text of a case. Each fact is read once, after the case's row was taken."""

    #: Its row is ours until the transaction ends.
    case: Case
    #: What a publisher chose of the answer's files; None where nobody was asked: those on the site stay.
    files: list[Copy] | None = field(default=None, kw_only=True)

    @property
    def subject(self) -> Case:
        return self.case

    @cached_property
    def text(self) -> PublicText:
        """With everything that a release asks of the case."""
        related = ("case__submission__sender", "case__sector", "case__lead_unit", "case__answer")
        return PublicText.objects.select_related(*related).get(case=self.case)

    @property
    def is_sent(self) -> bool:
        """Whether the text, as it was prepared, is what a publisher is asked to release."""
        return self.text.is_with_publisher

    def refusal(self, page: PageOfAnswer, by: Actor) -> str:
        """What is on the site passes again, and what was there, once it is with the publisher. New words
        need: no open find of personal data, and a publisher who had no hand in them: wrote, approved or
        prepared nothing of them.
        """
        text, wording = self.text, page_hash(page)
        if by is None:
            return no_person()
        if problem := case_problem(text) or publisher_problem(text.case, Verb.PUBLISH, by):
            return problem
        was_sent = self.is_sent and wording == text.content_hash
        was_released = wording == text.released_hash
        if not was_sent and not (was_released and self.case.status == Status.PUBLISHED):
            return _("The text is not the one that was sent to the publisher. Send it again from the case.")
        if problem := self._files_problem(by):
            return problem
        if was_released:
            return ""
        return new_words_problem(text, by)

    def _files_problem(self, by: Actor) -> str:
        """A chosen file is of the answer as it stands now, and chosen by somebody who had no hand in it."""
        if not self.files:
            return ""
        present = {(file.key, file.sha256) for file in offered(self.case)}
        if not present.issuperset((copy.source.key, copy.source.sha256) for copy in self.files):
            return _("A chosen file is no longer one of the answer's. Choose once more.")
        return four_eyes_problem(self.text, by)

    @contextmanager
    def publishing(self, page: PageOfAnswer, by: Actor) -> Iterator[None]:
        """Event: publish, for an answered case; note, when the same text is released again beside other
        words. What is corrected is told by the verb that corrects it.
        """
        if self.case.status == Status.ANSWERED:
            with moving(self.case, Verb.PUBLISH, by=by) as move:
                yield
                self.put_out_files(page)
                move.payload = OnPage(page=page.pk)
                move.texts = {**page.what_readers_see(), WORDING: page_hash(page)}
        else:
            yield
            if self.text.state == PublicTextState.PUBLISHED:
                self._tell_beside(page, by)
        self.keep_released(page)

    def put_out_files(self, page: PageOfAnswer) -> None:
        """Where a publisher was asked."""
        page.public_text = self.text  # its files are read by whoever holds the page
        if self.files is not None:
            put_out(self.text, self.files)

    def keep_released(self, page: PageOfAnswer) -> None:
        """What is on the site is this text from now on."""
        text = self.text
        text.state, text.released_hash = PublicTextState.PUBLISHED, page_hash(page)
        text.save(update_fields=["state", "released_hash"])

    def _tell_beside(self, page: PageOfAnswer, by: Actor) -> None:
        seen = page.what_readers_see()
        if is_proved(self.case.events.exclude(texts={}), seen):
            return
        # nobody is asked for words: the line is there for what it proves
        note = _("The answer on the site was released again; this line proves what readers see of it.")
        with moving(self.case, Verb.NOTE, by=by, note=note) as move:
            move.payload = BesideChanged(page=page.pk)
            move.texts = seen

    @contextmanager
    def withdrawing(self, page: PageOfAnswer, by: Actor, reason: str) -> Iterator[None]:
        """Event: unpublish, for a published case; a lock tells of itself."""
        if self.case.status == Status.PUBLISHED:
            if problem := publisher_problem(self.case, Verb.UNPUBLISH, by):
                raise GateShut(problem)
            with moving(self.case, Verb.UNPUBLISH, by=by, note=reason) as move:
                yield
                move.payload = OffPage(page=page.pk)
        else:
            yield
        take_away(self.text)
        PublicText.objects.filter(case=self.case).update(state=PublicTextState.UNPUBLISHED)
        page.forget_earlier()

    def tell(self, page: PageOfAnswer, *, is_public: bool) -> None:
        """Signal after the commit: answer_published, of a release."""
        if is_public:
            _tell_published(page, self.case)


class ImportSource:
    """What another system had published already. It has no register."""

    subject = None

    def refusal(self, page: PageOfAnswer, by: Actor) -> str:
        return import_problem(page)

    def publishing(self, page: PageOfAnswer, by: Actor) -> nullcontext[None]:
        return nullcontext()

    def withdrawing(self, page: PageOfAnswer, by: Actor, reason: str) -> nullcontext[None]:
        return nullcontext()

    def tell(self, page: PageOfAnswer, *, is_public: bool) -> None:
        """Signal after the commit: answer_published, of a release."""
        if is_public:
            _tell_published(page, None)


def _tell_published(page: PageOfAnswer, case: Case | None) -> None:
    transaction.on_commit(partial(signals.answer_published.send, sender=type(page), page=page, case=case))
