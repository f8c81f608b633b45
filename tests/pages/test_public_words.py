"""What the sender may read of each step, and of which steps they read nothing."""

from __future__ import annotations

import pytest

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.pages.tracking import words as public_words
from pakn_portal.routing import actions as routing
from tests.factories import make_case, make_ministry

#: The ministry's own affair: who has it on the desk, drafts, locks, notes.
UNTOLD = {
    Verb.RECALL, Verb.REMIND, Verb.CHANGE_URGENCY, Verb.SET_INNER_DUE,
    Verb.CLASSIFY, Verb.SEND_BACK, Verb.ASSIGN, Verb.REQUEST_OPINION, Verb.GIVE_OPINION,
    Verb.CONTINUE_WITHOUT, Verb.DRAFT_ANSWER, Verb.SUBMIT_ANSWER, Verb.REJECT_ANSWER,
    Verb.PREPARE_PUBLIC_TEXT, Verb.REQUEST_PUBLICATION, Verb.RETURN_PUBLIC_TEXT, Verb.HOLD,
    Verb.RELEASE_HOLD, Verb.SETTLE, Verb.TAKE_UP_AGAIN, Verb.NOTE, Verb.READ_CONTACTS,
    Verb.RECALCULATE,
}  # fmt: skip


def test_of_every_verb_it_is_settled_whether_the_sender_is_told() -> None:
    assert set(public_words._SENTENCES) == set(Verb) - UNTOLD
    assert set(public_words._SENTENCES) >= public_words._TOLD


def test_every_status_says_where_it_stands_and_what_comes_next() -> None:
    assert set(public_words._STATUS) == set(public_words._NEXT) == set(Status)


@pytest.mark.django_db
def test_what_happens_inside_stays_inside() -> None:
    who = make_ministry()
    case = make_case(Status.PROCESSING, who)
    told = [line.sentence for line in public_words.milestones(case)]
    actions.add_note(case, by=who.officer, note="Người này hay gửi.")
    routing.request_opinion(case, unit=who.other_unit, by=who.officer, note="Xin ý kiến.")
    routing.continue_without(case, by=who.head, note="Đơn vị kia im lặng.")
    actions.hold_case(case, by=who.officer, note="Có dấu MẬT.")
    assert public_words.public_status(case) == public_words._WORKING()
    actions.release_hold(case, by=who.inspector, note="Không có gì.")
    lines = public_words.milestones(case)
    assert [line.sentence for line in lines] == told
    assert [line.note for line in lines] == [""] * len(lines)
