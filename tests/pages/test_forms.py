from __future__ import annotations

import re
import threading
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from pakn_portal.cases.models import Case
from pakn_portal.submissions.models import Attachment, Submission
from tests.pages.forms import BUSINESS, CITIZEN, GOOD, fill, hidden, number_and_secret, send
from tests.submissions.files import pdf, png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]


def messages(response: Any) -> list[str]:
    """The sentences of the error summary."""
    return [message for _anchor, message in response.context["errors"]]


def test_a_citizen_sends_a_question_and_gets_number_and_secret(client: Client) -> None:
    response = send(client)
    number, secret = number_and_secret(response.content.decode())
    case = Case.objects.get()
    assert response.status_code == 200
    assert number == case.number
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", secret)
    assert case.submission.sender.phone == "0900000101"
    assert case.submission.sender.full_name == GOOD["full_name"]
    assert [event.verb for event in case.events.all()] == ["submit"]


def test_a_business_names_itself_and_its_representative(client: Client) -> None:
    response = send(client, BUSINESS, organisation="Công ty TNHH May Bình Minh", tax_code="0312 345 678")
    assert response.status_code == 200
    sender = Submission.objects.get().sender
    assert (sender.kind, sender.organisation, sender.tax_code) == (
        "business",
        "Công ty TNHH May Bình Minh",
        "0312345678",
    )


def test_the_same_form_sent_again_shows_the_same_receipt(client: Client) -> None:
    data = fill(client)
    first, second = client.post(CITIZEN, data), client.post(CITIZEN, data)
    assert number_and_secret(first.content.decode()) == number_and_secret(second.content.decode())
    assert Case.objects.count() == 1


def test_what_was_typed_comes_back_with_a_message_beside_each_field(client: Client) -> None:
    response = send(client, title="", phone="12", email="ten@", kind=None, address="Số 18 <b>phường</b>")
    html = response.content.decode()
    assert response.status_code == 422
    assert GOOD["content"] in html
    assert "Số 18 &lt;b&gt;phường&lt;/b&gt;" in html
    for field in ("id_kind_0", "id_title", "id_phone", "id_email"):
        assert f'href="#{field}"' in html
    for field in ("id_title", "id_phone", "id_email"):
        assert re.search(rf'id="{field}_error"', html)
        assert re.search(rf'<(input|textarea)[^>]*id="{field}"', html)
    assert Case.objects.count() == 0


def test_every_link_of_the_summary_leads_to_something(client: Client) -> None:
    html = send(client, **dict.fromkeys(GOOD, None), plain_answer="").content.decode()
    anchors = re.findall(r'<a href="#([^"]+)">', html)
    assert len(anchors) >= 6
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in html] == []


def test_a_telephone_or_an_email_is_enough(client: Client) -> None:
    assert send(client, phone="").status_code == 422
    assert send(client, phone="", email="thucuc@example.vn").status_code == 200


def test_a_good_file_survives_a_wrong_form_and_goes_with_the_right_one(client: Client) -> None:
    data = fill(client, title="")
    wrong = client.post(CITIZEN, {**data, "attachments": [pdf("đơn.pdf"), pdf("x.exe")]})
    assert wrong.status_code == 422
    assert [file.name for file in wrong.context["files"]] == ["đơn.pdf"]
    assert "đơn.pdf" in wrong.content.decode()
    right = client.post(CITIZEN, {**data, "title": GOOD["title"]})
    assert right.status_code == 200
    assert [file.name for file in Case.objects.get().submission.attachments.all()] == ["đơn.pdf"]


def test_a_kept_file_can_be_removed(client: Client) -> None:
    data = fill(client, title="")
    html = client.post(CITIZEN, {**data, "attachments": [pdf("a.pdf"), png("b.png")]}).content.decode()
    key = re.findall(r'name="remove_file" value="([^"]+)"', html)[0]
    client.post(CITIZEN, {**data, "title": GOOD["title"], "remove_file": [key]})
    assert [file.name for file in Attachment.objects.all()] == ["b.png"]


def test_files_can_be_added_before_the_form_is_complete(client: Client) -> None:
    response = client.post(
        CITIZEN, {**fill(client, title="", content=""), "action": "attach", "attachments": [pdf()]}
    )
    assert response.status_code == 200
    assert messages(response) == []
    assert "aria-invalid" not in response.content.decode()
    assert len(response.context["files"]) == 1
    assert Case.objects.count() == 0


