from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as outbox

from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.petition_graph import TRANSITIONS
from pakn_portal.cases.register import broken_lines
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.rules import ENDS_WITHOUT_ANSWER, RULES, To
from pakn_portal.pages.models import AnswerPage
from pakn_portal.pages.tracking import words as public_words
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import Agency, RefusalReason
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case, make_group


def queued(case: Case, verb: str) -> list[tuple[str, str]]:
    """(template, who) of the mails of this verb's rules."""
    templates = [rule.template for rule in RULES if rule.verb == verb]
    mails = OutgoingMail.objects.filter(case=case, template__in=templates).order_by("template", "pk")
    return [(mail.template, mail.to_user.username if mail.to_user else "sender") for mail in mails]


def test_each_rule_has_its_verb_and_is_there_once() -> None:
    assert len(set(RULES)) == len(RULES)
    assert {rule.verb for rule in RULES} <= {Verb.SUBMIT, *(row.verb for row in TRANSITIONS)}


STATUSES: dict[Status, tuple[Verb, list[tuple[str, str]]]] = {
    Status.SUBMITTED: (Verb.SUBMIT, [("receipt", "sender")]),
    Status.RECEIVED: (Verb.RECEIVE, [("received", "sender")]),
    Status.NEED_INFO: (Verb.REQUEST_SUPPLEMENT, [("supplement_requested", "sender")]),
    Status.ROUTED: (Verb.FORWARD, [("case_forwarded", "daumoi")]),
    Status.RETURNED: (Verb.SEND_BACK, [("case_sent_back", "vanphong")]),
    Status.PROCESSING: (Verb.ASSIGN, [("case_assigned", "chuyenvien")]),
    Status.COORDINATING: (Verb.REQUEST_OPINION, [("opinion_requested", "lanhdao2")]),
    Status.DRAFT_REVIEW: (Verb.SUBMIT_ANSWER, [("answer_submitted", "lanhdaodonvi")]),
    Status.EXTENDED: (Verb.EXTEND_DEADLINE, [("deadline_extended", "sender")]),
    Status.ANSWERED: (Verb.APPROVE_ANSWER, [("answered", "sender")]),
    Status.PUBLISHED: (Verb.PUBLISH, [("published", "sender")]),
    Status.REJECTED: (Verb.REFUSE, [("refused", "sender")]),
    Status.DUPLICATE: (Verb.MARK_DUPLICATE, [("duplicate", "sender")]),
    Status.OUT_OF_SCOPE: (Verb.GUIDE, [("guided", "sender")]),
    Status.FORWARDED: (Verb.REFER, [("referred", "sender")]),
    Status.COMPLAINT: (Verb.MOVE_TO_COMPLAINT, [("complaint", "sender")]),
    Status.DENUNCIATION: (Verb.MOVE_TO_DENUNCIATION, [("denunciation", "sender")]),
    Status.NOTED: (Verb.KEEP, [("kept", "sender")]),
    Status.WITHDRAWN: (Verb.WITHDRAW, [("case_withdrawn", "vanphong"), ("withdrawn", "sender")]),
    Status.REOPENED: (Verb.REOPEN, [("case_reopened", "chuyenvien"), ("reopened", "sender")]),
    Status.SECRET_HOLD: (Verb.HOLD, []),
}


@pytest.mark.parametrize("status", STATUSES)
def test_who_is_told_on_the_way_there(who: Ministry, status: Status) -> None:
    case = make_case(status, who)
    verb, expected = STATUSES[status]
    assert queued(case, verb) == expected
    # and every mail on that way can be sent, and names nothing it should not
    assert send_due_mails().failed == 0
    sender = case.submission.sender
    for message in outbox.outbox:
        assert message.subject.strip() == message.subject != ""
        assert "\n" not in message.subject
        assert case.submission.title not in message.subject
        # the sender reads which of their cases it is, but in a mail that they alone brought about; a mail to
        # staff quotes nobody
        is_theirs = "Cảm ơn ông/bà đã gửi ý kiến" in message.body or "Ông/bà đã rút" in message.body
        # nothing of a sealed case leaves the house by mail
        is_told = message.to == [sender.email] and not is_theirs and not case.is_sealed
        assert (case.submission.title in message.body) == is_told
        assert sender.full_name not in message.subject
        assert (sender.full_name in message.body) == ("đã có câu trả lời" in message.subject)
        if message.to != [sender.email]:
            assert sender.email not in message.body
        assert "{{" not in message.body
        assert "\n\n\n" not in message.body
        assert "http://testserver/" in message.body


