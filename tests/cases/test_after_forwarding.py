"""What can still be done once a unit has the case: recall, remind, another urgency, a day within the unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.history import history
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import MoveError, NotAllowed
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.people.scope import scope_of
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import DeadlineRule
from tests.factories import Ministry, make_case


def told(case: Case, template: str) -> set[str]:
    mails = OutgoingMail.objects.filter(case=case, template=template)
    return set(mails.values_list("to_user__username", flat=True))


def test_a_wrong_forwarding_is_recalled(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    routing.set_inner_due(case, on=case.due_on, by=who.head)
    with pytest.raises(MoveError):
        routing.recall_case(case, by=who.intake, note=" ")
    routing.recall_case(case, by=who.intake, note="Thuộc Vụ Bảo hiểm xã hội.")
    assert (case.status, case.lead_unit, case.officer, case.inner_due_on) == (
        Status.RECEIVED, None, None, None,
    )  # fmt: skip
    assert case.events.get(verb=Verb.RECALL).unit == who.unit
    assert told(case, "case_recalled") == {"daumoi"}
    assert not Case.objects.visible_to(who.officer).filter(pk=case.pk).exists()
    assert "thu hồi hồ sơ đã chuyển Cục Việc làm" in history(case, scope_of(who.intake))[-1].sentence
    routing.forward_case(case, to_unit=who.other_unit, by=who.intake)
    assert case.lead_unit == who.other_unit


def test_a_reminder_disturbs_nobody_who_writes(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    open_page = Case.objects.get(pk=case.pk)
    routing.remind_unit(case, by=who.intake, note="Sắp hết hạn.")
    assert (case.status, told(case, "case_reminded")) == (Status.PROCESSING, {"chuyenvien", "daumoi"})
    answers.draft_answer(open_page, body="Trả lời.", by=who.officer)
    with pytest.raises(NotAllowed):
        routing.remind_unit(Case.objects.get(pk=case.pk), by=who.officer)


def test_another_urgency_takes_the_rule_for_it(who: Ministry) -> None:
    DeadlineRule.objects.create(
        step="reply",
        kind="question",
        sender_kind="citizen",
        urgency="express",
        amount=3,
        unit="wd",
        valid_from=clock.today() - timedelta(days=90),
    )
    case = make_case(Status.PROCESSING, who)
    before = case.due_on
    routing.change_urgency(case, urgency="express", by=who.intake, note="Theo chỉ đạo.")
    assert (case.urgency, case.term_amount) == ("express", 3)
    assert before is not None
    assert case.due_on is not None
    assert case.due_on < before
    line = case.events.get(verb=Verb.CHANGE_URGENCY)
    assert (line.data["urgency"], line.data["urgency_before"]) == ("express", "normal")
    assert told(case, "urgency_changed") == {"chuyenvien"}


def test_the_day_within_the_unit_is_no_later_than_the_promise(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    assert case.due_on is not None
    for day in (case.due_on + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(NotAllowed):
            routing.set_inner_due(case, on=day, by=who.head)
    mails = set(OutgoingMail.objects.values_list("pk", flat=True))
    routing.set_inner_due(case, on=case.due_on, by=who.focal)
    assert case.inner_due_on == case.due_on
    assert case.events.order_by("sequence").last().state["inner_due_on"] == case.due_on.isoformat()
    routing.set_inner_due(case, on=None, by=who.focal)
    sentences = [line.sentence for line in history(case, scope_of(who.head))]
    assert [sentence.split()[-4:] for sentence in sentences[-1:]] == [["bỏ", "hạn", "nội", "bộ"]]
    assert set(OutgoingMail.objects.values_list("pk", flat=True)) == mails
