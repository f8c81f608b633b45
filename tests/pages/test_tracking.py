from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pakn_portal
from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions, due_dates
from pakn_portal.cases.enums import Status
from pakn_portal.cases.files import take_over
from pakn_portal.cases.intake import take_in
from pakn_portal.cases.models import Case
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.pages.answers.actions import correct_answer
from pakn_portal.pages.links import tracking_link
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import DeadlineRule, RefusalReason
from pakn_portal.staff.addresses import case_url
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import NewSender, NewSubmission
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.uploads import take_uploads
from pakn_portal.templatetags.pakn_text import pakn_outcome
from tests.factories import Ministry, make_case, make_ministry
from tests.pages.answers import publish
from tests.pages.forms import TRACKING, hidden
from tests.pages.test_withholding import change
from tests.submissions.files import pdf
from tests.submissions.test_cleaning import photograph

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


def make_mine(content: str = "Tôi nghỉ việc đã hai tháng.", form_key: str = "") -> tuple[Case, str]:
    """A case of mine with its secret."""
    new = NewSubmission(
        NewSender("Nguyễn Thị Thu Cúc", email="thucuc@example.vn"),
        title="Hỏi",
        content=content,
        kind="question",
    )
    accepted, case = take_in(new, form_key=form_key or secrets.issue_form_key())
    return case, accepted.secret


def open_case(client: Client, case: Case, secret: str, **more: Any) -> Any:
    return client.post(TRACKING, {"number": case.number, "secret": secret, **more})


def act(client: Client, page: Any, action: str, **more: Any) -> Any:
    data = {"grant": page.context["grant"], "action": action, **more}
    return client.post(TRACKING, data)


def test_number_and_secret_open_the_case(client: Client) -> None:
    case, secret = make_mine()
    response = open_case(client, case, f" {secret.lower()[:6]}-{secret[6:]} ")
    html = response.content.decode()
    assert response.status_code == 200
    assert case.number in html
    assert "Tôi nghỉ việc đã hai tháng." in html


def test_h45_wrong_secret_and_unknown_number_look_the_same(client: Client) -> None:
    case, _secret = make_mine()
    wrong = client.post(TRACKING, {"number": case.number, "secret": "0" * 12})
    unknown = client.post(TRACKING, {"number": "PAKN-2020-000001", "secret": "0" * 12})
    assert wrong.status_code == unknown.status_code == 404
    assert [m for _a, m in wrong.context["errors"]] == [m for _a, m in unknown.context["errors"]]
    clean = [
        re.sub(r'csrfmiddlewaretoken" value="[^"]+"|PAKN-\d{4}-\d{6}', "", each.content.decode())
        for each in (wrong, unknown)
    ]
    assert clean[0] == clean[1]
    assert {name: value for name, value in wrong.items() if name != "Content-Length"} == {
        name: value for name, value in unknown.items() if name != "Content-Length"
    }


@pytest.mark.parametrize("is_real", [True, False])
def test_after_five_wrong_tries_a_number_is_closed_for_a_while(client: Client, is_real: bool) -> None:
    case, secret = make_mine()
    number = case.number if is_real else "PAKN-2020-000001"
    codes = [client.post(TRACKING, {"number": number, "secret": "0"}).status_code for _ in range(6)]
    assert codes == [404] * 5 + [429]
    assert client.post(TRACKING, {"number": number, "secret": secret}).status_code == 429


def test_h48_after_twenty_wrong_tries_an_address_is_closed(client: Client) -> None:
    case, secret = make_mine()
    for number in range(20):
        client.post(TRACKING, {"number": f"PAKN-2020-{number:06d}", "secret": "0"})
    assert open_case(client, case, secret).status_code == 429
    assert open_case(Client(REMOTE_ADDR="198.51.100.7"), case, secret).status_code == 200


def test_h46_h47_the_result_is_kept_by_no_cache_and_told_to_nobody(client: Client) -> None:
    case, secret = make_mine()
    response = open_case(client, case, secret)
    assert "no-store" in response["Cache-Control"]
    assert "no-referrer" in response["Referrer-Policy"]
    assert "noindex" in response["X-Robots-Tag"]
    assert secret not in response.content.decode()
    assert secrets.display_secret(secret) not in response.content.decode()