def test_who_acts_is_not_told(who: Ministry) -> None:
    who.unit.focal_person = None
    who.unit.head = who.intake
    who.unit.save()
    who.intake.groups.add(make_group("unit"))
    case = make_case(Status.RECEIVED, who)
    routing.forward_case(case, to_unit=who.unit, by=who.intake)
    assert queued(case, Verb.FORWARD) == []


def test_a_unit_without_focal_person_and_head_is_told_as_a_whole(who: Ministry) -> None:
    who.unit.focal_person = who.unit.head = None
    who.unit.save()
    case = make_case(Status.RECEIVED, who)
    routing.forward_case(case, to_unit=who.unit, by=who.intake)
    told = {name for _template, name in queued(case, Verb.FORWARD)}
    assert told == {"daumoi", "chuyenvien", "chuyenvien3", "lanhdaodonvi"}


def test_a_supplement_goes_to_whoever_has_the_case(who: Ministry) -> None:
    at_office, in_unit = make_case(Status.NEED_INFO, who), make_case(Status.PROCESSING, who)
    actions.request_supplement(in_unit, by=who.officer, note="Ngày nào?")
    for case in (at_office, in_unit):
        actions.supplement_case(case, supplement=add_supplement(case.submission, content="Ngày 1."))
    assert queued(at_office, Verb.SUPPLEMENT) == [("case_supplemented", "vanphong")]
    assert queued(in_unit, Verb.SUPPLEMENT) == [("case_supplemented", "chuyenvien")]


def test_publication_is_told_to_publishers_and_changes_to_the_preparer(who: Ministry) -> None:
    from pakn_portal.answers.actions import prepare_public_text
    from pakn_portal.pages.answers.actions import request_publication, return_public_text

    case = make_case(Status.ANSWERED, who)
    prepare_public_text(case, title="Tên", question="Hỏi?", answer="Đáp.", by=who.officer)
    request_publication(case, by=who.officer)
    return_public_text(case, by=who.publisher, note="Ngắn hơn.")
    requested = queued(case, Verb.REQUEST_PUBLICATION)
    assert requested == [("publication_requested", "bientap"), ("publication_requested", "bientap2")]
    assert queued(case, Verb.RETURN_PUBLIC_TEXT) == [("public_text_returned", "chuyenvien")]


def test_senders_of_duplicates_hear_of_the_published_answer(who: Ministry) -> None:
    duplicate = make_case(Status.SUBMITTED, sender={"email": "khac@example.vn"})
    master = make_case(Status.ANSWERED, who)
    actions.mark_duplicate(duplicate, master=master, by=who.intake)
    from pakn_portal.answers.actions import prepare_public_text
    from pakn_portal.pages.answers.actions import publish_answer, request_publication

    prepare_public_text(master, title="Tên", question="Hỏi?", answer="Đáp.", by=who.officer)
    request_publication(master, by=who.officer)
    page = publish_answer(master, by=who.publisher)
    send_due_mails()
    (message,) = [message for message in outbox.outbox if message.to == ["khac@example.vn"]][-1:]
    assert page.full_url in message.body
    assert duplicate.number in message.subject
    assert master.number not in message.subject


def test_a_sender_without_an_address_is_sent_nothing(who: Ministry) -> None:
    make_case(Status.REJECTED, who, sender={"email": ""})
    assert [mail.state for mail in OutgoingMail.objects.filter(to_user=None)] == [MailState.BY_HAND]
    outbox.outbox.clear()
    send_due_mails()
    assert [message for message in outbox.outbox if message.to == [""]] == []


