"""The demo's people carry out the steps of a case, each with the verb the product itself uses."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model

from example_site.demo import content, files
from example_site.demo.script import Step
from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.files.public import offered
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import PublicText
from pakn_portal.answers.texts import words_in
from pakn_portal.cases import actions as cases
from pakn_portal.cases.enums import Outcome, Settled, ToldBy
from pakn_portal.cases.intake import add_to
from pakn_portal.cases.models import Case
from pakn_portal.conf import unit_model_name
from pakn_portal.notifications.by_hand.actions import give_notice
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.pages.answers import actions as pages
from pakn_portal.pages.answers.page import AnswerPage
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import Agency, RefusalReason, Sector
from pakn_portal.submissions import actions as submissions
from pakn_portal.submissions.secrets import issue_form_key
from pakn_portal.text import document_numbers


class Cast:
    """Who does what, read once for all cases."""

    def __init__(self) -> None:
        self._users = {user.get_username(): user for user in get_user_model().objects.all()}
        self._units = {unit.code: unit for unit in apps.get_model(unit_model_name()).objects.all()}
        self._posts = {(row["unit"], row["role"]): row["username"] for row in content.people()}

    @cached_property
    def office(self) -> Any:
        return self._users["vanphong"]

    @cached_property
    def publisher(self) -> Any:
        return self._users["bientap"]

    @cached_property
    def inspector(self) -> Any:
        return self._users["thanhtra"]

    def unit(self, code: str) -> Any:
        return self._units[code]

    def person(self, unit: str, role: str) -> Any:
        return self._users[self._posts[unit, role]]

    def head(self, unit: str) -> Any:
        """Of this unit; the ministry's leader where the post is vacant."""
        return self._users[self._posts.get((unit, "head"), "lanhdaobo")]


