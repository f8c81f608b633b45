from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from pakn_portal.answers import actions as answers
from pakn_portal.answers.models import Answer
from pakn_portal.answers.texts import words_in
from pakn_portal.answers.told.together import answer_kept, answer_told, to_confirm
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.history import history
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import broken_lines
from pakn_portal.flow.errors import Forbidden, NotAllowed
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.mails import PetitionMails
from pakn_portal.pages.tracking.result import result_context, with_names
from pakn_portal.pages.tracking.told import files_for_sender
from pakn_portal.people.scope import scope_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.moves.outlooks import of_the_answer, others_read
from pakn_portal.submissions import secrets
from pakn_portal.submissions.uploads import take_uploads
from tests.factories import Ministry, make_case
from tests.pages.test_public_files import letter, offences
from tests.pages.test_tracking import open_case

pytestmark = pytest.mark.django_db

ANSWER = "Ông/bà nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc."


def fresh(case: Case) -> Case:
    return Case.objects.with_names().select_related("master").get(pk=case.pk)


def joined_to(master: Case, who: Ministry, *, email: str = "khac@example.vn") -> Case:
    """A case of Lý Thị Hạ, by her code "ABC"."""
    case = make_case(Status.RECEIVED, who, sender={"email": email, "full_name": "Lý Thị Hạ"})
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    actions.mark_duplicate(case, master=fresh(master), by=who.intake)
    return fresh(case)


def told_to(email: str) -> list[str]:
    """The texts of the mails that left for this address since the last look."""
    send_due_mails()
    texts = [str(message.body) for message in outbox.outbox if message.to == [email]]
    outbox.outbox.clear()
    return texts


def write(case: Case, who: Ministry, body: str) -> None:
    answers.draft_answer(fresh(case), body=body, by=who.officer)