def test_the_mails_stand_and_fall_with_the_verb(who: Ministry) -> None:
    from django.db import transaction

    case = make_case(Status.SUBMITTED, who)
    before = OutgoingMail.objects.count()
    with transaction.atomic():
        actions.receive_case(case, by=who.intake)
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == before


def test_the_outbox_holds_nothing_about_the_sender(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    note = "Bà Nguyễn Thị Thu Cúc (0900000101) cần nộp thêm giấy."
    actions.request_supplement(case, by=who.officer, note=note)
    kept: list[Any] = [mail.context for mail in OutgoingMail.objects.all()]
    assert [word for word in ("Cúc", "0900000101", "example.vn") if word in str(kept)] == []


def test_every_kind_of_recipient_is_found_in_one_place_and_used() -> None:
    from pakn_portal.notifications.petition import recipients

    assert set(recipients._FINDERS) == set(To) == {rule.to for rule in RULES}


@pytest.mark.parametrize("to", To)
def test_whoever_is_found_can_be_written_to(who: Ministry, to: To) -> None:
    from pakn_portal.notifications.petition.recipients import recipients_of

    case = make_case(Status.PUBLISHED, who)
    actions.mark_duplicate(make_case(), master=case, by=who.intake)
    found = recipients_of(to, case, CaseEvent(case=case, unit=who.unit))
    assert found
    assert len({(one.sender, one.user) for one in found}) == len(found)
    assert [one for one in found if (one.sender is None) == (one.user is None)] == []


Ending = Callable[[Case, Ministry], Any]
ENDINGS: dict[Verb, tuple[Status, Ending]] = {
    Verb.REFUSE: (
        Status.RECEIVED,
        lambda case, who: actions.refuse_case(case, reason=RefusalReason.objects.all()[0], by=who.intake),
    ),
    Verb.REFER: (
        Status.RECEIVED,
        lambda case, who: actions.refer_case(case, agency=Agency.objects.all()[0], by=who.intake),
    ),
    Verb.GUIDE: (
        Status.RECEIVED,
        lambda case, who: actions.guide_sender(case, by=who.intake, note="Gửi Sở Nội vụ."),
    ),
    Verb.KEEP: (
        Status.RECEIVED,
        lambda case, who: actions.keep_case(case, by=who.intake, note="Chưa đủ căn cứ."),
    ),
    Verb.WITHDRAW: (Status.RECEIVED, lambda case, who: actions.withdraw_case(case)),
    Verb.MOVE_TO_COMPLAINT: (
        Status.RECEIVED,
        lambda case, who: actions.move_to_complaint(case, by=who.intake),
    ),
    Verb.MOVE_TO_DENUNCIATION: (
        Status.RECEIVED,
        lambda case, who: actions.move_to_denunciation(case, by=who.intake),
    ),
}


def test_every_end_without_a_page_is_known() -> None:
    assert set(ENDINGS) == set(ENDS_WITHOUT_ANSWER)


@pytest.mark.parametrize("verb", sorted(ENDINGS))
def test_the_office_is_told_of_duplicates_that_wait(who: Ministry, verb: Verb) -> None:
    status, end = ENDINGS[verb]
    master, alone = make_case(status, who), make_case(status, who)
    waiting, reopened = (make_case(sender={"email": f"khac{n}@example.vn"}) for n in (1, 2))
    for case in (waiting, reopened):
        actions.mark_duplicate(case, master=master, by=who.intake)
    actions.reopen_case(reopened, by=who.intake, note="Trả lời riêng.")
    end(alone, who)
    end(master, who)
    (mail,) = OutgoingMail.objects.filter(template="duplicates_waiting")
    assert mail.to_user == who.intake
    assert (mail.context["of"], mail.context["numbers"]) == (master.number, [waiting.number])
    outbox.outbox.clear()
    assert send_due_mails().failed == 0
    (message,) = [message for message in outbox.outbox if "hồ sơ trùng" in message.subject]
    assert f"- {waiting.number}" in message.body
    assert reopened.number not in message.body
    # the office cannot open what was sealed
    assert (f"/{master.pk}/" in message.body) == (not master.is_sealed)
    assert waiting.submission.sender.full_name not in message.body


def unlocked(case: Case, who: Ministry, *acts: Callable[[Case], Any]) -> None:
    """Lock it, let the sender act, unlock it."""
    actions.hold_case(case, by=who.intake)
    for act in acts:
        act(case)
    OutgoingMail.objects.all().delete()
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")


def supplement(case: Case) -> None:
    actions.supplement_case(case, supplement=add_supplement(case.submission, content="Số sổ 01."))


def test_a_withdrawal_behind_a_lock_is_told_once_it_counts(who: Ministry) -> None:
    master, waiting = make_case(Status.PROCESSING, who), make_case()
    actions.mark_duplicate(waiting, master=master, by=who.intake)
    actions.hold_case(master, by=who.head)
    actions.withdraw_case(master)
    assert not OutgoingMail.objects.filter(template="duplicates_waiting").exists()
    assert queued(master, Verb.WITHDRAW) == [("withdrawn", "sender")]
    OutgoingMail.objects.all().delete()
    actions.release_hold(master, by=who.inspector, note="Không có bí mật.")
    assert queued(master, Verb.WITHDRAW) == [
        ("case_withdrawn", "chuyenvien"),
        ("duplicates_waiting", "vanphong"),
    ]
    (mail,) = OutgoingMail.objects.filter(template="duplicates_waiting")
    assert (mail.context["of"], mail.context["numbers"]) == (master.number, [waiting.number])
    assert send_due_mails().failed == 0


def test_a_supplement_behind_a_lock_is_told_once_it_counts(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    actions.request_supplement(case, by=who.officer, note="Số sổ?")
    unlocked(case, who, supplement)
    assert queued(case, Verb.SUPPLEMENT) == [("case_supplemented", "chuyenvien")]
    outbox.outbox.clear()
    assert send_due_mails().failed == 0
    assert case.due_on is not None
    assert f"{case.due_on:%d/%m/%Y}" in " ".join(str(message.body) for message in outbox.outbox)


def test_of_two_acts_behind_a_lock_only_the_withdrawal_counts(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    actions.request_supplement(case, by=who.officer, note="Số sổ?")
    unlocked(case, who, supplement, actions.withdraw_case)
    assert queued(case, Verb.SUPPLEMENT) == []
    assert queued(case, Verb.WITHDRAW) == [("case_withdrawn", "chuyenvien")]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.RECEIVED, "vanphong"),
        (Status.ROUTED, "daumoi"),
        (Status.PROCESSING, "chuyenvien"),
        (Status.ANSWERED, "chuyenvien"),
        (Status.PUBLISHED, "chuyenvien"),
    ],
)
def test_whoever_has_the_case_hears_that_they_can_go_on(who: Ministry, status: Status, told: str) -> None:
    case = make_case(status, who)
    holder = who.publisher if case.closed_on else who.intake
    actions.hold_case(case, by=holder, note="Có dấu MẬT.")
    assert send_due_mails().failed == 0
    outbox.outbox.clear()
    actions.release_hold(case, by=who.inspector, note="Không chứa bí mật.")
    assert queued(case, Verb.RELEASE_HOLD) == [("case_unlocked", told)]
    assert send_due_mails().failed == 0
    (message,) = outbox.outbox
    assert message.subject == f"{case.number}: có thể xử lý tiếp"
    assert case.submission.title not in message.body
    assert ("MẬT" in message.body, "bí mật" in message.body) == (False, False)
    assert (f"{case.due_on:%d/%m/%Y}" in message.body) == case.is_open
    assert f"/{case.pk}/" in message.body


