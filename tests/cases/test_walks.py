"""Random walks through the graph by the verbs themselves: nothing illegal can be reached from outside."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions, due_dates
from pakn_portal.cases.enums import OPEN, Right, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.cases.register import broken_lines
from pakn_portal.flow.errors import MoveError
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import Agency, RefusalReason, Sector
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case, make_ministry

Act = Callable[[Case, Ministry, Any], Any]
ACTS: dict[Verb, Act] = {
    Verb.RECEIVE: lambda case, who, by: actions.receive_case(case, by=by),
    Verb.REFUSE: lambda case, who, by: actions.refuse_case(
        case, reason=RefusalReason.objects.all()[0], by=by
    ),
    Verb.REQUEST_SUPPLEMENT: lambda case, who, by: actions.request_supplement(case, by=by, note="Bổ sung."),
    Verb.SUPPLEMENT: lambda case, who, by: actions.supplement_case(
        case, supplement=add_supplement(case.submission, content="Tôi bổ sung."), by=by
    ),
    Verb.CLASSIFY: lambda case, who, by: actions.classify_case(
        case, sector=Sector.objects.all()[0], urgency="urgent", by=by
    ),
    Verb.FORWARD: lambda case, who, by: routing.forward_case(case, to_unit=who.unit, by=by),
    Verb.RECALL: lambda case, who, by: routing.recall_case(case, by=by, note="Chuyển nhầm đơn vị."),
    Verb.REMIND: lambda case, who, by: routing.remind_unit(case, by=by, note="Đề nghị xử lý sớm."),
    Verb.CHANGE_URGENCY: lambda case, who, by: routing.change_urgency(case, urgency="express", by=by),
    Verb.SET_INNER_DUE: lambda case, who, by: routing.set_inner_due(case, on=None, by=by),
    Verb.SEND_BACK: lambda case, who, by: routing.send_back(case, by=by, note="Không thuộc đơn vị."),
    Verb.ASSIGN: lambda case, who, by: routing.assign_case(case, officer=who.officer, by=by),
    Verb.REQUEST_OPINION: lambda case, who, by: routing.request_opinion(
        case, unit=who.other_unit, by=by, note="Xin ý kiến."
    ),
    Verb.GIVE_OPINION: lambda case, who, by: routing.give_opinion(case, by=by, note="Nhất trí."),
    Verb.CONTINUE_WITHOUT: lambda case, who, by: routing.continue_without(case, by=by, note="Quá hạn."),
    Verb.EXTEND_DEADLINE: lambda case, who, by: routing.extend_deadline(case, by=by, note="Phức tạp."),
    Verb.DRAFT_ANSWER: lambda case, who, by: answers.draft_answer(case, body="Trả lời.", by=by),
    Verb.SUBMIT_ANSWER: lambda case, who, by: answers.submit_answer(case, by=by),
    Verb.APPROVE_ANSWER: lambda case, who, by: answers.approve_answer(case, by=by),
    Verb.REJECT_ANSWER: lambda case, who, by: answers.reject_answer(case, by=by, note="Viết rõ hơn."),
    Verb.REFER: lambda case, who, by: actions.refer_case(case, agency=Agency.objects.all()[0], by=by),
    Verb.GUIDE: lambda case, who, by: actions.guide_sender(case, by=by, note="Gửi Sở Nội vụ."),
    Verb.MOVE_TO_COMPLAINT: lambda case, who, by: actions.move_to_complaint(case, by=by),
    Verb.MOVE_TO_DENUNCIATION: lambda case, who, by: actions.move_to_denunciation(case, by=by),
    Verb.GUIDE_AGAIN: lambda case, who, by: actions.guide_again(case, by=by, note="Gửi Ban Tiếp công dân."),
    Verb.HAND_OVER: lambda case, who, by: actions.hand_over(
        case, by=by, agency=Agency.objects.all()[0], paper_number="12/BNV-TTr", paper_dated_on=clock.today()
    ),
    Verb.SETTLE: lambda case, who, by: actions.settle(case, settled_as="guided", by=by),
    Verb.TAKE_UP_AGAIN: lambda case, who, by: actions.take_up_again(case, by=by, note="Tình tiết mới."),
    Verb.KEEP: lambda case, who, by: actions.keep_case(case, by=by, note="Chưa đủ căn cứ."),
    Verb.WITHDRAW: lambda case, who, by: actions.withdraw_case(case),
    Verb.REOPEN: lambda case, who, by: actions.reopen_case(case, by=by, note="Tình tiết mới."),
    Verb.HOLD: lambda case, who, by: actions.hold_case(case, by=by),
    Verb.RELEASE_HOLD: lambda case, who, by: actions.release_hold(case, by=by, note="Không có bí mật."),
    Verb.CONFIRM_SECRET: lambda case, who, by: actions.confirm_secret(
        case, by=by, paper_number="05/2026/BMNN", paper_dated_on=clock.today()
    ),
    Verb.NOTE: lambda case, who, by: actions.add_note(case, by=by, note="Đã gọi điện."),
    Verb.READ_CONTACTS: lambda case, who, by: actions.read_contacts(case, by=by),
    Verb.CORRECT_SENDER: lambda case, who, by: actions.correct_sender(
        case, values={"phone": f"0900{case.events.count():06}"}, by=by
    ),
}
PEOPLE = (
    "intake",
    "focal",
    "officer",
    "head",
    "other_officer",
    "other_head",
    "publisher",
    "leader",
    "inspector",
)
#: Each run walks other ways; `make test-all` walks many at once.
SEQUENCES, WALKS = (60, 40) if "PAKN_RACE_ROUNDS" in os.environ else (30, 20)
steps = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE), st.integers(0, 9)),
    min_size=1,
    max_size=12,
)


def test_every_verb_of_the_graph_is_walked() -> None:
    by_publication = {
        Verb.SUBMIT, Verb.PREPARE_PUBLIC_TEXT, Verb.REQUEST_PUBLICATION, Verb.RETURN_PUBLIC_TEXT,
        Verb.PUBLISH, Verb.UNPUBLISH, Verb.CORRECT, Verb.MARK_DUPLICATE, Verb.RECALCULATE,
    }  # fmt: skip
    assert set(Verb) - set(ACTS) == by_publication


@pytest.mark.slow
class TestWalks(TestCase):
    who: Ministry

    @classmethod
    def setUpTestData(cls) -> None:
        cls.who = make_ministry()

    @settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=steps)
    def test_any_sequence_of_buttons(self, steps: list[tuple[Verb, str, int]]) -> None:
        """Whoever presses whatever: the case moves as the table says or stays, and its register is intact."""
        who, case = self.who, make_case()
        with clock.acting_at(clock.now()):
            for verb, person, _days in steps:
                self._press(case, who, verb, getattr(who, person))
        assert list(broken_lines(case)) == []

    @settings(max_examples=WALKS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_legal_walks_end_or_go_on(self, data: st.DataObject) -> None:
        """Only possible moves, each by somebody who may: none is refused, and time passes in between."""
        who, case = self.who, make_case()
        now = clock.now()
        for _step in range(data.draw(st.integers(1, 10))):
            choices = [verb for verb in ACTS if PETITION_GRAPH.find(verb, case.status)]
            if not choices:
                assert case.status not in OPEN
                break
            verb = data.draw(st.sampled_from(choices))
            now += data.draw(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=5)))
            with clock.acting_at(now):
                self._press(case, who, verb, self._somebody(who, verb, case.status))
        assert list(broken_lines(case)) == []

    def _press(self, case: Case, who: Ministry, verb: Verb, by: Any) -> None:
        before, lines = case.status, case.events.count()
        row = PETITION_GRAPH.find(verb, before)
        try:
            ACTS[verb](case, who, by)
        except MoveError as refusal:
            assert str(refusal)
            case.refresh_from_db()
            assert (case.status, case.events.count()) == (before, lines)
            return
        if before == Status.SECRET_HOLD and verb in (Verb.SUPPLEMENT, Verb.WITHDRAW):
            # the sender knows of no lock: written down, and it counts once that is lifted
            verb = Verb.NOTE
            row = PETITION_GRAPH.find(verb, before)
        assert row is not None
        assert case.events.count() == lines + 1
        self._holds(case, before, verb)

    def _holds(self, case: Case, before: str, verb: Verb) -> None:
        event = case.events.order_by("sequence").last()
        assert event is not None
        assert (event.verb, event.from_status, event.to_status) == (verb, before, case.status)
        assert case.status in Status.values
        assert case.is_open or case.closed_on is not None
        if case.status in (Status.ROUTED, Status.PROCESSING, Status.COORDINATING, Status.DRAFT_REVIEW):
            assert case.lead_unit_id is not None
        if case.is_open:
            assert case.due_on == due_dates.due_on(case)
        assert case.is_open or not case.pauses.filter(ended_on=None).exists()

    @staticmethod
    def _somebody(who: Ministry, verb: Verb, status: str) -> Any:
        people = {
            Right.INTAKE: who.intake, Right.OFFICER: who.officer, Right.FOCAL: who.focal,
            Right.HEAD: who.head, Right.SUPPORT: who.other_officer, Right.LEADER: who.leader,
            Right.INSPECTOR: who.inspector, Right.SENDER: None,
        }  # fmt: skip
        (row,) = [row for row in PETITION_GRAPH.leaving(status) if row.verb == verb]
        return people[next(right for right in Right if right in row.rights and right in people)]
