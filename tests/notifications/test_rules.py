from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as outbox

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.graph import TRANSITIONS
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rules import RULES, To
from pakn_portal.notifications.sending import send_due_mails
from pakn_portal.routing import actions as routing
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case


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
        assert case.submission.title not in message.subject + message.body
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
    from pakn_portal.pages.actions import request_publication, return_public_text

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
    from pakn_portal.pages.actions import publish_answer, request_publication

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
    assert OutgoingMail.objects.filter(to_user=None).count() == 0


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


def test_every_recipient_can_be_found() -> None:
    from pakn_portal.notifications import recipients

    assert {rule.to for rule in RULES} <= set(recipients._FINDERS) | {To.SENDER, To.SENDERS_OF_DUPLICATES}


def test_the_cms_sends_no_mail_of_its_own_about_answers(who: Ministry) -> None:
    """It would send it at once, inside our transaction, whatever the mail server does."""
    make_case(Status.PUBLISHED, who)
    assert outbox.outbox == []