def test_a_get_never_opens_a_case(client: Client) -> None:
    case, secret = make_mine()
    response = client.get(TRACKING, {"number": case.number, "secret": secret, "token": "x", "grant": "x"})
    assert response.status_code == 200
    assert "Tôi nghỉ việc" not in response.content.decode()
    assert f'value="{case.number}"' in response.content.decode()


def test_the_link_of_a_mail_opens_the_case(client: Client) -> None:
    case, _secret = make_mine()
    link = tracking_link(case.submission)
    address, _hash, fragment = link.partition("#")
    assert address == "http://testserver/pakn/tra-cuu/"
    token = fragment.partition("=")[2]
    assert client.post(TRACKING, {"token": token}).status_code == 200
    assert client.post(TRACKING, {"token": "0" * 32}).status_code == 404
    call_command("pakn_new_code", case.number)
    assert client.post(TRACKING, {"token": token}).status_code == 404
    assert client.post(TRACKING, {"token": ""}).status_code == 404


def test_what_is_asked_can_be_added_with_files(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    actions.request_supplement(case, by=ministry.intake, note="Cho biết tên công ty.")
    page = open_case(client, case, secret)
    html = page.content.decode()
    assert "Cho biết tên công ty." in html
    form_key = hidden(html, "form_key")
    empty = act(client, page, "supplement", form_key=form_key, content="", attachments=[pdf()])
    assert empty.status_code == 422
    assert [file.name for file in empty.context["files"]] == ["don.pdf"]
    done = act(client, page, "supplement", form_key=form_key, content="Công ty May 10.")
    case.refresh_from_db()
    assert (done.status_code, case.status) == (200, Status.SUBMITTED)
    supplement = case.submission.supplements.get()
    assert supplement.content == "Công ty May 10."
    assert supplement.attachments.count() == 1
    again = act(client, page, "supplement", form_key=form_key, content="Công ty May 10.")
    assert again.status_code == 200
    assert case.submission.supplements.count() == 1


def test_nothing_can_be_added_unasked(client: Client) -> None:
    case, secret = make_mine()
    page = open_case(client, case, secret)
    act(client, page, "supplement", content="Tôi bổ sung.")
    assert case.submission.supplements.count() == 0


def test_the_sender_withdraws_after_saying_so_twice(client: Client) -> None:
    case, secret = make_mine()
    page = open_case(client, case, secret)
    assert act(client, page, "withdraw").status_code == 422
    assert act(client, page, "withdraw", sure="1").status_code == 200
    case.refresh_from_db()
    assert case.status == Status.WITHDRAWN
    assert 'value="withdraw"' not in open_case(client, case, secret).content.decode()


def test_a_forged_or_foreign_grant_opens_nothing(client: Client) -> None:
    case, secret = make_mine()
    other, _other_secret = make_mine("Của người khác.")
    grant = hidden(open_case(client, case, secret).content.decode(), "grant")
    for forged in (grant + "x", grant.replace(str(case.submission.pk), str(other.submission.pk), 1), "x"):
        assert client.post(TRACKING, {"grant": forged}).status_code == 403


def test_own_files_come_back_and_no_others(client: Client) -> None:
    key = secrets.issue_form_key()
    take_uploads([pdf("Đơn của tôi.pdf")], form_key=key, address="192.0.2.1")
    case, secret = make_mine(form_key=key)
    foreign_key = secrets.issue_form_key()
    take_uploads([pdf("x.pdf", "khác")], form_key=foreign_key, address="192.0.2.1")
    other, _ = make_mine(form_key=foreign_key)
    page = open_case(client, case, secret)
    mine = act(client, page, "file", key=case.submission.attachments.get().key)
    assert mine.status_code == 200
    assert mine["Content-Type"] == "application/pdf"
    assert (
        mine["Content-Disposition"]
        == "attachment; filename*=UTF-8''%C4%90%C6%A1n%20c%E1%BB%A7a%20t%C3%B4i.pdf"
    )
    assert mine["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in mine["Content-Security-Policy"]
    assert "no-store" in mine["Cache-Control"]
    assert act(client, page, "file", key=other.submission.attachments.get().key).status_code == 404


def test_the_files_of_a_sealed_case_stay_closed_to_its_sender_too(client: Client, ministry: Ministry) -> None:
    key = secrets.issue_form_key()
    take_uploads([pdf()], form_key=key, address="192.0.2.1")
    case, secret = make_mine(form_key=key)
    page = open_case(client, case, secret)
    actions.hold_case(case, by=ministry.intake)
    answer = act(client, page, "file", key=case.submission.attachments.get().key)
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "hai tháng" not in answer.content.decode()


def test_h12_a_nul_finds_nothing_and_breaks_nothing(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    actions.request_supplement(case, by=ministry.intake, note="Cho biết tên công ty.")
    assert client.post(TRACKING, {"number": "PAKN\x00", "secret": "0"}).status_code == 404
    page = open_case(client, case, secret)
    assert act(client, page, "file", key="\x00").status_code == 404
    assert act(client, page, "attach", remove_file="\x00").status_code == 200
    assert client.get(reverse("pakn_portal:attachment", args=["\x00"])).status_code == 404


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_every_status_has_its_public_words(client: Client, ministry: Ministry, status: Status) -> None:
    case = make_case(status, ministry)
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    response = open_case(client, case, "ABC")
    html = response.content.decode()
    assert response.status_code == 200
    for name in (ministry.officer, ministry.head, ministry.intake):
        assert name.first_name not in html
    assert ("trợ cấp thất nghiệp" in html) == (
        status not in (Status.COMPLAINT, Status.DENUNCIATION, Status.SECRET_HOLD, Status.ON_PAPER)
    )


def test_who_denounces_is_sent_to_no_body_that_has_ended(client: Client, ministry: Ministry) -> None:
    case = make_case(Status.DENUNCIATION, ministry)
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    html = open_case(client, case, "ABC").content.decode()
    send_due_mails()
    sent = [str(letter.body) for letter in mail.outbox if letter.to == [case.submission.sender.email]]
    for text in (html, sent[-1]):
        assert "bộ phận được giao tiếp nhận tố cáo" in " ".join(text.split())
        assert "Thanh tra" not in text
    assert (
        "Thanh tra" not in (Path(pakn_portal.__file__).parent / "locale/vi/LC_MESSAGES/django.po").read_text()
    )


def test_a_locked_case_shows_neither_its_text_nor_why(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    actions.hold_case(case, by=ministry.intake, note="Có dấu mật")
    response = open_case(client, case, secret)
    html = response.content.decode()
    assert "Có dấu mật" not in html
    assert "hai tháng" not in html


def test_internal_notes_stay_inside(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    actions.receive_case(case, by=ministry.intake)
    from pakn_portal.routing.actions import forward_case

    forward_case(case, to_unit=ministry.unit, by=ministry.intake, note="Việc này nhạy cảm")
    html = open_case(client, case, secret).content.decode()
    assert ministry.unit.name in html
    assert "nhạy cảm" not in html


def test_the_answer_stands_on_the_page(client: Client, ministry: Ministry) -> None:
    case = make_case(Status.ANSWERED, ministry)
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    assert case.answer.body.split("\n")[0] in open_case(client, case, "ABC").content.decode()


def test_a_draft_answer_is_not_shown(client: Client, ministry: Ministry) -> None:
    case = make_case(Status.DRAFT_REVIEW, ministry)
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    assert case.answer.body.split("\n")[0] not in open_case(client, case, "ABC").content.decode()


def test_how_a_date_was_reckoned_is_told_without_what_a_rule_notes_for_staff(
    client: Client, ministry: Ministry
) -> None:
    """Extensions granted before keep their text; the page of their senders does not tell it."""
    DeadlineRule.objects.filter(step="extension").update(legal_basis="Mặc định của phần mềm")
    case = make_case(Status.EXTENDED, ministry)
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    page = open_case(client, case, "ABC")
    assert "gia hạn thêm 10 ngày làm việc" in page.context["explanation"]
    assert "phần mềm" in due_dates.explanation(case)
    assert "phần mềm" not in page.content.decode()


def test_a_long_history_costs_no_more_queries(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    with CaptureQueriesContext(connection) as short:
        open_case(client, case, secret)
    for _ in range(15):
        actions.request_supplement(case, by=ministry.intake, note="Bổ sung.")
        from pakn_portal.submissions.actions import add_supplement

        actions.supplement_case(case, supplement=add_supplement(case.submission, content="Đây."))
    with CaptureQueriesContext(connection) as long:
        open_case(client, case, secret)
    assert len(long) <= len(short) + 1


READERS = {"intake", "focal", "officer", "head", "leader"}
STRANGERS = ["other_officer", "other_head", "publisher", "inspector", "auditor", "administrator", "nobody"]
PEOPLE = [*sorted(READERS), "second_officer", *STRANGERS]


def file_of(case: Case) -> str:
    take_uploads([pdf()], form_key="tep", address="192.0.2.1")
    Attachment.objects.update(submission=case.submission, upload_key="")
    return reverse("pakn_portal:attachment", args=[Attachment.objects.get().key])


def file_of_colleague(case: Case, ministry: Ministry) -> str:
    take_uploads([pdf()], form_key="tep cua can bo", address="staff-1", is_staff=True)
    [file] = take_over(case, "tep cua can bo", by=ministry.officer)
    return reverse("pakn_portal:attachment", args=[file.key])


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("status", [Status.PROCESSING, Status.ANSWERED, Status.COMPLAINT])
def test_files_go_to_whom_the_matrix_names(
    client: Client, ministry: Ministry, person: str, status: Status
) -> None:
    case = make_case(status, ministry)
    urls = [file_of(case), file_of_colleague(case, ministry)]
    client.force_login(getattr(ministry, person))
    allowed = {
        Status.PROCESSING: {*READERS, "second_officer"},
        Status.ANSWERED: {*READERS, "second_officer", "publisher"},
        Status.COMPLAINT: {"inspector"},
    }[status]
    expected = 200 if person in allowed else 404
    assert [client.get(url).status_code for url in urls] == [expected, expected]


def test_files_stay_closed_to_visitors_and_before_they_are_checked(
    client: Client, ministry: Ministry
) -> None:
    url = file_of(make_case(Status.PROCESSING, ministry))
    assert client.get(url).status_code == 404
    client.force_login(ministry.intake)
    Attachment.objects.update(state=FileState.RECEIVED)
    assert client.get(url).status_code == 404
    assert client.get(reverse("pakn_portal:attachment", args=["x" * 43])).status_code == 404


def test_h53_a_private_file_has_no_other_address(client: Client, ministry: Ministry) -> None:
    file_of(make_case(Status.PROCESSING, ministry))
    name = Attachment.objects.get().file.name
    for path in (f"/media/{name}", f"/static/{name}", f"/media/%2e%2e/private/{name}"):
        assert client.get(path, follow=True).status_code == 404


def test_an_addition_sent_twice_is_one_and_is_answered_alike(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    actions.request_supplement(case, by=ministry.intake, note="Cho biết tên công ty.")
    page = open_case(client, case, secret)
    data = {"form_key": hidden(page.content.decode(), "form_key"), "content": "Công ty May 10."}
    answers = [act(client, page, "supplement", **data, attachments=[pdf()]) for _twice in range(2)]
    assert answers[0].context["said"] == answers[1].context["said"]
    assert case.submission.supplements.get().attachments.count() == 1
    assert Attachment.objects.count() == 1


def test_the_same_addition_is_one_even_when_it_is_asked_again(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    actions.request_supplement(case, by=ministry.intake, note="Cho biết tên công ty.")
    page = open_case(client, case, secret)
    data = {"form_key": hidden(page.content.decode(), "form_key"), "content": "Công ty May 10."}
    act(client, page, "supplement", **data)
    case.refresh_from_db()
    actions.request_supplement(case, by=ministry.intake, note="Và ngày nghỉ việc.")
    act(client, page, "supplement", **data)
    case.refresh_from_db()
    assert (case.status, case.submission.supplements.count()) == (Status.NEED_INFO, 1)


@pytest.mark.parametrize("action", ["supplement", "attach"])
def test_what_nobody_asked_for_is_refused_with_reason_and_comes_back(client: Client, action: str) -> None:
    case, secret = make_mine()
    page = open_case(client, case, secret)
    key = secrets.issue_form_key()
    told = act(client, page, action, form_key=key, content="Tôi bổ sung <b>.", attachments=[pdf()])
    html = told.content.decode()
    assert told.status_code == 422
    assert f"“{told.context['status']}”" in told.context["errors"][0][1]
    assert "Tôi bổ sung &lt;b&gt;." in html
    assert (Attachment.objects.count(), case.submission.supplements.count()) == (0, 0)


def test_h34_staff_get_the_picture_and_the_sender_their_own_file(client: Client, ministry: Ministry) -> None:
    photo, key = photograph(), secrets.issue_form_key()
    take_uploads([SimpleUploadedFile("ảnh.jpg", photo)], form_key=key, address="192.0.2.1")
    case, secret = make_mine(form_key=key)
    attachment = case.submission.attachments.get()
    own = act(client, open_case(client, case, secret), "file", key=attachment.key)
    assert b"".join(own.streaming_content) == photo
    client.force_login(ministry.intake)
    shown = client.get(reverse("pakn_portal:attachment", args=[attachment.key]))
    copy = b"".join(shown.streaming_content)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert int(shown["Content-Length"]) == len(copy)
    assert b"Exif" in photo
    assert b"Exif" not in copy


def test_a_picture_that_cannot_be_drawn_is_marked_and_handed_to_nobody(
    client: Client, ministry: Ministry
) -> None:
    key = secrets.issue_form_key()
    take_uploads([SimpleUploadedFile("ảnh.jpg", photograph())], form_key=key, address="192.0.2.1")
    case, _secret = make_mine(form_key=key)
    attachment = case.submission.attachments.get()
    with attachment.file.storage.open(attachment.file.name, "wb") as file:
        file.write(b"\xff\xd8\xff broken")
    client.force_login(ministry.intake)
    assert client.get(reverse("pakn_portal:attachment", args=[attachment.key])).status_code == 404
    attachment.refresh_from_db()
    assert attachment.state == FileState.UNREADABLE


def test_staff_read_the_warnings_beside_a_file(client: Client, ministry: Ministry) -> None:
    key = secrets.issue_form_key()
    take_uploads([pdf("đơn.pdf", "/JavaScript /EmbeddedFile")], form_key=key, address="192.0.2.1")
    case, _secret = make_mine(form_key=key)
    attachment = case.submission.attachments.get()
    assert attachment.warnings == ["active", "embedded"]
    Attachment.objects.filter(pk=attachment.pk).update(warnings=["active", "embedded", "of another day"])
    client.force_login(ministry.intake)
    html = client.get(case_url(case.pk)).content.decode()
    assert html.count("pakn-file-warning") == 2


def test_the_answer_says_what_it_rests_on_and_what_came_of_it(client: Client, ministry: Ministry) -> None:
    case, secret = make_mine()
    actions.receive_case(case, by=ministry.intake)
    routing.forward_case(case, to_unit=ministry.unit, by=ministry.intake)
    routing.assign_case(case, officer=ministry.officer, by=ministry.focal)
    bases = "38/2013/QH13\nĐiều 49, 50"
    answers.draft_answer(case, body="Còn hạn.", by=ministry.officer, outcome="solved", legal_bases=bases)
    answers.submit_answer(case, by=ministry.officer)
    answers.approve_answer(case, by=ministry.head)
    html = open_case(client, case, secret).content.decode()
    assert "<li>38/2013/QH13</li><li>Điều 49, 50</li>" in re.sub(r"\s+<", "<", html)
    assert str(pakn_outcome("solved")) in html


def test_a_corrected_answer_is_marked_where_its_sender_reads_it(client: Client) -> None:
    who = make_ministry()
    page = publish(who)
    case = page.public_text.case
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    assert "Đã đính chính" not in open_case(client, case, "ABC").content.decode()
    change(page, who, title="Hỏi về trợ cấp", question="Hỏi?", answer="Đáp.")
    correct_answer(case, by=who.publisher, note="Mức trợ cấp là 60%.")
    html = open_case(client, Case.objects.get(pk=case.pk), "ABC").content.decode()
    at = html.index("Đã đính chính ngày")
    note, sent = html.index("Mức trợ cấp là 60%."), page.public_text.case.answer.body.splitlines()[0]
    # what holds now stands first, what was sent before is folded below it
    assert html.index('id="pakn-answer"') < at < note < html.index("Đáp.")
    assert html.index("Đáp.") < html.index("Câu trả lời đã gửi ông/bà trước đó") < html.index(sent)
    assert "Nội dung đã đính chính" in html


@pytest.mark.parametrize(("code", "may_send_again"), [("unclear", True), ("court_judgment", False)])
def test_a_refusal_tells_its_ground_and_how_to_send_it_again(
    client: Client, ministry: Ministry, code: str, may_send_again: bool
) -> None:
    case, secret = make_mine()
    reason = RefusalReason.objects.get(code=code)
    actions.refuse_case(case, reason=reason, by=ministry.intake, note="Xin nêu rõ tên đơn vị.")
    html = open_case(client, case, secret).content.decode()
    assert (html.count(reason.public_text), html.count("Xin nêu rõ tên đơn vị.")) == (1, 1)
    assert ("Viết lại và gửi" in html) == may_send_again
