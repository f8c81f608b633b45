"""Beside a case that waits for the Ministry Office: the form of intake, what it may repeat, and its signs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from pakn_portal.cases.enums import AT_INTAKE, Verb
from pakn_portal.routing.alike import Alike, cases_alike
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.intake.forms import IntakeForm
from pakn_portal.staff.cases.intake.queue import Queue, queue_beside
from pakn_portal.staff.notices.rows import ways_to
from pakn_portal.text import secret_markings
from pakn_portal.text.procedures import Sign, signs_of_procedures

_MOVE_OF = {"denunciation": Verb.MOVE_TO_DENUNCIATION, "complaint": Verb.MOVE_TO_COMPLAINT}


@dataclass
class IntakePanel:
    """`form`: empty, or as it was sent."""

    dossier: Dossier
    form: IntakeForm
    back: str = ""

    @property
    def url(self) -> str:
        return addresses.intake_url(self.dossier.case.pk, self.back)

    @property
    def preview_url(self) -> str:
        """Where the mail of receiving stands as the sender will get it."""
        return addresses.move_url(self.dossier.case.pk, Verb.RECEIVE, self.back)

    @property
    def by_hand(self) -> str:
        """How the sender has to be told; empty for one with an e-mail address."""
        sender = self.dossier.case.submission.sender
        return "" if sender.email else ways_to(sender)

    @cached_property
    def queue(self) -> Queue:
        return queue_beside(self.dossier.scope, self.dossier.case)

    @cached_property
    def alike(self) -> list[tuple[Alike, str, str]]:
        """With the address of the case and that of the move that joins this one to it."""
        case = self.dossier.case
        submission, sender = case.submission, case.submission.sender
        found = cases_alike(
            self.dossier.scope,
            title=submission.title,
            content=submission.content,
            phone=sender.phone,
            email=sender.email,
            without=case.pk,
        )
        return [
            (
                each,
                addresses.case_url(each.case.pk),
                addresses.duplicate_url(case.pk, each.case.number, self.back),
            )
            for each in found
        ]

    @cached_property
    def signs(self) -> list[tuple[Sign, Verb, str]]:
        """Each with the move it speaks for, and that move's address."""
        submission = self.dossier.case.submission
        return [
            (sign, verb, addresses.move_url(self.dossier.case.pk, verb, self.back))
            for sign in signs_of_procedures(submission.title, submission.content)
            if (verb := _MOVE_OF[sign.procedure]) in self.dossier.open_moves
        ]

    @cached_property
    def secret_marking(self) -> str:
        """A marking of state secrets in the text; empty when there is none."""
        submission = self.dossier.case.submission
        finds = secret_markings(f"{submission.title}\n{submission.content}")
        return finds[0].text if finds else ""

    @property
    def hold_url(self) -> str:
        return addresses.move_url(self.dossier.case.pk, Verb.HOLD, self.back)

    @cached_property
    def due_dates(self) -> dict[str, str]:
        return self.form.due_dates(self.dossier.calendar)

    @property
    def due_sentence(self) -> str:
        """For what is chosen now."""
        sector, urgency = self.form["sector"].value() or "", self.form["urgency"].value()
        return self.due_dates.get(f"{sector} {urgency}", "")

    @property
    def due_json(self) -> str:
        """Each sentence once, and which holds for which sector and urgency."""
        sentences = list(dict.fromkeys(self.due_dates.values()))
        of = {key: sentences.index(sentence) for key, sentence in self.due_dates.items()}
        return json.dumps({"sentences": sentences, "of": of}, ensure_ascii=False)


def takes_in(dossier: Dossier) -> bool:
    """Whether this person takes cases in, and this case waits for them."""
    return dossier.case.status in AT_INTAKE and Verb.CLASSIFY in dossier.open_moves


def panel_of(dossier: Dossier, back: str = "", form: IntakeForm | None = None) -> IntakePanel | None:
    """None for whoever does not take cases in, and where the case waits for somebody else."""
    if not takes_in(dossier):
        return None
    return IntakePanel(dossier, form or IntakeForm(case=dossier.case, scope=dossier.scope), back)
