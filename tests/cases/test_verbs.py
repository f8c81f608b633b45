from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.models import Answer
from pakn_portal.cases import actions, due_dates
from pakn_portal.cases.enums import Outcome, Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.register import broken_lines
from pakn_portal.cases.tasks import close_unanswered_cases, recalculate_open_cases
from pakn_portal.flow.errors import Conflict, IllegalMove, NotAllowed
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.register import chain
from pakn_portal.routing import actions as routing
from pakn_portal.routing.extensions import due_on_if_extended
from pakn_portal.snippets.enums import Urgency
from pakn_portal.snippets.models import DeadlineRule, Holiday, RefusalReason, Sector
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case, make_unit, make_user

NOON = timezone.make_aware(datetime(2026, 6, 1, 12))  # a Monday


def verbs(case: Case) -> list[str]:
    return list(case.events.order_by("sequence").values_list("verb", flat=True))


def test_a_new_case_has_number_clock_and_first_line(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case()
    assert case.number == "PAKN-2026-000001"
    assert case.registered_on == date(2026, 6, 1)
    assert case.due_on == due_dates.due_on(case)
    assert case.intake_due_on == date(2026, 6, 3)
    event = case.events.get()
    assert (event.verb, event.sequence, event.previous_hash) == (Verb.SUBMIT, 1, "")
    assert event.data == {"channel": "web", "due_on": case.due_on.isoformat() if case.due_on else None}


def test_the_whole_road(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    assert verbs(case) == [
        "submit", "receive", "forward", "assign", "draft_answer", "submit_answer", "approve_answer",
    ]  # fmt: skip
    assert case.closed_on == clock.today()
    assert case.outcome == Outcome.EXPLAINED
    assert case.events.get(verb=Verb.FORWARD).unit == who.unit


def test_an_illegal_move_is_refused_in_a_sentence(who: Ministry) -> None:
    case = make_case()
    with pytest.raises(IllegalMove) as refusal:
        routing.forward_case(case, to_unit=who.unit, by=who.intake)
    assert case.number in str(refusal.value)
    assert str(Status.SUBMITTED.label) in str(refusal.value)
    assert verbs(case) == ["submit"]


def test_a_stale_page_is_told_who_was_faster(who: Ministry) -> None:
    case = make_case()
    stale = Case.objects.get(pk=case.pk)
    actions.receive_case(case, by=who.intake)
    with pytest.raises(Conflict, match="Đoàn Thị Minh Nguyệt"):
        actions.refuse_case(stale, reason=RefusalReason.objects.all()[0], by=who.intake)
    assert verbs(case) == ["submit", "receive"]


def test_a_receiver_that_fails_undoes_the_verb(who: Ministry) -> None:
    from pakn_portal import signals

    def fail(**kwargs: object) -> None:
        raise RuntimeError("no outbox")

    case = make_case()
    signals.event_recorded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.receive_case(case, by=who.intake)
    finally:
        signals.event_recorded.disconnect(fail)
    case.refresh_from_db()
    assert (case.status, verbs(case)) == (Status.SUBMITTED, ["submit"])
    actions.receive_case(case, by=who.intake)


def test_refusing_names_a_reason_and_stops_the_clock(who: Ministry) -> None:
    case = make_case(Status.REJECTED, who)
    assert case.refusal_reason == RefusalReason.objects.all()[0]
    assert case.closed_on == clock.today()
    assert case.events.last().data["reason"] == case.refusal_reason.code  # type: ignore[union-attr]


def test_asking_the_sender_stops_the_clock_and_their_answer_starts_it(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case(Status.RECEIVED, who)
        before = case.due_on
        actions.request_supplement(case, by=who.intake, note="Ngày nghỉ việc?")
    assert (case.due_on, case.supplement_due_on) == (None, date(2026, 6, 15))
    with clock.acting_at(NOON + timedelta(days=3)):
        supplement = add_supplement(case.submission, content="Ngày 01/04.")
        actions.supplement_case(case, supplement=supplement)
    assert case.status == Status.RECEIVED
    assert case.supplement_due_on is None
    # Monday to Thursday did not count
    assert before is not None
    assert case.due_on == date(2026, 6, 25)
    assert case.due_on > before


def test_supplement_leads_back_to_where_it_was_asked(who: Ministry) -> None:
    case = make_case(Status.EXTENDED, who)
    actions.request_supplement(case, by=who.officer, note="Số sổ bảo hiểm?")
    actions.hold_case(case, by=who.officer)
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    assert case.status == Status.NEED_INFO
    actions.supplement_case(case, supplement=add_supplement(case.submission, content="Tôi gửi."))
    assert case.status == Status.EXTENDED


def test_the_sender_cannot_supplement_unasked(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    supplement = add_supplement(case.submission, content="Thêm.")
    with pytest.raises(IllegalMove):
        actions.supplement_case(case, supplement=supplement)


def test_silence_of_the_sender_closes_the_case_once(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case(Status.NEED_INFO, who)
    with clock.acting_at(NOON + timedelta(days=14)):
        assert close_unanswered_cases() == 0
    with clock.acting_at(NOON + timedelta(days=15)):
        assert close_unanswered_cases() == 1
        assert close_unanswered_cases() == 0
    case.refresh_from_db()
    assert (case.status, case.refusal_reason.code) == (Status.REJECTED, "not_supplemented")  # type: ignore[union-attr]


def test_a_case_that_was_late_already_is_not_closed_by_the_system(who: Ministry) -> None:
    """The ministry owed the answer; its officer and the office are told, and decide."""
    with clock.acting_at(NOON):
        case = make_case(Status.PROCESSING, who)
    with clock.acting_at(NOON + timedelta(days=40)):
        actions.request_supplement(case, by=who.officer, note="Xin nêu rõ ngày nghỉ việc.")
    with clock.acting_at(NOON + timedelta(days=70)):
        assert close_unanswered_cases() == 0
        sweep_deadlines()
    case.refresh_from_db()
    assert case.status == Status.NEED_INFO
    told = {
        mail.to_user.username
        for mail in OutgoingMail.objects.filter(template="deadline_digest")
        if mail.to_user and any(row["kind"] == "not_supplemented" for row in mail.context["cases"])
    }
    assert told >= {who.officer.username, who.intake.username}


def test_a_reason_that_was_deleted_does_not_stop_the_sweep(
    who: Ministry, caplog: pytest.LogCaptureFixture
) -> None:
    with clock.acting_at(NOON):
        cases = [make_case(Status.NEED_INFO, who), make_case(Status.NEED_INFO, who)]
    RefusalReason.objects.filter(code="not_supplemented").delete()
    with clock.acting_at(NOON + timedelta(days=15)):
        assert close_unanswered_cases() == 2
    for case in cases:
        case.refresh_from_db()
        assert case.refusal_reason is not None
        assert (case.status, case.refusal_reason.code) == (Status.REJECTED, "not_supplemented")
        assert case.refusal_reason.public_text
    assert [record.name for record in caplog.records if "not_supplemented" in record.getMessage()] == [
        "pakn_portal.snippets.needed"
    ]


def test_classifying_takes_the_rule_of_the_sector(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    sector = Sector.objects.all()[1]
    DeadlineRule.objects.create(
        step="reply", sector=sector, urgency="express", sender_kind="citizen", kind="question",
        amount=3, unit="wd", valid_from=date(2019, 1, 1), legal_basis="QĐ 1",
    )  # fmt: skip
    before = case.due_on
    actions.classify_case(case, sector=sector, urgency="express", by=who.intake)
    assert (case.sector, case.term_amount, case.term_unit, case.legal_basis) == (sector, 3, "wd", "QĐ 1")
    assert case.due_on is not None
    assert before is not None
    assert case.due_on < before


EVENINGS = [
    datetime(2026, 6, 1, 12),
    datetime(2026, 6, 1, 16, 59),
    datetime(2026, 6, 1, 17, 1),
    datetime(2026, 6, 5, 23, 59),  # a Friday: registered on Monday
    datetime(2026, 6, 6, 9),
    datetime(2026, 12, 31, 23, 59),
    datetime(2026, 2, 17, 10),  # Tết
]


@pytest.mark.parametrize("sent", EVENINGS, ids=lambda at: f"{at:%d-%m %H.%M}")
def test_one_extension_only(sent: datetime, who: Ministry) -> None:
    """At any hour: what comes in the evening is registered later than it may be extended."""
    with clock.acting_at(timezone.make_aware(sent)):
        case = make_case(Status.PROCESSING, who)
        before, promised = case.due_on, due_on_if_extended(case)
        routing.extend_deadline(case, by=who.head, note="Phức tạp.")
        assert before is not None
        assert case.due_on is not None
        assert case.due_on > before
        assert case.due_on == promised == due_dates.due_on(Case.objects.get(pk=case.pk))
        routing.assign_case(case, officer=who.officer, by=who.head)
        with pytest.raises(NotAllowed, match=r"(?i)một lần|once"):
            routing.extend_deadline(case, by=who.head, note="Nữa.")


def test_what_was_granted_on_the_day_of_reopening_belongs_to_the_term_before(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case(Status.PROCESSING, who)
        plain = case.due_on
        actions.request_supplement(case, by=who.officer, note="Xin ghi rõ nơi làm việc.")
        actions.supplement_case(case, supplement=add_supplement(case.submission, content="Tôi bổ sung."))
        routing.extend_deadline(case, by=who.head, note="Phức tạp.")
        answers.draft_answer(case, body="Trả lời.", by=who.officer)
        answers.submit_answer(case, by=who.officer)
        answers.approve_answer(case, by=who.head)
        actions.reopen_case(case, by=who.intake, note="Chưa đúng.")
        assert (due_dates.pauses_of(case), due_dates.extensions_of(case)) == ([], [])
        assert case.due_on == plain
        routing.extend_deadline(case, by=who.head, note="Xác minh lại.")
    numbered = import_module("pakn_portal.migrations.0008_terms_by_number")
    told = [[row.term_number for row in rows.order_by("pk")] for rows in (case.pauses, case.extensions)]
    assert told == [[1], [1, 2]]
    for rows in (case.pauses, case.extensions, Case.objects.filter(pk=case.pk)):
        rows.update(term_number=1)
    numbered.number_terms(apps, None)
    assert [
        [row.term_number for row in rows.order_by("pk")] for rows in (case.pauses, case.extensions)
    ] == told
    assert Case.objects.get(pk=case.pk).term_number == 2


def test_reopening_starts_a_new_term_which_may_be_extended(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case(Status.EXTENDED, who)
        answers.draft_answer(case, body="Trả lời.", by=who.officer)
        answers.submit_answer(case, by=who.officer)
        answers.approve_answer(case, by=who.head)
        term = case.term_amount
    with clock.acting_at(NOON + timedelta(days=30)):
        actions.reopen_case(case, by=who.intake, note="Chưa đúng.")
        plain = case.due_on
        assert (case.status, case.closed_on, case.term_started_on) == (
            Status.REOPENED,
            None,
            date(2026, 7, 1),
        )
        assert case.due_on == due_dates.due_on(case)
        routing.extend_deadline(case, by=who.head, note="Xác minh lại.")
    assert term == case.term_amount
    assert plain is not None
    assert case.due_on is not None
    assert case.due_on > plain


def test_a_new_holiday_moves_open_cases_and_leaves_closed_ones(who: Ministry) -> None:
    with clock.acting_at(NOON):
        open_case, closed = make_case(Status.PROCESSING, who), make_case(Status.REJECTED, who)
        new = make_case(Status.SUBMITTED, who)
    before = (open_case.due_on, closed.due_on)
    Holiday.objects.create(date=date(2026, 6, 3), name="Nghỉ bù")
    assert recalculate_open_cases() == 2
    assert recalculate_open_cases() == 0
    for case in (open_case, closed, new):
        case.refresh_from_db()
    assert before[0] is not None
    assert (open_case.due_on, closed.due_on) == (before[0] + timedelta(days=1), before[1])
    assert verbs(open_case)[-1] == Verb.RECALCULATE
    assert open_case.events.last().data["due_on_before"] == before[0].isoformat()  # type: ignore[union-attr]
    assert new.intake_due_on == date(2026, 6, 4)


def test_a_year_without_holidays_is_not_guessed(who: Ministry) -> None:
    """F27: the case is accepted all the same, and gets its date once the rows are there."""
    Holiday.objects.filter(date__year=2027).delete()
    with clock.acting_at(timezone.make_aware(datetime(2026, 12, 28, 9))):
        case = make_case()
    assert case.due_on is None
    assert "2027" in due_dates.explanation(case)
    from tests.factories import _starter

    Holiday.objects.bulk_create(Holiday(**row) for row in _starter("holidays.json") if row["date"] >= "2027")
    assert recalculate_open_cases() == 1
    case.refresh_from_db()
    assert case.due_on is not None


def test_opinion_of_another_unit(who: Ministry) -> None:
    case = make_case(Status.COORDINATING, who)
    assert list(case.supporting_units.all()) == [who.other_unit]
    routing.give_opinion(case, by=who.other_head, note="Nhất trí.")
    assert (case.status, case.events.last().unit) == (Status.PROCESSING, who.other_unit)  # type: ignore[union-attr]


def test_the_lead_unit_is_not_asked_by_itself(who: Ministry) -> None:
    with pytest.raises(NotAllowed):
        routing.request_opinion(make_case(Status.PROCESSING, who), unit=who.unit, by=who.officer, note="?")


def test_a_silent_unit_holds_nobody_up(who: Ministry) -> None:
    case = make_case(Status.EXTENDED, who)
    routing.request_opinion(case, unit=who.other_unit, by=who.officer, note="Xin ý kiến.")
    with pytest.raises(NotAllowed):
        routing.continue_without(case, by=who.other_officer, note="Chúng tôi không trả lời.")
    routing.continue_without(case, by=who.officer, note="Quá 10 ngày chưa có ý kiến.")
    event = case.events.last()
    assert event is not None
    assert (case.status, event.unit, event.note) == (
        Status.EXTENDED,
        who.other_unit,
        "Quá 10 ngày chưa có ý kiến.",
    )
    assert not Case.objects.visible_to(who.other_officer).filter(pk=case.pk).exists()


def test_units_are_asked_one_after_another_and_only_the_asked_one_answers(who: Ministry) -> None:
    third = make_unit("Vụ Pháp chế")
    lawyer = make_user("phapche", full_name="Hồ Thị Luật", unit=third)
    case = make_case(Status.COORDINATING, who)
    routing.give_opinion(case, by=who.other_head, note="Nhất trí.")
    routing.request_opinion(case, unit=third, by=who.officer, note="Về mặt pháp lý?")
    with pytest.raises(NotAllowed, match="Vụ Pháp chế"):
        routing.give_opinion(case, by=who.other_head, note="Xin nói thêm.")
    assert Case.objects.get(pk=case.pk).status == Status.COORDINATING
    routing.give_opinion(case, by=lawyer, note="Đúng luật.")
    assert (case.status, case.events.last().unit) == (Status.PROCESSING, third)  # type: ignore[union-attr]
    assert set(case.supporting_units.all()) == {who.other_unit, third}


@pytest.mark.parametrize("how", ["send_back", "forward"])
def test_units_that_were_asked_lose_sight_of_a_case_that_moves_on(who: Ministry, how: str) -> None:
    case = make_case(Status.COORDINATING, who)
    routing.give_opinion(case, by=who.other_head, note="Nhất trí.")
    assert Case.objects.visible_to(who.other_officer).filter(pk=case.pk).exists()
    if how == "send_back":
        routing.send_back(case, by=who.officer, note="Thuộc Cục Trẻ em.")
    else:
        answers.draft_answer(case, body="Trả lời.", by=who.officer)
        answers.submit_answer(case, by=who.officer)
        answers.approve_answer(case, by=who.head)
        actions.reopen_case(case, by=who.intake, note="Chưa đúng.")
        routing.forward_case(case, to_unit=make_unit("Cục Trẻ em", head=who.other_head), by=who.intake)
    assert not case.supporting_units.exists()
    assert not Case.objects.visible_to(who.other_officer).filter(pk=case.pk).exists()
    assert case.events.get(verb=Verb.REQUEST_OPINION).unit == who.other_unit


def test_a_closed_unit_gets_nothing(who: Ministry) -> None:
    who.unit.is_active = False
    who.unit.save()
    with pytest.raises(NotAllowed, match="Cục Việc làm"):
        routing.forward_case(make_case(Status.RECEIVED, who), to_unit=who.unit, by=who.intake)


def test_a_unit_without_people_gets_nothing(who: Ministry) -> None:
    """Whatever calls the verb: a form offers no such unit, and an import or a command has no form."""
    empty, sector = make_unit("Cục Trẻ em"), Sector.objects.all()[0]
    new, received = make_case(Status.SUBMITTED, who), make_case(Status.RECEIVED, who)
    asking = make_case(Status.PROCESSING, who)
    with pytest.raises(NotAllowed, match="Cục Trẻ em"):
        routing.forward_case(received, to_unit=empty, by=who.intake)
    with pytest.raises(NotAllowed, match="Cục Trẻ em"):
        routing.take_to_unit(new, sector=sector, urgency=Urgency.NORMAL, to_unit=empty, by=who.intake)
    with pytest.raises(NotAllowed, match="Cục Trẻ em"):
        routing.request_opinion(asking, unit=empty, by=who.officer, note="Xin ý kiến.")
    statuses = [Case.objects.get(pk=case.pk).status for case in (new, received, asking)]
    assert statuses == [Status.SUBMITTED, Status.RECEIVED, Status.PROCESSING]
    call_command("pakn_verify", "--only", "I6")
    empty.head = who.other_head
    empty.save()
    routing.forward_case(received, to_unit=empty, by=who.intake)


def test_sending_back_frees_the_case(who: Ministry) -> None:
    case = make_case(Status.RETURNED, who)
    assert (case.lead_unit, case.officer) == (None, None)
    assert case.events.last().unit == who.unit  # type: ignore[union-attr]


def test_nobody_approves_what_they_wrote(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    answers.draft_answer(case, body="Trả lời.", by=who.head)
    answers.submit_answer(case, by=who.head)
    with pytest.raises(NotAllowed):
        answers.approve_answer(case, by=who.head)
    answers.approve_answer(case, by=who.leader)
    answer = Answer.objects.get(case=case)
    assert (answer.approved_by, answer.approved_hash) == (who.leader, answers.text_hash("Trả lời."))


def test_everybody_who_saved_the_draft_is_its_writer(who: Ministry) -> None:
    """Four eyes are not had by letting a colleague save once more."""
    case = make_case(Status.PROCESSING, who)
    answers.draft_answer(case, body="Tôi viết hết.", by=who.head)
    answers.draft_answer(case, body="Tôi viết hết!", by=who.officer)
    answers.submit_answer(case, by=who.officer)
    with pytest.raises(NotAllowed):
        answers.approve_answer(case, by=who.head)
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT_REVIEW
    answers.approve_answer(case, by=who.leader)


def test_an_answer_drafted_anew_has_new_writers(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    answers.draft_answer(case, body="Bản của lãnh đạo.", by=who.head)
    answers.submit_answer(case, by=who.head)
    answers.approve_answer(case, by=who.leader)
    actions.reopen_case(case, by=who.intake, note="Chưa đúng.")
    answers.submit_answer(case, by=who.officer)
    with pytest.raises(NotAllowed):
        answers.approve_answer(case, by=who.head)
    answers.reject_answer(case, by=who.leader, note="Viết lại.")
    answers.draft_answer(case, body="Bản mới.", by=who.officer)
    answers.submit_answer(case, by=who.officer)
    answers.approve_answer(case, by=who.head)
    assert case.status == Status.ANSWERED


def test_the_system_approves_nothing(who: Ministry) -> None:
    with pytest.raises(NotAllowed):
        answers.approve_answer(make_case(Status.DRAFT_REVIEW, who), by=None)


def test_an_empty_draft_is_not_submitted(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    with pytest.raises(NotAllowed):
        answers.submit_answer(case, by=who.officer)
    answers.draft_answer(case, body="   ", by=who.officer)
    with pytest.raises(NotAllowed):
        answers.submit_answer(case, by=who.officer)


def test_two_drafts_at_once_do_not_overwrite_one_another(who: Ministry) -> None:
    """F12: the second is told; what they typed is still theirs to send again."""
    case = make_case(Status.PROCESSING, who)
    stale = Case.objects.get(pk=case.pk)
    answers.draft_answer(case, body="Bản một.", by=who.officer)
    with pytest.raises(Conflict, match="Trịnh Thị Hải Yến"):
        answers.draft_answer(stale, body="Bản hai.", by=who.second_officer)
    assert Answer.objects.get().body == "Bản một."


def test_a_duplicate_points_to_its_master(who: Ministry) -> None:
    case = make_case(Status.DUPLICATE, who)
    assert case.master is not None
    assert list(case.master.duplicates.all()) == [case]
    with pytest.raises(NotAllowed):
        actions.mark_duplicate(make_case(), master=case, by=who.intake)


def test_a_duplicate_is_re_opened_with_a_term_of_its_own(who: Ministry) -> None:
    with clock.acting_at(NOON):
        case = make_case(Status.DUPLICATE, who)
        number = case.master.number  # type: ignore[union-attr]
    with clock.acting_at(NOON + timedelta(days=20)):
        with pytest.raises(NotAllowed):
            actions.reopen_case(case, by=who.leader, note="Trả lời riêng.")
        actions.reopen_case(case, by=who.intake, note="Hồ sơ kia đã được rút.")
    assert (case.status, case.master, case.closed_on) == (Status.RECEIVED, None, None)
    assert (case.registered_on, case.term_started_on) == (date(2026, 6, 1), date(2026, 6, 21))
    assert case.due_on == due_dates.due_on(case)
    assert case.events.last().data["master"] == number  # type: ignore[union-attr]
    routing.forward_case(case, to_unit=who.unit, by=who.intake)


def test_withdrawing_is_the_senders(who: Ministry) -> None:
    case = make_case(Status.NEED_INFO, who)
    actions.withdraw_case(case)
    assert (case.status, case.events.last().by) == (Status.WITHDRAWN, None)  # type: ignore[union-attr]
    assert not case.pauses.filter(ended_on=None).exists()


@pytest.mark.parametrize("person", ["intake", "officer", "focal", "head", "other_officer", "leader"])
def test_a_note_changes_nothing_and_disturbs_nobody(who: Ministry, person: str) -> None:
    case = make_case(Status.COORDINATING, who)
    before = (case.status, case.version, case.due_on)
    actions.add_note(case, by=getattr(who, person), note="Đã gọi 0912345678 cho bà Nguyễn Thị Thu Cúc.")
    assert (case.status, case.version, case.due_on) == before
    event = case.events.last()
    assert event is not None
    assert (event.verb, event.by, event.unit) == (Verb.NOTE, getattr(who, person), None)
    assert [word for word in ("0912345678", "Cúc") if word in event.note] == []
    assert list(broken_lines(case)) == []


def test_a_note_can_be_left_in_what_is_closed_or_sealed(who: Ministry) -> None:
    closed, sealed = make_case(Status.REJECTED, who), make_case(Status.COMPLAINT, who)
    actions.add_note(closed, by=who.intake, note="Người gửi đã gọi lại.")
    actions.add_note(sealed, by=who.inspector, note="Đã chuyển phòng 2.")
    assert (closed.status, sealed.status) == (Status.REJECTED, Status.COMPLAINT)
    for case, person in ((sealed, who.intake), (closed, who.officer), (closed, who.auditor)):
        with pytest.raises(NotAllowed):
            actions.add_note(case, by=person, note="Tôi không được xem.")
    with pytest.raises(NotAllowed):
        actions.add_note(closed, by=who.intake, note="  ")


def test_looking_at_contacts_is_written_down(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    actions.read_contacts(case, by=who.officer)
    event = case.events.last()
    assert event is not None
    assert (event.verb, event.by) == (Verb.READ_CONTACTS, who.officer)


def test_notes_lose_personal_data(who: Ministry) -> None:
    case = make_case(Status.ROUTED, who)
    note = "Bà Nguyễn Thị Thu Cúc, 0900 000 101, thucuc.nguyen@example.vn, gọi lại 0912345678."
    routing.send_back(case, by=who.focal, note=note)
    kept = case.events.last().note  # type: ignore[union-attr]
    assert [word for word in ("Cúc", "000 101", "thucuc", "0912345678") if word in kept] == []


# the register


def test_the_register_cannot_be_changed(who: Ministry) -> None:
    event = make_case().events.get()
    for change in (
        event.delete,
        event.save,
        lambda: CaseEvent.objects.all().delete(),
        lambda: CaseEvent.objects.update(note="khác"),
        lambda: Case.objects.all().delete(),
        event.case.delete,
    ):
        with pytest.raises(TypeError):
            change()


def test_a_line_changed_behind_our_back_is_found(who: Ministry) -> None:
    from django.db import connection

    case = make_case(Status.RECEIVED, who)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pakn_portal_caseevent SET note='x' WHERE case_id=%s AND sequence=1", [case.pk])
    assert [line.sequence for line in broken_lines(case)] == [1]


def test_a_line_taken_away_is_found(who: Ministry) -> None:
    from django.db import connection

    case = make_case(Status.ROUTED, who)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pakn_portal_caseevent WHERE case_id=%s AND sequence=2", [case.pk])
    assert [line.sequence for line in broken_lines(case)] == [3]


def test_the_seal_holds_after_a_round_through_the_database(who: Ministry) -> None:
    case = make_case()
    line = CaseEvent(case=case, verb=Verb.READ_CONTACTS, from_status=case.status, to_status=case.status)
    line.data = {"a": [1, "ỷ", None]}
    chain.append(line, case, texts={})
    assert list(broken_lines(case)) == []


@pytest.mark.parametrize("status", [Status.PROCESSING])
def test_a_verb_costs_few_queries(
    who: Ministry, status: Status, django_assert_max_num_queries: object
) -> None:
    case = make_case(status, who)
    officer = type(who.officer).objects.get(pk=who.officer.pk)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        answers.draft_answer(case, body="Trả lời.", by=officer)