def test_everybody_who_wrote_about_it_gets_the_answer_under_their_own_number(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    (waits,) = told_to("khac@example.vn")[-1:]
    assert "Khi có câu trả lời, Bộ sẽ gửi cho cả ông/bà" in waits
    assert answer_told(case) is None

    answers.approve_answer(fresh(master), by=who.head, note="Riêng cho chuyên viên.")

    (text,) = told_to("khac@example.vn")
    assert ANSWER in text and case.number in text and "38/2013/QH13" in text
    assert "Riêng cho chuyên viên" not in text
    case = fresh(case)
    answer = answer_told(case)
    assert answer is not None and answer.case_id == master.pk
    assert (case.status, fresh(master).events.last().data["joined"]) == (Status.DUPLICATE, 1)  # type: ignore[union-attr]
    assert not OutgoingMail.objects.filter(template="duplicates_waiting").exists()
    assert not list(broken_lines(master))
    lines = [line.sentence for line in history(fresh(master), scope_of(who.intake))]
    assert any("gửi chung cho người gửi của 1 hồ sơ trùng nội dung" in line for line in lines)


def test_the_sender_of_a_joined_case_reads_it_with_their_own_code(who: Ministry, client: Client) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    assert ANSWER not in open_case(client, case, "ABC").content.decode()
    answers.approve_answer(fresh(master), by=who.head)
    page = open_case(client, case, "ABC").content.decode()
    assert ANSWER in page and "câu trả lời chung cho những người gửi cùng nội dung" in page


def test_an_answer_for_many_names_none_of_them(who: Ministry) -> None:
    master = make_case(Status.PROCESSING, who)
    joined_to(master, who)
    own = master.submission.sender.full_name
    spellings = ("Lý-Thị-Hạ", "L\u200bý Thị Hạ", "Hạ Thị Lý", "Hạ, Lý Thị", "LÝ THỊ HẠ")
    for named in (own, "Lý Thị Hạ", *spellings, "0912 345 678"):
        write(master, who, f"{ANSWER}\n\nBộ trả lời {named} như sau.")
        with pytest.raises(Forbidden, match="đoạn 2"):
            answers.submit_answer(fresh(master), by=who.officer)
    write(master, who, ANSWER)
    answers.submit_answer(fresh(master), by=who.officer)


def test_whoever_approves_reads_before_who_else_gets_it(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    assert "hồ sơ trùng nội dung" not in of_the_answer(fresh(master))
    joined_to(master, who)
    joined_to(master, who, email="nua@example.vn")
    assert "người gửi của 2 hồ sơ trùng nội dung" in of_the_answer(fresh(master))


def test_nor_does_what_the_head_corrects(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    words = words_in(master.answer)._replace(body=f"Kính gửi bà Lý Thị Hạ. {ANSWER}")
    joined_to(master, who)
    with pytest.raises(NotAllowed, match="đoạn 1"):
        answers.approve_answer(fresh(master), by=who.head, corrected=words)
    assert fresh(master).status == Status.DRAFT_REVIEW


def test_of_a_case_alone_a_name_may_stand_in_the_answer(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    write(case, who, f"Kính gửi {case.submission.sender.full_name}. {ANSWER}")
    answers.submit_answer(fresh(case), by=who.officer)
    answers.approve_answer(fresh(case), by=who.head)
    assert fresh(case).status == Status.ANSWERED


def test_who_is_joined_to_an_answered_case_is_told_at_once(who: Ministry) -> None:
    master = make_case(Status.ANSWERED, who)
    case = joined_to(master, who)
    (text,) = told_to("khac@example.vn")[-1:]
    assert ANSWER in text and master.number in text
    lines = [line.sentence for line in history(case, scope_of(who.intake))]
    assert any("người gửi nhận câu trả lời của hồ sơ đó" in line for line in lines)
    assert case.events.get(verb=Verb.MARK_DUPLICATE).data["answer"] == answer_told(case).version  # type: ignore[union-attr]


def test_an_answer_that_names_its_sender_goes_to_nobody_else(who: Ministry) -> None:
    master = make_case(Status.PROCESSING, who)
    own = master.submission.sender.full_name
    write(master, who, f"Kính gửi {own}. {ANSWER}")
    answers.submit_answer(fresh(master), by=who.officer)
    answers.approve_answer(fresh(master), by=who.head)
    case = joined_to(master, who)
    (text,) = told_to("khac@example.vn")[-1:]
    assert own not in text and ANSWER not in text and "Khi câu trả lời được công khai" in text
    assert answer_told(case) is None


def test_a_refusal_tells_where_somebody_is_named_but_not_whom_it_knows(who: Ministry) -> None:
    """Whoever writes may not open the joined cases, least of all a locked one."""
    master = make_case(Status.PROCESSING, who)
    actions.hold_case(joined_to(master, who), by=who.intake, suspected="denunciation")
    write(master, who, "Trần Văn A, Lý Thị Hạ, Đỗ Văn C")
    with pytest.raises(Forbidden) as refused:
        answers.submit_answer(fresh(master), by=who.officer)
    assert "đoạn 1" in str(refused.value)
    assert "Lý Thị Hạ" not in str(refused.value) and "1 hồ sơ" not in str(refused.value)
    write(master, who, ANSWER)
    answers.submit_answer(fresh(master), by=who.officer)
    assert "hồ sơ trùng nội dung" not in of_the_answer(fresh(master))
    answers.approve_answer(fresh(master), by=who.head)
    lines = [line.sentence for line in history(fresh(master), scope_of(who.intake))]
    assert not any("gửi chung" in line for line in lines)


@pytest.mark.parametrize("name", ["Người Lao Động", "Hồ Sơ", "Bảo Hiểm Xã Hội", "Ông Bà", "Hà Nội"])
def test_no_sender_stops_an_answer_by_what_they_call_themselves(who: Ministry, name: str) -> None:
    master = make_case(Status.PROCESSING, who)
    case = make_case(Status.RECEIVED, who, sender={"full_name": name, "address": "Hà Nội"})
    actions.mark_duplicate(case, master=fresh(master), by=who.intake)
    write(master, who, "Ông bà là người lao động, nộp hồ sơ tại cơ quan bảo hiểm xã hội ở Hà Nội.")
    answers.submit_answer(fresh(master), by=who.officer)


@pytest.mark.parametrize(
    "place",
    ["số 7 Tràng Thi, Hà Nội", "facebook.com/bhxh", "hoidap@baohiem.vn", "ông Hạ", "L.T.H", "lý thị hạ"],
)
def test_what_may_name_somebody_is_for_the_approver_to_judge(who: Ministry, place: str) -> None:
    master = make_case(Status.PROCESSING, who)
    case = joined_to(master, who)
    write(master, who, f"Đề nghị liên hệ: {place}.")
    answers.submit_answer(fresh(master), by=who.officer)
    with pytest.raises(NotAllowed, match=place.removeprefix("ông ")):
        answers.approve_answer(fresh(master), by=who.head)
    client = Client()
    client.force_login(who.head)
    url = addresses.move_url(master.pk, Verb.APPROVE_ANSWER)
    asked = client.post(url, {"version": fresh(master).version})
    assert place in asked.content.decode() and fresh(master).status == Status.DRAFT_REVIEW
    seen = asked.context["form"]["seen"].value()
    client.post(url, {"version": fresh(master).version, "seen": seen})
    assert fresh(master).events.last().data["confirmed"] == 1  # type: ignore[union-attr]
    assert answer_told(fresh(case)) is not None
    lines = [line.sentence for line in history(fresh(master), scope_of(who.intake))]
    assert any("đã xác nhận 1 chỗ" in line for line in lines)


def _of_organisation(master: Case, who: Ministry, name: str) -> Case:
    case = make_case(Status.RECEIVED, who, sender={"kind": "organisation", "organisation": name})
    actions.mark_duplicate(case, master=fresh(master), by=who.intake)
    return fresh(case)


def test_who_joins_later_is_told_only_where_these_very_places_were_judged(who: Ministry) -> None:
    """Not where there are no more of them: another sender may be the one whom the answer speaks of."""
    master = make_case(Status.PROCESSING, who)
    first = _of_organisation(master, who, "Tổ dân phố Hoa Sen")
    write(master, who, f"{ANSWER} Tổ dân phố Hoa Sen đã có văn bản. Nhóm hộ Sông Đáy Vàng đang bị thanh tra.")
    answers.submit_answer(fresh(master), by=who.officer)
    places = to_confirm(fresh(master), words_in(fresh(master).answer))
    answers.approve_answer(fresh(master), by=who.head, confirmed=[each.fingerprint for each in places])
    line = fresh(master).events.get(verb=Verb.APPROVE_ANSWER)
    assert len(line.data["confirmed_places"]) == line.data["confirmed"] == 1
    assert places[0].fingerprint not in str(line.data)
    assert answer_told(_of_organisation(master, who, "Hội khác")) is not None
    actions.correct_sender(first, values={"organisation": "Chi hội Hoa Sen"}, by=who.intake, note="Tên sai.")
    spoken_of = _of_organisation(master, who, "Nhóm hộ Sông Đáy Vàng")
    assert answer_told(spoken_of) is None
    assert answer_told(_of_organisation(master, who, "Hội thứ ba")) is None


def again(case: Case, who: Ministry, body: str) -> None:
    """Opened again and answered anew."""
    actions.reopen_case(fresh(case), by=who.intake, note="Có quy định mới.")
    write(case, who, body)
    answers.submit_answer(fresh(case), by=who.officer)
    answers.approve_answer(fresh(case), by=who.head)


def test_who_was_joined_late_gets_what_is_answered_anew(who: Ministry) -> None:
    master, first = make_case(Status.ANSWERED, who), make_case(Status.RECEIVED, who)
    along, locked = joined_to(first, who, email="c@example.vn"), joined_to(master, who, email="d@example.vn")
    actions.mark_duplicate(fresh(first), master=fresh(master), by=who.intake)
    actions.hold_case(locked, by=who.intake)
    again(master, who, "Nay là 6 tháng.")
    for case in (along, first):
        answer = answer_told(fresh(case))
        assert answer is not None and answer.body == "Nay là 6 tháng."
    assert "6 tháng" in told_to("c@example.vn")[-1]
    actions.release_hold(fresh(locked), by=who.inspector, note="Không có bí mật.")
    assert "6 tháng" in told_to("d@example.vn")[-1]


def test_whoever_is_told_the_answer_with_the_joining_lacks_no_other_mail(who: Ministry) -> None:
    """Nor does one that is locked when it goes along."""
    master, second = make_case(Status.ANSWERED, who), make_case(Status.RECEIVED, who)
    joined_to(master, who)
    actions.hold_case(joined_to(second, who), by=who.intake)
    actions.mark_duplicate(fresh(second), master=fresh(master), by=who.intake)
    assert [line for line in offences() if "mail" in line] == []


def test_who_is_joined_late_reads_of_nobody_else_who_was(who: Ministry) -> None:
    master = make_case(Status.PROCESSING, who)
    write(master, who, f"Theo phản ánh của bà Lý Thị Hạ: {ANSWER}")
    answers.submit_answer(fresh(master), by=who.officer)
    answers.approve_answer(fresh(master), by=who.head)
    joined_to(master, who)
    late = make_case(Status.RECEIVED, who, sender={"full_name": "Vi Văn Ba", "email": "ba@example.vn"})
    actions.mark_duplicate(late, master=fresh(master), by=who.intake)
    assert answer_told(fresh(late)) is None


def test_files_that_were_chosen_for_one_person_go_to_nobody_else(who: Ministry) -> None:
    """A paper about somebody may be among them, and nobody who approved it knew of others."""
    master = make_case(Status.ANSWERED, who)
    Answer.objects.filter(case=master).update(files="00000000-0000-0000-0000-000000000000 ab quyet-dinh.pdf")
    case = joined_to(master, who)
    assert answer_told(case) is None
    assert not [text for text in told_to("khac@example.vn") if ANSWER in text or "quyet-dinh" in text]


def test_files_of_a_common_answer_go_to_whoever_asked_alone(who: Ministry, client: Client) -> None:
    """What they are called and what stands in them may name that person."""
    master = make_case(Status.PROCESSING, who)
    case, own = joined_to(master, who), master.submission.sender
    key = secrets.issue_form_key()
    paper = SimpleUploadedFile(f"{own.full_name}.docx", letter(f"{own.full_name}, {own.address}"))
    assert not take_uploads([paper], form_key=key, address="staff-1", is_staff=True).errors
    answers.draft_answer(fresh(master), body=ANSWER, form_key=key, by=who.officer)
    answers.submit_answer(fresh(master), by=who.officer)
    assert "không kèm tệp" in of_the_answer(fresh(master))
    answers.approve_answer(fresh(master), by=who.head)
    mail = OutgoingMail.objects.get(template="answered_together")
    words = PetitionMails().words(fresh(case), mail)
    assert words["answer"] == ANSWER and words["files"] == ""
    assert files_for_sender(fresh(case)) == []
    assert own.full_name not in open_case(client, fresh(case), "ABC").content.decode()
    assert [file.name for file in files_for_sender(fresh(master))] == [f"{own.full_name}.docx"]


def test_of_a_locked_case_nothing_is_told_when_it_goes_along(who: Ministry) -> None:
    master, second = make_case(Status.ANSWERED, who), make_case(Status.RECEIVED, who)
    locked = joined_to(second, who)
    actions.hold_case(locked, by=who.intake)
    told_to("khac@example.vn")
    actions.mark_duplicate(fresh(second), master=fresh(master), by=who.intake)
    assert fresh(locked).master == master
    assert [text for text in told_to("khac@example.vn") if "được giải quyết chung với" in text] == []
    assert answer_told(fresh(locked)) is None


def test_its_legal_bases_name_nobody_either(who: Ministry) -> None:
    master = make_case(Status.PROCESSING, who)
    joined_to(master, who)
    bases = "Đơn của Lý Thị Hạ"
    answers.draft_answer(fresh(master), body=ANSWER, legal_bases=bases, by=who.officer)
    with pytest.raises(Forbidden, match="phần căn cứ pháp lý"):
        answers.submit_answer(fresh(master), by=who.officer)


def test_what_was_approved_before_joined_senders_were_told_stays_with_its_sender(who: Ministry) -> None:
    """The line of the approval says nothing of others: it was written to one person."""
    master = make_case(Status.ANSWERED, who)
    case = make_case(Status.RECEIVED, who)
    Case.objects.filter(pk=case.pk).update(status=Status.DUPLICATE, master=master)
    assert answer_told(fresh(case)) is None


def test_a_matter_that_is_opened_again_takes_its_answer_back_from_all(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    answers.approve_answer(fresh(master), by=who.head)
    told_to("khac@example.vn")
    actions.reopen_case(fresh(master), by=who.intake, note="Có quy định mới.")
    (text,) = told_to("khac@example.vn")
    assert case.number in text and "Có quy định mới" in text
    assert answer_told(fresh(case)) is None


def test_who_goes_their_own_way_has_no_share_in_it(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    actions.reopen_case(fresh(case), by=who.intake, note="Tình tiết khác.")
    told_to("khac@example.vn")
    answers.approve_answer(fresh(master), by=who.head)
    assert told_to("khac@example.vn") == []
    assert answer_told(fresh(case)) is None


def test_a_sealed_answer_is_nobodys(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    answers.approve_answer(fresh(master), by=who.head)
    actions.hold_case(fresh(master), by=who.head)
    assert answer_told(fresh(case)) is None
    assert not [text for text in told_to("khac@example.vn") if ANSWER in text]


def locked_as(suspected: str) -> Any:
    return lambda case, by: actions.hold_case(case, by=by, suspected=suspected)


@pytest.mark.parametrize(
    ("act", "stays"),
    [
        (actions.move_to_denunciation, True),
        (locked_as("denunciation"), True),
        (locked_as("secret"), False),
    ],
)
def test_what_a_joined_sender_was_told_stays_unless_it_may_be_a_secret(
    act: Any, stays: bool, who: Ministry
) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    answers.approve_answer(fresh(master), by=who.head)
    told_to("khac@example.vn")
    act(fresh(master), by=who.intake)
    assert answer_told(fresh(case)) is None  # nobody is sent it any more
    context = result_context(with_names(fresh(case).submission), RequestFactory().get("/"))
    assert (context["answer"] is not None) is stays
    assert stays or context["next"] == "Bộ đang xem lại hồ sơ này."
    assert master.number in context["status"]


def test_an_answer_that_was_taken_back_before_the_case_was_sealed_does_not_come_back(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    answers.approve_answer(fresh(master), by=who.head)
    actions.reopen_case(fresh(master), by=who.intake, note="Có quy định mới.")
    actions.hold_case(fresh(master), by=who.intake, suspected="denunciation")
    assert answer_kept(fresh(case)) is None


@pytest.mark.parametrize("act", [actions.move_to_denunciation, actions.hold_case])
def test_no_mail_leaves_without_the_answer_that_it_brings(who: Ministry, act: Any) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    joined_to(master, who)
    told_to("khac@example.vn")
    answers.approve_answer(fresh(master), by=who.head)
    act(fresh(master), by=who.intake)
    assert not [text for text in told_to("khac@example.vn") if "trả lời chung" in text]
    assert OutgoingMail.objects.get(template="answered_together").state == MailState.WITHHELD


def test_whoever_opens_a_matter_again_reads_before_who_is_told_why(who: Ministry) -> None:
    master = make_case(Status.ANSWERED, who)
    assert others_read(fresh(master)) == ""
    joined_to(master, who)
    client = Client()
    client.force_login(who.intake)
    page = client.get(addresses.move_url(master.pk, Verb.REOPEN)).content.decode()
    assert "người gửi của 1 hồ sơ trùng nội dung" in page


def test_who_was_locked_meanwhile_is_told_once_it_counts(who: Ministry) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    actions.hold_case(fresh(case), by=who.intake)
    told_to("khac@example.vn")
    answers.approve_answer(fresh(master), by=who.head)
    assert told_to("khac@example.vn") == []
    actions.release_hold(fresh(case), by=who.inspector, note="Không có bí mật.")
    (text,) = told_to("khac@example.vn")
    assert ANSWER in text and case.number in text


def test_words_that_nobody_approved_are_told_to_nobody(who: Ministry, client: Client) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    case = joined_to(master, who)
    answers.approve_answer(fresh(master), by=who.head)
    Answer.objects.filter(case=master).update(body="Khác hẳn.")
    assert not [text for text in told_to("khac@example.vn") if "Khác hẳn" in text]
    page = open_case(client, case, "ABC").content.decode()
    assert "Khác hẳn" not in page
    assert fresh(master).events.filter(verb=Verb.NOTE, data__doubted=True).count() == 1


def test_many_cost_no_more_questions_than_one(who: Ministry) -> None:
    counts = []
    for number in (1, 1, 12):  # the first fills caches
        master = make_case(Status.DRAFT_REVIEW, who)
        for at in range(number):
            joined_to(master, who, email=f"khac{at}@example.vn")
        with CaptureQueriesContext(connection) as counted:
            answers.approve_answer(fresh(master), by=who.head)
        counts.append(len(counted))
    assert counts[1] == counts[2]


@pytest.mark.parametrize("place", [0, 1], ids=["of the approval", "of joining"])
def test_a_mail_that_told_it_and_is_gone_is_noticed(who: Ministry, place: int) -> None:
    master = make_case(Status.DRAFT_REVIEW, who)
    joined_to(master, who)
    answers.approve_answer(fresh(master), by=who.head)
    joined_to(master, who, email="sau@example.vn")
    assert not offences()
    OutgoingMail.objects.filter(template="answered_together").order_by("pk")[place].delete()
    assert any("has too few mails “answered_together”" in line for line in offences())
