"""Before any act that writes to the sender, staff read the whole mail; two boxes are never confused."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.models import Answer
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers.actions import archive_page, request_publication
from pakn_portal.snippets.models import RefusalReason
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.moves import table
from pakn_portal.staff.notices.preview import tells_sender
from pakn_portal.submissions.models import MailLink
from tests.factories import Ministry, make_case
from tests.staff.conftest import As

pytestmark = pytest.mark.django_db

PART = {"X-Pakn-Part": "letter"}
READ_BY_SENDER, READ_BY_STAFF = "Người gửi đọc nguyên văn", "Chỉ cán bộ đọc"


def text(response: Any) -> str:
    return str(response.content.decode())


def look(client: Any, case: Case, verb: Verb) -> str:
    """The page of the act after “Xem thư”; a script presses it as the page comes."""
    url = addresses.move_url(case.pk, verb)
    assert "data-pakn-look" in text(client.get(url))
    return text(client.post(url, {"version": case.version, "letter": "letter"}))


def test_the_whole_mail_stands_there_before_the_act(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.SUBMITTED, ministry)
    before = (case.status, case.version, case.events.count(), OutgoingMail.objects.count())
    links = MailLink.objects.count()
    page = look(as_user(ministry.intake), case, Verb.RECEIVE)
    assert f"Hồ sơ {case.number}: đã tiếp nhận" in page
    assert case.submission.title in page
    assert "Kính gửi ông/bà," in page
    # the link is the sender's alone
    assert "#lien-ket" not in page
    assert MailLink.objects.count() == links
    case.refresh_from_db()
    assert (case.status, case.version, case.events.count(), OutgoingMail.objects.count()) == before


def test_it_follows_what_is_typed_with_script_and_without(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry)
    client, url = as_user(ministry.intake), addresses.move_url(case.pk, Verb.REQUEST_SUPPLEMENT)
    assert "[lời gửi người gửi sẽ hiện ở đây]" in look(client, case, Verb.REQUEST_SUPPLEMENT)
    typed = {"version": case.version, "note": "Xin gửi quyết định nghỉ việc.", "letter": "letter"}
    whole = text(client.post(url, {**typed, "inner_note": "Gọi thêm Sở."}))
    assert whole.count("Xin gửi quyết định nghỉ việc.") == 2  # in its box, and in the letter
    assert whole.count("Gọi thêm Sở.") == 1
    part = client.post(url, typed, headers={"X-Pakn-Part": "letter"})
    assert text(part).count("Xin gửi quyết định nghỉ việc.") == 1
    assert "<html" not in text(part)
    case.refresh_from_db()
    assert case.status == Status.RECEIVED
    assert case.events.count() == 2


def test_what_has_to_be_chosen_first_is_said(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.SUBMITTED, ministry)
    client, url = as_user(ministry.intake), addresses.move_url(case.pk, Verb.REFUSE)
    assert "Điền các ô bên trên" in look(client, case, Verb.REFUSE)
    chosen = {
        "version": case.version,
        "reason": RefusalReason.objects.get(code="unclear").pk,
        "letter": "letter",
    }
    assert RefusalReason.objects.get(code="unclear").public_text in text(
        client.post(url, chosen, headers={"X-Pakn-Part": "letter"})
    )


def test_two_boxes_that_cannot_be_confused(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry)
    client, url = as_user(ministry.intake), addresses.move_url(case.pk, Verb.REQUEST_SUPPLEMENT)
    page = text(client.get(url))
    sender, staff = page.index('data-audience="sender"'), page.index('data-audience="staff"')
    letter = page.index("Thư người gửi sẽ nhận")
    assert sender < page.index(READ_BY_SENDER) < letter < staff < page.index(READ_BY_STAFF)
    words = {"version": case.version, "note": "Xin gửi giấy.", "inner_note": "Nghi trùng hồ sơ khác."}
    client.post(url, words)
    (mail,) = OutgoingMail.objects.filter(template="supplement_requested")
    assert mail.context["note"] == "Xin gửi giấy."
    assert "Nghi trùng" not in str(OutgoingMail.objects.values_list("context", flat=True))
    verbs = case.events.order_by("sequence").values_list("verb", "note")[2:]
    assert list(verbs) == [
        (Verb.NOTE, "Nghi trùng hồ sơ khác."),
        (Verb.REQUEST_SUPPLEMENT, "Xin gửi giấy."),
    ]


def test_the_inner_note_falls_with_the_act(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry)
    url = addresses.move_url(case.pk, Verb.REQUEST_SUPPLEMENT)
    stale = {"version": case.version - 1, "note": "Xin gửi giấy.", "inner_note": "Của nội bộ."}
    answer = as_user(ministry.intake).post(url, stale)
    assert answer.status_code == 409
    assert "Của nội bộ." in text(answer)
    assert not case.events.filter(verb=Verb.NOTE).exists()


#: Their mails say nothing that is written in the form, or nothing but what everybody reads.
WITHOUT_WORDS_OF_ITS_OWN = {Verb.RECEIVE, Verb.APPROVE_ANSWER, Verb.PUBLISH, Verb.CORRECT, Verb.HAND_OVER}
#: What they write is read by everybody, or is the sender's own.
WITHOUT_INNER_WORDS = {
    Verb.DRAFT_ANSWER,
    Verb.REQUEST_PUBLICATION,
    Verb.PUBLISH,
    Verb.CORRECT,
    Verb.UNPUBLISH,
    Verb.SUPPLEMENT,
    # of a state secret nobody writes anything here
    Verb.CONFIRM_SECRET,
}


@pytest.mark.parametrize("verb", sorted(table.MOVES))
def test_every_act_says_whether_it_writes_to_the_sender(verb: Verb) -> None:
    """And no box that the sender reads is in an act that writes nothing to them, or the reverse."""
    fields = table.MOVES[verb].form.base_fields.values()
    audiences = {getattr(field, "audience", "") for field in fields}
    assert ("sender" in audiences) == (tells_sender(verb) and verb not in WITHOUT_WORDS_OF_ITS_OWN)
    assert ("staff" in audiences) == (verb not in WITHOUT_INNER_WORDS)


def test_an_act_that_writes_nothing_says_so(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry)
    page = text(as_user(ministry.intake).get(addresses.move_url(case.pk, Verb.FORWARD)))
    assert "Việc này không gửi gì cho người gửi." in page
    assert READ_BY_STAFF in page
    assert READ_BY_SENDER not in page


def test_who_has_no_mail_is_told_by_a_letter_and_the_panel_says_so(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.SUBMITTED, ministry, sender={"email": ""})
    page = look(as_user(ministry.intake), case, Verb.RECEIVE)
    assert "Thư này không tự gửi đi: cần in thư hoặc gọi điện." in page
    assert "được gửi tự động" not in page


def test_approval_shows_the_answer_as_the_sender_gets_it(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.DRAFT_REVIEW, ministry)
    page = look(as_user(ministry.head), case, Verb.APPROVE_ANSWER)
    assert f"Hồ sơ {case.number}: đã có câu trả lời" in page
    assert re.search(rf"Kính gửi .*{case.submission.sender.full_name},", page)
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT_REVIEW


def test_what_was_emptied_is_in_no_mail(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.DRAFT_REVIEW, ministry)
    client, url = as_user(ministry.head), addresses.move_url(case.pk, Verb.APPROVE_ANSWER)
    first = {name: client.get(url).context["form"][name].value() for name in ("body", "outcome")}
    answer = Answer.objects.get(case=case)
    assert answer.legal_bases
    form = {**first, "version": case.version, "letter": "letter"}
    kept = text(client.post(url, {**form, "legal_bases": answer.legal_bases}, headers=PART))
    emptied = text(client.post(url, {**form, "legal_bases": ""}, headers=PART))
    assert answer.legal_bases in kept
    assert answer.legal_bases not in emptied


def test_the_public_address_is_whole_as_in_the_mail(ministry: Ministry, section: Any, as_user: As) -> None:
    case = make_case(Status.ANSWERED, ministry)
    words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn."}
    prepare_public_text(case, **words, by=ministry.officer)
    request_publication(case, by=ministry.officer)
    case.refresh_from_db()
    url, form = addresses.move_url(case.pk, Verb.PUBLISH), {"version": case.version, "letter": "letter"}
    page = text(as_user(ministry.publisher).post(url, form, headers=PART))
    assert archive_page().full_url in page


def test_a_strangers_look_finds_no_case(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry)
    url = addresses.move_url(case.pk, Verb.REFUSE)
    answer = as_user(ministry.other_officer).post(
        url, {"letter": "letter"}, headers={"X-Pakn-Part": "letter"}
    )
    assert answer.status_code == 404
    # who sees the case and may not refuse it is shown no mail either
    shown = as_user(ministry.leader).post(
        url,
        {"letter": "letter", "version": case.version, "reason": RefusalReason.objects.get(code="unclear").pk},
        headers={"X-Pakn-Part": "letter"},
    )
    assert RefusalReason.objects.get(code="unclear").public_text not in text(shown)