def test_h39_a_file_of_another_sender_cannot_be_taken_or_dropped(client: Client) -> None:
    mine = fill(client)
    client.post(CITIZEN, {**mine, "action": "attach", "attachments": [pdf()]})
    key = Attachment.objects.get().key
    send(client, remove_file=[key])
    assert Attachment.objects.get().submission is None
    assert Case.objects.get().submission.attachments.count() == 0


def test_h38_a_sixth_file_is_refused_and_five_are_kept(client: Client) -> None:
    files = [pdf(f"{number}.pdf", body=str(number)) for number in range(6)]
    response = client.post(CITIZEN, {**fill(client), "attachments": files})
    assert response.status_code == 422
    assert len(response.context["files"]) == 5


def test_h38_more_than_fifty_megabytes_together_are_refused(client: Client, settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "ATTACHMENTS_MAX_TOTAL_BYTES": 1000}
    files = [pdf("a.pdf", body="x" * 500), pdf("b.pdf", body="y" * 500)]
    response = client.post(CITIZEN, {**fill(client), "attachments": files})
    assert [file.name for file in response.context["files"]] == ["a.pdf"]


def test_h50_fields_the_form_does_not_have_change_nothing(client: Client) -> None:
    send(
        client,
        status="published",
        number="PAKN-1",
        channel="phone",
        entered_by="1",
        registered_on="2001-01-01",
    )
    case = Case.objects.get()
    assert (case.status, case.submission.channel, case.submission.entered_by) == ("submitted", "web", None)


def test_h1_h4_markup_and_template_braces_stay_text(client: Client) -> None:
    nasty = "<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %} %(x)s {0} \" onfocus=\"x"
    response = send(client, title=nasty, content="")
    html = response.content.decode()
    assert "<script>alert" not in html
    assert 'onfocus="x' not in html
    assert "{{ 7|add:7 }}" in html


def test_h7_h8_h11_h12_what_nobody_sees_is_dropped(client: Client) -> None:
    send(
        client,
        full_name="Nguyễn\u200b Thị\u202e Thu\u00ad Cu\u0301c\x00",
        title="Dòng\r\nBcc: x@y.vn" + "e" + "\u0301" * 200,
    )
    submission = Submission.objects.get()
    assert submission.sender.full_name == "Nguyễn Thị Thu Cúc"
    assert submission.title.startswith("Dòng Bcc: x@y.vn")
    assert len(submission.title) < 30


def test_h9_a_name_of_two_alphabets_is_refused(client: Client) -> None:
    assert "id_full_name" in [
        anchor for anchor, _ in send(client, full_name="Nguyễn Vаn A").context["errors"]
    ]


def test_h14_too_long_a_text_is_told_with_its_length_and_kept(client: Client) -> None:
    response = send(client, content="à" * 20_001)
    assert response.status_code == 422
    assert "20.001" in messages(response)[0] or "20001" in messages(response)[0]
    assert "à" * 20_001 in response.content.decode()


def test_h18_line_breaks_in_the_email_are_refused(client: Client) -> None:
    assert send(client, email="a@b.vn\r\nBcc: c@d.vn").status_code == 422


def test_h73_the_trap_catches_and_loses_nothing(client: Client) -> None:
    response = send(client, website="http://spam.example")
    assert response.status_code == 422
    assert GOOD["content"] in response.content.decode()
    assert Case.objects.count() == 0


def test_h73_a_form_sent_at_once_is_asked_to_be_sent_again(client: Client, settings: Any) -> None:
    settings.PAKN_PORTAL = {}
    response = send(client)
    assert response.status_code == 422
    assert GOOD["content"] in response.content.decode()
    assert Case.objects.count() == 0


def test_haste_is_told_only_where_nothing_else_is_wrong(client: Client, settings: Any) -> None:
    """Without JavaScript: what is missing is told at once, the sum too, and haste is no mistake beside it."""
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "FORM_MIN_SECONDS": 3600}
    no_sum = send(client, plain_answer="")
    assert [anchor for anchor, _told in no_sum.context["errors"]] == ["captcha"]
    no_name = send(client, full_name="")
    assert [anchor for anchor, _told in no_name.context["errors"]] == ["id_full_name"]
    empty = send(client, **dict.fromkeys(GOOD, ""), plain_answer="")
    assert "send" not in [anchor for anchor, _told in empty.context["errors"]]
    assert Case.objects.count() == 0