def test_who_has_nothing_left_to_do_is_not_told_of_the_unlocking(who: Ministry) -> None:
    ended, withdrawn = make_case(Status.REJECTED, who), make_case(Status.PROCESSING, who)
    unlocked(ended, who)
    assert queued(ended, Verb.RELEASE_HOLD) == []
    unlocked(withdrawn, who, actions.withdraw_case)
    assert queued(withdrawn, Verb.RELEASE_HOLD) == []


def test_a_lock_after_the_end_tells_nobody_again(who: Ministry) -> None:
    master, waiting = make_case(Status.RECEIVED, who), make_case()
    actions.mark_duplicate(waiting, master=master, by=who.intake)
    actions.withdraw_case(master)
    unlocked(master, who)
    assert master.status == Status.WITHDRAWN
    assert not OutgoingMail.objects.exists()


def test_the_duplicates_of_a_duplicate_go_along_and_hear_of_the_answer(who: Ministry) -> None:
    """Nobody is left with a case that waits itself; one that is locked goes along too."""
    first, locked = (make_case(sender={"email": f"khac{n}@example.vn"}) for n in (1, 2))
    second, last = make_case(Status.RECEIVED, who), make_case(Status.DRAFT_REVIEW, who)
    for case in (first, locked):
        actions.mark_duplicate(case, master=second, by=who.intake)
    actions.hold_case(locked, by=who.intake)
    OutgoingMail.objects.all().delete()
    actions.mark_duplicate(second, master=last, by=who.intake, note="Chỉ cho người gửi này.")
    for case in (first, locked):
        case.refresh_from_db()
        assert case.master == last
        event = case.events.get(verb=Verb.MARK_DUPLICATE, data__joined_before=second.number)
        assert (event.by, event.note, event.data["master"]) == (who.intake, "", last.number)
        assert queued(case, Verb.MARK_DUPLICATE) == [("duplicate", "sender")]
        assert list(broken_lines(case)) == []
    assert (first.status, locked.status) == (Status.DUPLICATE, Status.SECRET_HOLD)
    assert not OutgoingMail.objects.filter(template="duplicates_waiting").exists()
    answers.approve_answer(last, by=who.head)
    answered = OutgoingMail.objects.filter(template="answered_together").order_by("case_id")
    assert [mail.case for mail in answered] == [first, second]
    publish(last, who)
    told = OutgoingMail.objects.filter(template="duplicate_published").order_by("case_id")
    assert [mail.case for mail in told] == [first, second]
    # what was missed behind the lock: the answer, with the address where it stands by now
    actions.release_hold(locked, by=who.inspector, note="Không có bí mật.")
    assert locked.status == Status.DUPLICATE
    assert [mail.case for mail in answered.all()] == [first, locked, second]
    assert [mail.case for mail in told.all()] == [first, second]
    outbox.outbox.clear()
    assert send_due_mails().failed == 0
    page = AnswerPage.objects.get(public_text__case=last)
    addressed = {to for message in outbox.outbox if page.full_url in message.body for to in message.to}
    assert {"khac1@example.vn", "khac2@example.vn"} <= addressed