class Stage:
    """One case and its row; each method is one step."""

    def __init__(self, case: Case, row: dict[str, Any], cast: Cast) -> None:
        self.case, self.row, self.cast = case, row, cast

    def play(self, step: Step, instant: datetime) -> None:
        """Carry out the step as if it were `instant`."""
        note = self.row["notes"].get(step.note, "")
        with clock.acting_at(instant):
            getattr(self, step.act)(note)

    @property
    def officer(self) -> Any:
        return self.cast.person(self.row["unit"], self.row.get("officer", "officer"))

    @property
    def head(self) -> Any:
        return self.cast.head(self.row["unit"])

    @property
    def focal(self) -> Any:
        return self.cast.person(self.row["unit"], "focal")

    def receive(self, note: str) -> None:
        cases.receive_case(self.case, by=self.cast.office)

    def classify(self, note: str) -> None:
        sector = Sector.objects.get(code=self.row["sector"])
        cases.classify_case(self.case, sector=sector, urgency=self.row["urgency"], by=self.cast.office)

    def forward(self, note: str) -> None:
        unit = self.cast.unit(self.row["unit"])
        routing.forward_case(self.case, to_unit=unit, by=self.cast.office, note=note)

    def forward_wrongly(self, note: str) -> None:
        routing.forward_case(self.case, to_unit=self.cast.unit(self.row["wrong_unit"]), by=self.cast.office)

    def recall(self, note: str) -> None:
        routing.recall_case(self.case, by=self.cast.office, note=note)

    def send_back(self, note: str) -> None:
        routing.send_back(self.case, by=self.focal, note=note)

    def assign(self, note: str) -> None:
        routing.assign_case(self.case, officer=self.officer, by=self.focal, note=note)

    def ask_sender(self, note: str) -> None:
        cases.request_supplement(self.case, by=self.cast.office, note=note)

    def ask_sender_as_officer(self, note: str) -> None:
        cases.request_supplement(self.case, by=self.officer, note=note)

    def supplement(self, note: str) -> None:
        add_to(self.case, content=note)

    def ask_unit(self, note: str) -> None:
        unit = self.cast.unit(self.row["supporting_unit"])
        routing.request_opinion(self.case, unit=unit, by=self.officer, note=note)

    def extend(self, note: str) -> None:
        routing.extend_deadline(self.case, by=self.head, note=note)

    def first_draft(self, note: str) -> None:
        """What the head will send back: without its last paragraphs."""
        paragraphs = self.row["answer"].split("\n\n")
        self._draft("\n\n".join(paragraphs[: max(1, len(paragraphs) // 2)]))

    def draft(self, note: str) -> None:
        self._draft(self.row["answer"])

    def _draft(self, body: str) -> None:
        numbers = "\n".join(document_numbers(body))
        outcome = self.row.get("outcome", Outcome.EXPLAINED)
        form_key = issue_form_key()
        files.enclose(self.row.get("id", ""), form_key)
        answers.draft_answer(
            self.case, body=body, by=self.officer, outcome=outcome, legal_bases=numbers, form_key=form_key
        )

    def submit(self, note: str) -> None:
        answers.submit_answer(self.case, by=self.officer, note=note)

    def reject(self, note: str) -> None:
        answers.reject_answer(self.case, by=self.head, note=note)

    def approve(self, note: str) -> None:
        """With `approver_adds`, the head adds a paragraph to the officer's words."""
        added, corrected = self.row.get("approver_adds"), None
        if added:
            words = words_in(self.case.answer)
            corrected = words._replace(body=f"{words.body}\n\n{added}")
        answers.approve_answer(self.case, by=self.head, note=note, corrected=corrected)

    def prepare_public_text(self, note: str) -> None:
        words = {
            "title": self.row["public_title"],
            "question": self.row["public_question"],
            "answer": self.row["public_answer"],
        }
        # The texts were read by a person: what the finder still marks is not personal data.
        finds = open_finds(PublicText(case=self.case, **words))
        confirmed = [find.fingerprint for find in finds]
        answers.prepare_public_text(self.case, **words, by=self.officer, confirmed=confirmed)

    def request_publication(self, note: str) -> None:
        pages.request_publication(self.case, by=self.officer)

    def publish(self, note: str) -> None:
        enclosed = [file.key for file in offered(self.case)]
        page = pages.publish_answer(self.case, by=self.cast.publisher, files=enclosed)
        AnswerPage.objects.filter(pk=page.pk).update(
            first_published_at=clock.now(), last_published_at=clock.now()
        )

    def unpublish(self, note: str) -> None:
        pages.unpublish_answer(self.case, by=self.cast.publisher, note=note)

    def give_opinion(self, note: str) -> None:
        adviser = self.cast.person(self.row["supporting_unit"], "officer")
        routing.give_opinion(self.case, by=adviser, note=note)

    def remind(self, note: str) -> None:
        routing.remind_unit(self.case, by=self.cast.office, note=note)

    def tell_sender(self, note: str) -> None:
        way = ToldBy.IN_PERSON if self.row["channel"] == "in_person" else ToldBy.TELEPHONE
        for notice in ManualNotice.objects.leading().filter(mail__case=self.case):
            give_notice(notice, way=way, by=self.cast.office)

    def refuse(self, note: str) -> None:
        reason = RefusalReason.objects.get(code=self.row["refusal_reason"])
        cases.refuse_case(self.case, reason=reason, by=self.cast.office, note=note)

    def mark_duplicate(self, note: str) -> None:
        master = case_of(self.row["duplicate_of"])
        cases.mark_duplicate(self.case, master=master, by=self.cast.office, note=note)

    def guide(self, note: str) -> None:
        cases.guide_sender(self.case, by=self.cast.office, note=note)

    def refer(self, note: str) -> None:
        agency = Agency.objects.get(name=self.row["agency"])
        cases.refer_case(self.case, agency=agency, by=self.cast.office, note=note)

    def to_complaint(self, note: str) -> None:
        cases.move_to_complaint(self.case, by=self.cast.office, note=note)

    def to_denunciation(self, note: str) -> None:
        cases.move_to_denunciation(self.case, by=self.cast.office, note=note)

    def settle_guided(self, note: str) -> None:
        cases.settle(self.case, settled_as=Settled.GUIDED, by=self.cast.inspector, note=note)

    def keep(self, note: str) -> None:
        cases.keep_case(self.case, by=self.head, note=note)

    def withdraw(self, note: str) -> None:
        cases.withdraw_case(self.case)

    def reopen(self, note: str) -> None:
        cases.reopen_case(self.case, by=self.cast.office, note=note)

    def hold(self, note: str) -> None:
        cases.hold_case(self.case, by=self.cast.office, note=note)


def form_key(row_id: str) -> str:
    """The one-time key a demo case was sent with: the same at each run, so that no case is made twice."""
    return f"demo-{row_id}"


def case_of(row_id: str) -> Case:
    submission = submissions.find_submission_of(form_key(row_id))
    if submission is None:
        raise LookupError(f"{row_id} was not loaded yet")
    return Case.objects.get(submission=submission)