def test_h79_a_mark_of_secrecy_is_asked_about_once(client: Client) -> None:
    marked = {**fill(client), "content": "TUYỆT MẬT\nNội dung của kế hoạch."}
    asked = client.post(CITIZEN, marked)
    assert asked.status_code == 422
    assert "id_content" in [anchor for anchor, _ in asked.context["errors"]]
    mark = hidden(asked.content.decode(), "secrecy_mark")
    assert client.post(CITIZEN, {**marked, "secrecy_checked": "on"}).status_code == 422
    assert client.post(CITIZEN, {**marked, "secrecy_mark": mark, "secrecy_checked": "on"}).status_code == 200


def test_h79_a_file_whose_name_is_marked_is_not_kept(client: Client) -> None:
    response = client.post(CITIZEN, {**fill(client), "attachments": [pdf("KH_TỐI MẬT.pdf")]})
    assert response.status_code == 422
    assert Attachment.objects.count() == 0


def test_too_many_submissions_lose_nothing_typed(client: Client, settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "RATE_LIMITS": {"submit_per_address_hour": 1}}
    assert send(client).status_code == 200
    response = client.post(CITIZEN, {**fill(client), "attachments": [pdf()]})
    assert response.status_code == 429
    assert GOOD["content"] in response.content.decode()
    assert len(response.context["files"]) == 1
    assert Case.objects.count() == 1


def test_without_javascript_the_limit_is_stricter(client: Client, settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "RATE_LIMITS": {"submit_plain_per_address_hour": 1}}
    assert [send(client).status_code, send(client).status_code] == [200, 429]


def test_a_wrong_sum_is_told(client: Client) -> None:
    response = send(client, plain_answer="99")
    assert [anchor for anchor, _ in response.context["errors"]] == ["captcha"]


def test_a_forged_form_key_loses_nothing_but_the_files(client: Client) -> None:
    response = send(client, form_key="abc:def:ghi")
    assert response.status_code == 422
    assert hidden(response.content.decode(), "form_key") != "abc:def:ghi"
    assert GOOD["content"] in response.content.decode()


def test_h58_a_post_without_the_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(CITIZEN, GOOD).status_code == 403


def test_h59_the_form_and_the_receipt_are_kept_by_no_cache(client: Client) -> None:
    for response in (client.get(CITIZEN), send(client)):
        assert "no-store" in response["Cache-Control"]


def test_the_kind_chosen_before_is_ticked(client: Client) -> None:
    assert re.search(r'value="question"[^>]*checked', client.get(f"{CITIZEN}?kind=question").content.decode())


def test_the_form_takes_a_constant_number_of_queries(client: Client, django_assert_num_queries: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    from pakn_portal.snippets.models import Sector

    client.get(CITIZEN)
    with CaptureQueriesContext(connection) as few:
        client.get(CITIZEN)
    for number in range(30):
        Sector.objects.create(code=f"them-{number}", name=f"Thêm {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(CITIZEN)
    assert len(many) == len(few)


def test_an_old_browser_that_sends_no_file_name_is_not_an_error(client: Client) -> None:
    empty = SimpleUploadedFile("trống.pdf", b"")
    response = client.post(CITIZEN, {**fill(client), "attachments": [empty]})
    assert response.status_code == 422
    assert BytesIO(b"").read() == b""


@pytest.mark.django_db(transaction=True)
def test_f4_twenty_parallel_posts_make_one_case(client: Client) -> None:
    data = fill(client)
    receipts: list[tuple[str, str]] = []
    start = threading.Barrier(20)

    def post() -> None:
        start.wait()
        try:
            receipts.append(number_and_secret(Client().post(CITIZEN, data).content.decode()))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 20
    assert len(set(receipts)) == 1
    assert Case.objects.count() == 1


@pytest.mark.parametrize("field", ["title", "content"])
@pytest.mark.parametrize("typed", ["...", "\u0301\u0301\u0302", "🙂🙂🙂", "?!"])
def test_what_says_nothing_is_told(client: Client, field: str, typed: str) -> None:
    answer = send(client, **{field: typed})
    assert answer.status_code == 422
    assert "chưa có chữ hoặc số nào" in unescape(answer.content.decode())
    assert not Case.objects.exists()
