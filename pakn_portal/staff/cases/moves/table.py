"""Which form and which verb belong to each button, and what is said before one presses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.intake import add_to
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.flow.tables import VerbTable, pressed_verbs
from pakn_portal.pages.answers import actions as pages
from pakn_portal.people.actor import Account
from pakn_portal.routing import actions as routing
from pakn_portal.staff.cases.moves import forms, public_forms, sealed_forms
from pakn_portal.staff.cases.moves.answer_forms import ApproveForm, DraftForm
from pakn_portal.staff.cases.moves.outlooks import (
    clock_that_ran_out,
    date_if_extended,
    nothing,
    of_the_answer,
    others_read,
)
from pakn_portal.staff.cases.moves.sender_forms import SenderDataForm, what_of_a_name

Perform = Callable[[Case, Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class MoveScreen:
    """`perform(case, user, cleaned_data)` calls the verb. `is_grave`: hard to take back, a red button."""

    form: type[forms.MoveForm]
    perform: Perform
    explanation: Any
    template: str = "pakn_portal/staff/move.html"
    is_grave: bool = False
    #: What will come of it, where that can be computed beforehand and nothing forbids the act.
    outlook: Callable[[Case], str] = nothing
    #: A second button of the form carries this out too: both or neither.
    and_then: Verb | None = None
    #: Puts a text on the site: the mail to the sender has the address of the page.
    is_release: bool = False
    #: Whether a written notice is owed, hangs on the reason that is chosen in the form.
    notice_by_reason: bool = False


def _with_note(verb: Callable[..., Any]) -> Perform:
    return lambda case, by, data: verb(case, by=by, note=data["note"])


def _with(verb: Callable[..., Any], *names: str) -> Perform:
    return lambda case, by, data: verb(case, by=by, **{name: data[name] for name in names})


def _bare(verb: Callable[..., Any]) -> Perform:
    return lambda case, by, data: verb(case, by=by)


def _supplement(case: Case, by: Account, data: dict[str, Any]) -> None:
    add_to(case, content=data["content"], form_key=data["form_key"], by=by)


def _draft(case: Case, by: Account, data: dict[str, Any]) -> None:
    """Saved, and with the second button handed in too: both or neither."""
    with transaction.atomic():
        body, outcome, legal = data["body"], data["outcome"], data["legal_bases"]
        answers.draft_answer(
            case,
            body=body,
            outcome=outcome,
            legal_bases=legal,
            form_key=data["form_key"],
            dropped=data["dropped"],
            by=by,
        )
        if data.get("and_submit"):
            answers.submit_answer(case, by=by)


MOVES: dict[Verb, MoveScreen] = {
    Verb.RECEIVE: MoveScreen(
        forms.SilentForm,
        _bare(actions.receive_case),
        _("The sender is told that the ministry has taken it in."),
    ),
    Verb.REFUSE: MoveScreen(
        forms.RefuseForm,
        _with(actions.refuse_case, "reason", "note"),
        _("The case is closed and the sender is told why."),
        template="pakn_portal/staff/telling.html",
        is_grave=True,
        notice_by_reason=True,
    ),
    Verb.REQUEST_SUPPLEMENT: MoveScreen(
        forms.AskSenderForm,
        _with(actions.request_supplement, "note", "form_key"),
        _("The sender is asked by mail and on the tracking page. The clock stands still until they answer."),
        template="pakn_portal/staff/telling.html",
        outlook=clock_that_ran_out,
    ),
    Verb.SUPPLEMENT: MoveScreen(
        forms.EnteredSupplementForm,
        _supplement,
        _("For what the sender said on the telephone, wrote or brought. The clock runs again."),
    ),
    Verb.CLASSIFY: MoveScreen(
        forms.ClassifyForm,
        _with(actions.classify_case, "sector", "urgency", "about", "note"),
        _("Sector and urgency decide which deadline rule holds; the due date is computed again."),
    ),
    Verb.FORWARD: MoveScreen(
        forms.ForwardForm,
        _with(routing.forward_case, "to_unit", "note"),
        _("Exactly one unit leads. Its focal person is told."),
    ),
    Verb.RECALL: MoveScreen(
        forms.ReasonForm,
        _with_note(routing.recall_case),
        _(
            "For a case that went to the wrong unit. It comes back to the Ministry Office, which forwards it "
            "anew; the unit is told and sees it no more. The clock runs on."
        ),
    ),
    Verb.REMIND: MoveScreen(
        forms.NoteForm,
        _with_note(routing.remind_unit),
        _("The officer and the unit get a mail, and the history has a line. Nothing else changes."),
    ),
    Verb.CHANGE_URGENCY: MoveScreen(
        forms.UrgencyForm,
        _with(routing.change_urgency, "urgency", "note"),
        _("The due date is computed again by the rule for the new urgency. Whoever has the case is told."),
    ),
    Verb.SET_INNER_DUE: MoveScreen(
        forms.InnerDueForm,
        _with(routing.set_inner_due, "on", "note"),
        _("For the unit alone: the sender is told nothing, and the due date stays as it is."),
    ),
    Verb.SEND_BACK: MoveScreen(
        forms.ReasonForm,
        _with_note(routing.send_back),
        _("The case goes back to the Ministry Office, which chooses another unit. The clock runs on."),
    ),
    Verb.ASSIGN: MoveScreen(
        forms.AssignForm,
        _with(routing.assign_case, "officer", "note"),
        _("The officer drafts the answer and is told."),
    ),
    Verb.REQUEST_OPINION: MoveScreen(
        forms.AskOpinionForm,
        _with(routing.request_opinion, "unit", "note", "form_key"),
        _("The unit sees the case and gives its opinion. The clock runs on."),
        template="pakn_portal/staff/opinion.html",
    ),
    Verb.GIVE_OPINION: MoveScreen(
        forms.OpinionForm,
        _with(routing.give_opinion, "note", "form_key"),
        _("The lead unit is told. The sender does not see it."),
        template="pakn_portal/staff/opinion.html",
    ),
    Verb.CONTINUE_WITHOUT: MoveScreen(
        forms.ReasonForm,
        _with_note(routing.continue_without),
        _("Work goes on without the unit that was asked. It is told, and does not see the case any more."),
    ),
    Verb.EXTEND_DEADLINE: MoveScreen(
        forms.TellSenderForm,
        _with_note(routing.extend_deadline),
        _(
            "Once only, and before the term has run out: until the end of its last day. The sender is told "
            "the new date and your reason."
        ),
        outlook=date_if_extended,
    ),
    Verb.DRAFT_ANSWER: MoveScreen(
        DraftForm,
        _draft,
        _("The question stands on the same page. Whoever saved the draft cannot approve it."),
        template="pakn_portal/staff/draft.html",
        and_then=Verb.SUBMIT_ANSWER,
    ),
    Verb.SUBMIT_ANSWER: MoveScreen(
        forms.NoteForm,
        _with_note(answers.submit_answer),
        _("The head of the unit is asked to approve the draft."),
        outlook=of_the_answer,
    ),
    Verb.APPROVE_ANSWER: MoveScreen(
        ApproveForm,
        _with(answers.approve_answer, "note", "corrected", "confirmed"),
        _(
            "The answer goes to the sender at once. You may correct words yourself: you answer for them "
            "then, and the register keeps both texts."
        ),
        template="pakn_portal/staff/approve.html",
        outlook=of_the_answer,
    ),
    Verb.REJECT_ANSWER: MoveScreen(
        forms.ReasonForm,
        _with_note(answers.reject_answer),
        _("The officer is told what to change."),
        template="pakn_portal/staff/approve.html",
    ),
    Verb.REQUEST_PUBLICATION: MoveScreen(
        forms.MoveForm,
        _bare(pages.request_publication),
        _("A publisher reads the text below and releases it, or asks for changes."),
        template="pakn_portal/staff/publish.html",
    ),
    Verb.RETURN_PUBLIC_TEXT: MoveScreen(
        forms.ReasonForm,
        _with_note(pages.return_public_text),
        _("Who prepared the text is told what to change."),
        template="pakn_portal/staff/publish.html",
    ),
    Verb.PUBLISH: MoveScreen(
        public_forms.ChooseFilesForm,
        _with(pages.publish_answer, "files"),
        _("Everybody will read this text on the site. Read it once more to the end."),
        template="pakn_portal/staff/publish.html",
        is_release=True,
    ),
    Verb.UNPUBLISH: MoveScreen(
        public_forms.TakeDownForm,
        _with_note(pages.unpublish_answer),
        _("The answer leaves the site. Its address says that it was taken down, with your reason."),
        is_grave=True,
    ),
    Verb.CORRECT: MoveScreen(
        public_forms.CorrectForm,
        _with(pages.correct_answer, "note", "withhold", "files"),
        _(
            "The text below replaces the one on the site. A dated note and the earlier text stay readable, "
            "and the sender is told what was corrected."
        ),
        template="pakn_portal/staff/publish.html",
        outlook=others_read,
        is_release=True,
    ),
    Verb.REFER: MoveScreen(
        forms.ReferForm,
        _with(actions.refer_case, "agency", "note", "slip_note"),
        _(
            "The case is closed here and the sender reads that the ministry has sent it on to this agency. "
            "Nothing leaves the system by itself: open the forwarding slip under “Letters” of the case, give "
            "it number and date, and send it."
        ),
        is_grave=True,
    ),
    Verb.GUIDE: MoveScreen(
        forms.TellSenderForm,
        _with_note(actions.guide_sender),
        _(
            "The case is closed as outside the ministry's competence. The sender is told no more than what "
            "you write: name the competent body. Where the ministry itself sends it on, refer it to that "
            "agency instead."
        ),
        is_grave=True,
    ),
    Verb.MARK_DUPLICATE: MoveScreen(
        forms.DuplicateForm,
        _with(actions.mark_duplicate, "master", "note"),
        _(
            "The case is closed. Its sender gets the answer to the other one. If that one ends without an "
            "answer, the Ministry Office is told and can re-open this case."
        ),
        template="pakn_portal/staff/duplicate.html",
        is_grave=True,
    ),
    Verb.MOVE_TO_COMPLAINT: MoveScreen(
        forms.MoreForSenderForm,
        _with_note(actions.move_to_complaint),
        _(
            "Complaints follow a law of their own. The case is sealed: only the keepers of sealed cases see "
            "it from now on, and the sender is told where to complain. A published answer leaves the site at "
            "once."
        ),
        is_grave=True,
    ),
    Verb.MOVE_TO_DENUNCIATION: MoveScreen(
        forms.MoreForSenderForm,
        _with_note(actions.move_to_denunciation),
        _(
            "Denunciations are made by letter or in person. The case is sealed: only the keepers of sealed "
            "cases see it from now on, and the sender is told where to turn. A published answer leaves the "
            "site at once."
        ),
        is_grave=True,
    ),
    Verb.GUIDE_AGAIN: MoveScreen(
        sealed_forms.GuideAgainForm,
        _with_note(actions.guide_again),
        _("The sender is told once more where to turn. Nothing else changes."),
    ),
    Verb.HAND_OVER: MoveScreen(
        sealed_forms.HandOverForm,
        _with(actions.hand_over, "agency", "unit", "paper_number", "paper_dated_on", "note"),
        _(
            "Nothing leaves the system by itself: send it by paper, then write down number and date. If you "
            "do it again, the last entry holds; the register keeps both."
        ),
    ),
    Verb.SETTLE: MoveScreen(
        sealed_forms.SettleForm,
        _with(actions.settle, "settled_as", "note"),
        _("Nothing is left to do here, and the case leaves your desk. You can take it up again."),
    ),
    Verb.TAKE_UP_AGAIN: MoveScreen(
        forms.ReasonForm,
        _with_note(actions.take_up_again),
        _("The case comes back to your desk. The sender is told nothing."),
    ),
    Verb.KEEP: MoveScreen(
        forms.TellSenderForm,
        _with_note(actions.keep_case),
        _(
            "There is not enough basis for an answer yet. The sender is told that it is kept for study, "
            "and why."
        ),
    ),
    Verb.REOPEN: MoveScreen(
        forms.TellSenderForm,
        _with_note(actions.reopen_case),
        _("Work starts again with a new term. Sender and unit are told. A duplicate goes its own way."),
        outlook=others_read,
    ),
    Verb.HOLD: MoveScreen(
        sealed_forms.HoldForm,
        _with(actions.hold_case, "suspected", "note"),
        _(
            "It may hold a state secret, or be a denunciation: from now on nobody but the keepers of sealed "
            "cases sees it, and they decide. You neither. A published answer leaves the site at once."
        ),
        is_grave=True,
    ),
    Verb.RELEASE_HOLD: MoveScreen(
        forms.ReasonForm,
        _with_note(actions.release_hold),
        _(
            "It holds no secret. Work goes on where it stopped. An answer that was public stays off the site "
            "until a publisher publishes it again."
        ),
    ),
    Verb.CONFIRM_SECRET: MoveScreen(
        sealed_forms.ConfirmSecretForm,
        _with(actions.confirm_secret, "paper_number", "paper_dated_on", "read_until"),
        _(
            "It is a state secret, so it is registered and handled on paper only. Enter it there first, with "
            "its text and files: every text and file of it is wiped here, for good."
        ),
        template="pakn_portal/staff/confirm_secret.html",
        is_grave=True,
    ),
    Verb.CORRECT_SENDER: MoveScreen(
        SenderDataForm,
        _with(actions.correct_sender, "values", "takes_back_name", "note"),
        _(
            "Make sure first that it is the sender who asks: call back the number that the ministry has, or "
            "let them come. What is left empty stays as it is. What stood there before is kept nowhere; the "
            "history says what was changed, and the sender reads on their page that it was."
        ),
        outlook=what_of_a_name,
        is_grave=True,
    ),
    Verb.NOTE: MoveScreen(
        forms.ColleagueForm,
        _with_note(actions.add_note),
        _("For colleagues only: neither the sender nor the public ever sees it. Nothing else changes."),
    ),
}

#: The forms of the case screens, for each procedure whose cases they show.
FORMS: VerbTable[MoveScreen] = VerbTable("forms of moves", wants=pressed_verbs)
# these have screens of their own
FORMS.add(PETITION_GRAPH.name, MOVES, without={Verb.PREPARE_PUBLIC_TEXT, Verb.READ_CONTACTS})
