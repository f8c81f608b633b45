"""Everything the case page shows, read with a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from pakn_portal import clock
from pakn_portal.answers.differences import Piece, word_differences
from pakn_portal.answers.files.listed import files_of
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import Answer, PublicText, answer_of, public_text_of
from pakn_portal.answers.own_days import own_day
from pakn_portal.answers.step_limits import Limited, limits_of, publisher_limit
from pakn_portal.answers.versions import Difference, corrected_at_approval
from pakn_portal.cases import due_dates
from pakn_portal.cases.enums import SEALED, Verb
from pakn_portal.cases.history import Line, history
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import NoRule, current_calendar
from pakn_portal.deadlines.time_left import TimeLeft, time_left
from pakn_portal.flow.graph import OpenMove
from pakn_portal.flow.moving import open_moves
from pakn_portal.pages.answers import prepared
from pakn_portal.pages.answers.actions import archive_page, page_of_case
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.people.names import officer_name
from pakn_portal.people.scope import Scope
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule
from pakn_portal.staff.cases.tones import tone_of
from pakn_portal.staff.cases.waiting.own_left import OwnLeft, own_left
from pakn_portal.submissions.models import Attachment, Supplement

#: The words of a public text, in the order of the page.
PARTS: Final = (("title", _("Title")), ("question", _("Question")), ("answer", _("Answer")))


@dataclass
class Dossier:
    """One case as this person sees it."""

    case: Case
    scope: Scope

    @cached_property
    def open_moves(self) -> dict[Verb, OpenMove]:
        """What this person has the right to do now, in the order of the graph."""
        return {Verb(move.verb): move for move in open_moves(self.case, self.scope)}

    @cached_property
    def calendar(self) -> Calendar:
        return current_calendar()

    @cached_property
    def time_left(self) -> TimeLeft:
        day = self.next_due_on
        stands = due_dates.paused_on(self.case) if day is None and self.case.is_open else None
        return time_left(day, clock.today(), self.calendar, paused_on=stands)

    @cached_property
    def own(self) -> OwnLeft | None:
        """A day of this person's own before the due date."""
        day = own_day(self.case, self.scope, self.limits)
        return own_left(day, self.calendar) if day is not None else None

    @cached_property
    def next_due_on(self) -> date | None:
        """The day that counts for this person; for a publisher that of the release, where it waits."""
        if self.case.next_due_on is not None or self.case.is_open or not self.scope.is_publisher:
            return self.case.next_due_on
        owed = publisher_limit(self.limits)
        return owed.due_on if owed is not None else None

    @property
    def officer(self) -> str:
        return officer_name(self.case.officer)

    @property
    def due_date(self) -> str:
        """With its weekday, as a deadline is told, and whether it is only expected."""
        return due_dates.told(self.case, self.calendar)

    @cached_property
    def explanation(self) -> str:
        return due_dates.explanation(self.case, self.calendar)

    @cached_property
    def counted_from(self) -> str:
        return due_dates.counted_from(self.case, self.calendar)

    @cached_property
    def _hand_over_rule(self) -> DeadlineRule | None:
        """Of the day by which a complaint or a denunciation is to be handed over, while that day counts."""
        if self.case.is_open or self.case.next_due_on is None:
            return None
        try:
            return due_dates.rule_of(self.case, Step.HAND_OVER)
        except NoRule:
            return None

    @cached_property
    def _rule(self) -> DeadlineRule | None:
        return self.case.deadline_rule

    @property
    def legal_basis(self) -> str:
        """Of the day that counts. As the rule has it once it is confirmed with the case's own term: the copy
        in the case may be a remark of before.
        """
        if self._hand_over_rule is not None:
            return self._hand_over_rule.legal_basis
        rule = self._rule
        if rule is None or not rule.is_confirmed:
            return self.case.legal_basis
        is_same = (rule.amount, rule.unit) == (self.case.term_amount, self.case.term_unit)
        return rule.legal_basis if is_same else self.case.legal_basis

    @property
    def doubt(self) -> str:
        """Why the term that runs cannot be leaned on yet; "" once its rule is confirmed."""
        rule = self._rule if self.case.is_open else self._hand_over_rule
        return rule.doubt if rule is not None else ""

    @cached_property
    def limits(self) -> list[Limited]:
        """What the law limits beside the case as a whole."""
        return limits_of(self.case, self.calendar)

    @property
    def tone(self) -> str:
        return tone_of(self.case)

    @cached_property
    def history(self) -> list[Line]:
        return history(self.case, self.scope)

    @cached_property
    def sealing(self) -> list[Line]:
        """Why it is sealed: what whoever sealed it wrote for colleagues just before, and the act itself."""
        status = self.case.status
        entries = [
            at
            for at, line in enumerate(self.history)
            if line.event.to_status == status != line.event.from_status
        ]
        if not self.case.is_sealed or not entries:
            return []
        last = self.history[entries[-1]]
        before = self.history[entries[-1] - 1] if entries[-1] else last
        is_word = before.verb == Verb.NOTE and before.event.by_id == last.event.by_id is not None
        return [before, last] if is_word and before.note else [last]

    @cached_property
    def hand_over(self) -> Line | None:
        """The last one: it holds."""
        lines = [line for line in self.history if line.verb == Verb.HAND_OVER]
        return lines[-1] if lines else None

    @cached_property
    def question(self) -> Line | None:
        """What a unit was asked last: its opinion answers that."""
        lines = [line for line in self.history if line.verb == Verb.REQUEST_OPINION]
        return lines[-1] if lines else None

    @cached_property
    def answer(self) -> Answer | None:
        _read_along(self.case, "answer", Answer.objects.select_related("written_by", "approved_by"))
        return answer_of(self.case)

    @cached_property
    def answer_files(self) -> list[CaseFile]:
        return files_of(self.answer) if self.answer is not None else []

    @cached_property
    def correction(self) -> Difference | None:
        """What the head changed at the approval."""
        return corrected_at_approval(self.answer) if self.answer and self.answer.approved_at else None

    @cached_property
    def public_text(self) -> PublicText | None:
        _read_along(self.case, "public_text", PublicText.objects.select_related("prepared_by"))
        return public_text_of(self.case)

    @cached_property
    def open_finds(self) -> int:
        """Places in the public text that nobody has masked or confirmed."""
        return len(open_finds(self.public_text)) if self.public_text else 0

    @cached_property
    def page(self) -> AnswerPage | None:
        return page_of_case(self.case) if self.public_text else None

    @cached_property
    def on_site(self) -> AnswerPage | None:
        """What readers would see if the public text were released now. Not saved."""
        if self.public_text is None:
            return None
        address = self.page.public_slug if self.page else ""
        if address and self.page and prepared.drops_find(address, self.page.title, self.public_text):
            address = ""
        shown = AnswerPage(public_text=self.public_text, public_slug=address)
        prepared.fill(shown, self.public_text)
        return shown

    @cached_property
    def address_on_site(self) -> str:
        return f"{archive_page().url}{self.on_site.slug}/" if self.on_site else ""

    @property
    def against_site(self) -> list[tuple[Any, list[Piece]]]:
        """What readers have now against the public text as it stands: each part that reads otherwise."""
        if self.page is None or self.public_text is None:
            return []
        both = [(label, getattr(self.page, name), getattr(self.public_text, name)) for name, label in PARTS]
        return [(label, word_differences(old, new)) for label, old, new in both if old != new]

    @property
    def link_to_public_page(self) -> str:
        """The address as the sender is told it."""
        return f"{archive_page().full_url}{self.on_site.slug}/" if self.on_site else ""

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The files of the submission itself; those of a supplement stand beside it."""
        return [file for file in self._files if file.supplement_id is None]

    @cached_property
    def supplements(self) -> list[tuple[Supplement, list[Attachment]]]:
        return [
            (supplement, [file for file in self._files if file.supplement_id == supplement.pk])
            for supplement in self.case.submission.supplements.all()
        ]

    @cached_property
    def _files(self) -> list[Attachment]:
        return list(self.case.submission.attachments.all())

    @cached_property
    def supporting_units(self) -> list[Any]:
        return list(self.case.supporting_units.all())

    @cached_property
    def master(self) -> Case | None:
        """The case this one repeats, when this person may open it."""
        if self.case.master_id is None:
            return None
        return self._visible().filter(pk=self.case.master_id).first()

    @cached_property
    def duplicates(self) -> list[Case]:
        return list(self._visible().filter(master=self.case).order_by("pk"))

    @cached_property
    def joined(self) -> list[Case]:
        """Every case that is about the same matter by somebody's word, and that this person may open."""
        return list(Case.objects.within(self.scope).joined_to(self.case).order_by("pk"))

    def _visible(self) -> QuerySet[Case]:
        return Case.objects.within(self.scope).exclude(status__in=SEALED)

    @property
    def can_read_contacts(self) -> bool:
        return Verb.READ_CONTACTS in self.open_moves


def _read_along(case: Case, name: str, rows: QuerySet[Any]) -> None:
    """One query, whether there is such a row or not; the guards find it on the case then."""
    prefetch_related_objects([case], Prefetch(name, rows))