@pytest.mark.parametrize("verb", sorted(ENDINGS))
def test_the_office_hears_of_a_duplicate_that_was_locked_when_its_master_ended(
    who: Ministry, verb: Verb
) -> None:
    status, end = ENDINGS[verb]
    master, waiting = make_case(status, who), make_case()
    actions.mark_duplicate(waiting, master=master, by=who.intake)
    actions.hold_case(waiting, by=who.intake)
    end(master, who)
    mails = OutgoingMail.objects.filter(template="duplicates_waiting")
    assert not mails.exists()
    actions.release_hold(waiting, by=who.inspector, note="Không có bí mật.")
    (mail,) = mails
    assert (mail.to_user, mail.context["of"]) == (who.intake, master.number)
    assert mail.context["numbers"] == [waiting.number]
    assert not mail.context["is_answered"]
    assert (mail.case is None) == master.is_sealed
    assert send_due_mails().failed == 0


def test_a_duplicate_that_missed_nothing_behind_its_lock_is_told_nothing(who: Ministry) -> None:
    master, waiting = make_case(Status.RECEIVED, who), make_case()
    actions.mark_duplicate(waiting, master=master, by=who.intake)
    actions.withdraw_case(master)
    unlocked(waiting, who)
    assert not OutgoingMail.objects.exists()


def publish(case: Case, who: Ministry) -> None:
    from pakn_portal.answers.actions import prepare_public_text
    from pakn_portal.pages.answers.actions import publish_answer, request_publication

    prepare_public_text(case, title="Tên", question="Hỏi?", answer="Đáp.", by=who.officer)
    request_publication(case, by=who.officer)
    publish_answer(case, by=who.publisher)


def test_who_asks_what_was_answered_is_sent_the_answer(who: Ministry) -> None:
    master, case = make_case(Status.PUBLISHED, who), make_case(sender={"email": "khac@example.vn"})
    actions.mark_duplicate(case, master=master, by=who.intake)
    outbox.outbox.clear()
    assert send_due_mails().failed == 0
    (message,) = [message for message in outbox.outbox if "cùng nội dung" in message.body]
    page = AnswerPage.objects.get(public_text__case=master)
    assert page.full_url in message.body
    assert message.to == ["khac@example.vn"]
    assert public_words.what_next(case) == "Việc này đã được trả lời ở hồ sơ đó. " + (
        "Câu trả lời đã công khai, ông/bà xem theo địa chỉ bên dưới."
    )


def test_nothing_is_joined_to_what_ended_without_an_answer(who: Ministry) -> None:
    master, case = make_case(Status.WITHDRAWN, who), make_case()
    with pytest.raises(NotAllowed, match=master.number):
        actions.mark_duplicate(case, master=master, by=who.intake)
    assert Case.objects.get(pk=case.pk).status == Status.SUBMITTED


def test_many_duplicates_are_one_mail(who: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    from pakn_portal.notifications.petition import mails as outgoing

    monkeypatch.setattr(outgoing, "LONGEST_LIST", 2)
    master = make_case(Status.RECEIVED, who)
    for _each in range(3):
        actions.mark_duplicate(make_case(), master=master, by=who.intake)
    actions.withdraw_case(master)
    (mail,) = OutgoingMail.objects.filter(template="duplicates_waiting")
    assert (len(mail.context["numbers"]), mail.context["more"]) == (2, 1)


def test_a_unit_hears_that_nobody_waits_for_it_any_more(who: Ministry) -> None:
    case = make_case(Status.COORDINATING, who)
    routing.continue_without(case, by=who.officer, note="Quá 10 ngày.")
    assert queued(case, Verb.CONTINUE_WITHOUT) == [("opinion_not_awaited", "lanhdao2")]
    outbox.outbox.clear()
    assert send_due_mails().failed == 0
    (message,) = [message for message in outbox.outbox if "không chờ ý kiến" in message.subject]
    assert "Quá 10 ngày." in message.body
    # that unit does not see the case any more
    assert "http" not in message.body


def test_an_answer_that_was_locked_is_not_mailed(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    actions.hold_case(case, by=who.head)
    outbox.outbox.clear()
    assert send_due_mails().failed == 0
    (message,) = [message for message in outbox.outbox if "đã có câu trả lời" in message.subject]
    assert "3 tháng kể từ" not in message.body


def test_the_cms_sends_no_mail_of_its_own_about_answers(who: Ministry) -> None:
    """It would send it at once, inside our transaction, whatever the mail server does."""
    make_case(Status.PUBLISHED, who)
    assert outbox.outbox == []


def test_a_mail_to_staff_quotes_no_sender(who: Ministry) -> None:
    """What is written to the sender on re-opening answers their own words; colleagues read it in the case."""
    case = make_case(Status.ANSWERED, who)
    actions.reopen_case(case, by=who.intake, note="Bà viết: “lương tháng 5 vẫn chưa trả”. Bộ xem lại.")
    actions.add_note(case, by=who.intake, note="Gọi chị Cúc, 0912345678.")
    send_due_mails()
    staff = [each for each in outbox.outbox if each.to == [who.officer.email]]
    assert [each for each in staff if "mở lại" in each.subject.lower()] != []
    assert [each for each in staff if "lương tháng 5" in each.body] == []
    assert {"không ghi người gửi phản ánh là ai" in each.body for each in staff} == {True}
