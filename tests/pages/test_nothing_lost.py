"""Whatever turns a visitor's form away, each word and good file comes back, and nothing is done twice."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.links import tracking_link
from pakn_portal.staff import addresses
from pakn_portal.submissions.models import Attachment, Supplement
from tests.factories import Ministry, make_ministry
from tests.fixtures.later import later
from tests.pages.forms import ARCHIVE, BUSINESS, CITIZEN, GOOD, TRACKING, fill, hidden, number_and_secret
from tests.pages.test_tracking import act, make_mine, open_case
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

WORDS = "Tôi bổ sung: <b>công ty</b> May Bình Minh;\n\nquyết định số 12."
ARRIVED = "Bộ đã nhận phần bổ sung"
OWN = {"Sec-Fetch-Site": "same-origin"}


def text_in(response: Any) -> str:
    return unescape(response.content.decode())


def token_in(response: Any) -> str:
    return hidden(response.content.decode(), "csrfmiddlewaretoken")


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


@pytest.fixture
def asked(ministry: Ministry) -> tuple[Case, str]:
    """A case of mine that waits for what I add, and its code."""
    case, secret = make_mine()
    actions.request_supplement(case, by=ministry.intake, note="Cho biết tên công ty.")
    return case, secret


# the half hour of the tracking page


@pytest.mark.parametrize("action", ["supplement", "attach"])
def test_an_addition_written_for_31_minutes(client: Client, asked: tuple[Case, str], action: str) -> None:
    case, secret = asked
    page = open_case(client, case, secret)
    assert "nửa giờ" in text_in(page)
    key = hidden(page.content.decode(), "form_key")
    with later(minutes=31):
        closed = act(client, page, action, form_key=key, content=WORDS, attachments=[pdf("giấy.pdf")])
        assert closed.status_code == 403
        assert WORDS in text_in(closed)
        assert "giấy.pdf" in text_in(closed)
        carried = {"words_key": hidden(closed.content.decode(), "words_key"), "content": WORDS}

        wrong = client.post(TRACKING, {"number": case.number, "secret": "0" * 12, **carried})
        assert wrong.status_code == 404
        assert WORDS in text_in(wrong)
        assert "giấy.pdf" in text_in(wrong)

        again = open_case(client, case, secret, **carried)
        assert again.status_code == 200
        assert WORDS in text_in(again)
        assert "giấy.pdf" in text_in(again)
        assert not Supplement.objects.exists()

        sent = act(client, again, "supplement", form_key=carried["words_key"], content=WORDS)
    assert ARRIVED in text_in(sent)
    supplement = Supplement.objects.get()
    assert supplement.content == WORDS
    assert [file.name for file in supplement.attachments.all()] == ["giấy.pdf"]


def test_a_file_is_taken_off_an_addition_before_it_is_sent(client: Client, asked: tuple[Case, str]) -> None:
    page = open_case(client, *asked)
    key = hidden(page.content.decode(), "form_key")
    for name in ("sai.pdf", "đúng.pdf"):
        shown = act(client, page, "attach", form_key=key, content=WORDS, attachments=[pdf(name)])
    html = shown.content.decode()
    assert "sai.pdf" in html
    files = html[html.index("sai.pdf") :]
    wrong = re.findall(r'name="remove_file" value="([^"]+)"', files)[0]
    act(client, page, "supplement", form_key=key, content=WORDS, remove_file=[wrong])
    assert [file.name for file in Supplement.objects.get().attachments.all()] == ["đúng.pdf"]


def test_the_half_hour_can_be_renewed_while_one_writes(client: Client, asked: tuple[Case, str]) -> None:
    page = open_case(client, *asked)
    with later(minutes=25):
        grant = act(client, page, "renew").json()["grant"]
    with later(minutes=50):
        key = hidden(page.content.decode(), "form_key")
        data = {"grant": grant, "action": "supplement", "form_key": key, "content": WORDS}
        assert client.post(TRACKING, data).status_code == 200
        assert act(client, page, "renew").status_code == 403
    assert Supplement.objects.get().content == WORDS


@pytest.mark.parametrize("hours", [0, 1, 50])
def test_an_addition_that_arrived_is_told_at_any_age(
    client: Client, asked: tuple[Case, str], hours: int
) -> None:
    page = open_case(client, *asked)
    key = hidden(page.content.decode(), "form_key")
    act(client, page, "supplement", form_key=key, content=WORDS)
    with later(hours=hours):
        again = act(client, page, "supplement", form_key=key, content=WORDS)
        assert ARRIVED in text_in(again)
        opened = open_case(client, *asked, words_key=key, content=WORDS)
    assert ARRIVED in text_in(opened)
    assert Supplement.objects.count() == 1


def test_words_come_back_for_a_grant_nobody_gave(client: Client) -> None:
    answer = client.post(
        TRACKING,
        {"grant": "x:y:z", "action": "attach", "content": WORDS, "form_key": "x", "attachments": [pdf()]},
    )
    assert answer.status_code == 403
    assert WORDS in text_in(answer)
    assert not Attachment.objects.exists()


def test_words_for_a_case_that_waits_no_more_can_be_copied(
    client: Client, ministry: Ministry, asked: tuple[Case, str]
) -> None:
    case, secret = asked
    page = open_case(client, case, secret)
    act(client, page, "supplement", form_key=hidden(page.content.decode(), "form_key"), content="Đây.")
    again = open_case(client, case, secret, content=WORDS, words_key="x")
    assert Case.objects.get().status != Status.NEED_INFO
    assert WORDS in text_in(again)


# a form that was accepted


@pytest.mark.parametrize("hours", [0, 25, 24 * 400])
def test_a_form_sent_again_at_any_age_finds_its_receipt(client: Client, hours: int) -> None:
    data = fill(client)
    first = client.post(CITIZEN, data)
    with later(hours=hours):
        again = client.post(CITIZEN, data)
    assert again.status_code == 200
    assert number_and_secret(text_in(again)) == number_and_secret(text_in(first))
    assert Case.objects.count() == 1


def test_a_form_never_accepted_is_kept_a_day_later(client: Client) -> None:
    data = fill(client, title="")
    client.post(CITIZEN, data)
    with later(hours=25):
        late = client.post(CITIZEN, {**data, "title": GOOD["title"]})
    assert late.status_code == 422
    assert GOOD["content"] in text_in(late)
    assert Case.objects.count() == 0


# a form without its token


def careful() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("url", [CITIZEN, BUSINESS])
def test_a_form_without_its_token_comes_back_with_every_word(url: str) -> None:
    client = careful()
    data = {**fill(client, url), "organisation": "Công ty May", "attachments": [pdf("đơn.pdf")]}
    refused = client.post(url, data)
    assert refused.status_code == 403
    for typed in (GOOD["title"], GOOD["content"], GOOD["full_name"], GOOD["address"], "đơn.pdf"):
        assert typed in text_in(refused)
    assert "chưa được gửi" in text_in(refused)
    assert 'class="pakn"' in text_in(refused)
    assert "no-store" in refused["Cache-Control"]
    assert Case.objects.count() == 0

    (link,) = re.findall(r'<a href="#send">([^<]+)</a>', text_in(refused))
    assert link == "Nội dung chưa được gửi, những gì đã viết vẫn còn. Xin bấm gửi lần nữa."
    assert "<p>Nếu vẫn bị trả về, có thể trình duyệt đang tắt cookie" in text_in(refused)

    data.pop("attachments")
    sent = client.post(url, {**data, "csrfmiddlewaretoken": token_in(refused)})
    assert sent.status_code == 200
    assert [file.name for file in Case.objects.get().submission.attachments.all()] == ["đơn.pdf"]


def test_a_token_of_before_the_log_in_of_another_tab_is_such_a_one() -> None:
    client = careful()
    data = fill(client)
    refused = client.post(CITIZEN, {**data, "csrfmiddlewaretoken": "a" * 64}, headers=OWN)
    assert (refused.status_code, GOOD["content"] in text_in(refused)) == (403, True)


def test_without_cookies_the_second_try_is_taken_from_our_own_page_only() -> None:
    data = fill(careful())
    first = careful().post(CITIZEN, data, headers=OWN)
    assert first.status_code == 403
    again = {**data, "shown_again": hidden(first.content.decode(), "shown_again")}
    elsewhere: list[dict[str, str]] = [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
    ]
    for headers in elsewhere:
        assert careful().post(CITIZEN, again, headers=headers).status_code == 403, headers
    for mark in ("", "again", "again:x:y"):
        assert careful().post(CITIZEN, {**again, "shown_again": mark}, headers=OWN).status_code == 403
    assert Case.objects.count() == 0
    assert careful().post(CITIZEN, again, headers={"Origin": "http://testserver"}).status_code == 200
    assert Case.objects.count() == 1


def test_behind_a_proxy_that_does_not_tell_that_it_is_secure() -> None:
    page = careful().get(CITIZEN)
    data = {**fill(careful()), "csrfmiddlewaretoken": token_in(page)}
    browser = careful()
    browser.cookies = page.client.cookies
    here = {"Origin": "https://testserver"}
    refused = browser.post(CITIZEN, data, headers=here)
    assert (refused.status_code, GOOD["content"] in text_in(refused)) == (403, True)
    assert "không do lỗi của ông/bà" in text_in(refused)
    assert "cookie" not in text_in(refused)
    again = {**data, "shown_again": hidden(refused.content.decode(), "shown_again")}
    assert number_and_secret(text_in(browser.post(CITIZEN, again, headers=here)))


def test_an_insecure_page_of_the_same_name_is_not_ours() -> None:
    refused = careful().post(CITIZEN, GOOD, headers={"Origin": "http://testserver"}, secure=True)
    assert GOOD["content"] not in text_in(refused)


# more than Django takes


ENTRY = "the staff's entry"
MANY = [f"a{number}.pdf" for number in range(101)]
LONG = "dài " * 700_000


@pytest.mark.parametrize(
    "more", [{"attachments": MANY}, {"content": LONG}, {"content": LONG, "is_plain": True}]
)
@pytest.mark.parametrize("url", [CITIZEN, BUSINESS, TRACKING, ENTRY])
@pytest.mark.parametrize("is_careful", [False, True])
def test_what_is_refused_unread_is_told_with_the_way_back(
    url: str, more: dict[str, Any], is_careful: bool, ministry: Ministry
) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=is_careful)
    client.force_login(ministry.intake)
    url = addresses.entry_url() if url == ENTRY else url
    data = {**GOOD, **more}
    if "attachments" in data:
        data["attachments"] = [pdf(name) for name in MANY]
    if data.pop("is_plain", False):
        told = client.post(url, urlencode(data), content_type="application/x-www-form-urlencoded")
    else:
        told = client.post(url, data)
    assert told.status_code == 400
    assert 'lang="vi"' in text_in(told)
    assert "chưa có gì được gửi đi" in text_in(told)
    assert f'href="{url}"' in text_in(told)


def test_a_request_that_is_bad_otherwise_is_answered_as_ever() -> None:
    client = Client(raise_request_exception=False)
    bad = client.post(CITIZEN, b"x", content_type="multipart/form-data")
    assert bad.status_code == 400


def test_a_form_of_another_site_brings_no_words_in() -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        refused = careful().post(CITIZEN, {**GOOD, "attachments": [pdf()]}, headers=headers)
        assert refused.status_code == 403
        assert GOOD["content"] not in text_in(refused)
        assert "chưa được gửi" in text_in(refused)
    assert not Attachment.objects.exists()


def test_number_and_code_stay_in_their_fields_without_a_token() -> None:
    case, secret = make_mine()
    refused = careful().post(TRACKING, {"number": case.number, "secret": secret})
    assert refused.status_code == 403
    assert f'value="{case.number}"' in text_in(refused)
    assert f'value="{secret}"' in text_in(refused)
    assert "Tôi nghỉ việc" not in text_in(refused)


def test_the_link_of_a_mail_can_be_opened_again() -> None:
    case, _secret = make_mine()
    token = tracking_link(case.submission).partition("=")[2]
    refused = careful().post(TRACKING, {"token": token}, headers=OWN)
    assert refused.status_code == 403
    mark = hidden(refused.content.decode(), "shown_again")
    opened = careful().post(TRACKING, {"token": token, "shown_again": mark}, headers=OWN)
    assert case.number in text_in(opened)


@pytest.mark.parametrize("action", ["supplement", "attach", "withdraw"])
def test_nothing_is_done_to_a_case_without_a_token(
    client: Client, asked: tuple[Case, str], action: str
) -> None:
    page = open_case(client, *asked)
    key = hidden(page.content.decode(), "form_key")
    data = {"grant": page.context["grant"], "action": action, "sure": "1", "form_key": key, "content": WORDS}
    refused = careful().post(TRACKING, {**data, "attachments": [pdf("giấy.pdf")]})
    assert refused.status_code == 403
    assert WORDS in text_in(refused)
    assert "giấy.pdf" in text_in(refused)
    assert "chưa được gửi" in text_in(refused)
    assert Case.objects.get().status == Status.NEED_INFO
    assert not Supplement.objects.exists()


def test_elsewhere_in_the_portal_the_page_is_ours_too() -> None:
    refused = careful().post("/admin/login/", {"username": "a", "password": "b"})
    assert refused.status_code == 403
    assert "Nội dung chưa được gửi" in text_in(refused)
    assert "CSRF verification failed" not in text_in(refused)
    assert "Bộ" in text_in(refused)


def test_a_base_template_that_fails_leaves_a_plain_sentence(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "broken.html").write_text("{% url 'nowhere' %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "BASE_TEMPLATE": "broken.html"}
    refused = careful().post("/admin/login/", {})
    assert (refused.status_code, "tải lại trang" in text_in(refused)) == (403, True)


# the tracking form


def test_files_are_taken_out_by_one_word(client: Client) -> None:
    page = text_in(client.post(CITIZEN, fill(client, action="attach", attachments=[pdf("đơn.pdf")])))
    words = " ".join(page.split())
    assert "hoặc bỏ bớt tệp" in words
    assert re.search(r"Bỏ<span[^>]*> đơn\.pdf", words)
    assert "gỡ bớt" not in words


def test_what_is_empty_is_told_for_each_field(client: Client) -> None:
    case, secret = make_mine()
    both = client.post(TRACKING, {"number": "", "secret": " "})
    assert both.context["errors"] == [
        ("id_number", "Xin nhập mã hồ sơ."),
        ("id_secret", "Xin nhập mã tra cứu."),
    ]
    no_code = client.post(TRACKING, {"number": case.number, "secret": ""})
    assert [anchor for anchor, _told in no_code.context["errors"]] == ["id_secret"]
    no_number = client.post(TRACKING, {"number": "", "secret": secret})
    assert [anchor for anchor, _told in no_number.context["errors"]] == ["id_number"]
    assert f'value="{secret}"' in text_in(no_number)
    for _time in range(30):
        client.post(TRACKING, {"number": case.number, "secret": ""})
    assert open_case(client, case, secret).status_code == 200


def test_a_wrong_shape_is_told_where_it_is_and_the_code_stays(client: Client) -> None:
    case, secret = make_mine()
    for number in (case.number, "PAKN-2020-000001"):
        short = client.post(TRACKING, {"number": number, "secret": secret[:-1]})
        assert short.status_code == 404
        assert [anchor for anchor, _told in short.context["errors"]] == ["id_secret"]
        assert f'value="{secret[:-1]}"' in text_in(short)
        assert re.search(r'id="id_secret"[^>]*aria-invalid="true"', text_in(short), re.S)
        assert not re.search(r'id="id_number"[^>]*aria-invalid="true"', text_in(short), re.S)
    odd = client.post(TRACKING, {"number": "PAKN-2026", "secret": secret})
    assert [anchor for anchor, _told in odd.context["errors"]] == ["id_number"]
    assert f'value="{secret}"' in text_in(odd)


def test_a_pair_that_does_not_fit_marks_both_and_keeps_both(client: Client) -> None:
    case, _secret = make_mine()
    for number in (case.number, "PAKN-2020-000001"):
        wrong = client.post(TRACKING, {"number": number, "secret": "ABCD2345EFGH"})
        for name in ("number", "secret"):
            assert re.search(rf'id="id_{name}"[^>]*aria-invalid="true"', text_in(wrong), re.S)
        assert 'value="ABCD2345EFGH"' in text_in(wrong)


def test_the_sum_is_marked_as_wrong_where_it_stands(client: Client) -> None:
    for answer in ("", "99"):
        wrong = client.post(CITIZEN, fill(client, plain_answer=answer))
        ((_anchor, told),) = wrong.context["errors"]
        box = text_in(wrong).partition('id="captcha"')[2].partition('class="pakn-trap"')[0]
        assert re.search(r'class="pakn-field pakn-field--wrong" id="captcha"', text_in(wrong))
        assert re.search(rf'id="id_plain_answer_error">\s*<p>{re.escape(told)}</p>', box)
        assert re.search(r'<input[^>]*id="id_plain_answer"[^>]*aria-invalid="true"', box)
        assert 'aria-describedby="id_plain_answer_helptext id_plain_answer_error"' in box
    html = text_in(client.get(CITIZEN))
    assert "id_plain_answer_error" not in html
    assert "pakn-field--wrong" not in html


def test_a_wrong_number_is_told_with_an_example_of_a_right_one(client: Client) -> None:
    odd = client.post(TRACKING, {"number": "65/2026", "secret": "ABCD2345EFGH"})
    assert odd.context["errors"] == [
        (
            "id_number",
            f"Mã hồ sơ chưa đúng dạng. Mã có dạng như {odd.context['example']}. Xin xem lại phiếu tiếp nhận.",
        )
    ]


@pytest.mark.parametrize(
    "spelling",
    ["{}", "{} ", "mã hồ sơ: {}", "số pakn 2026 {last}", "2026-{last}", "hồ sơ {} của tôi đến đâu rồi"],
)
def test_a_case_number_looked_for_in_the_archive_leads_to_tracking(client: Client, spelling: str) -> None:
    case, _secret = make_mine()
    pages = []
    for number in (case.number, f"{case.number[:-2]}99"):
        found = client.get(ARCHIVE, {"q": spelling.format(number, last=number[-6:])})
        link = f'<a href="{TRACKING}?number={number}">Xem ở Tra cứu hồ sơ</a>'
        assert "Đây là mã hồ sơ." in text_in(found)
        assert link in text_in(found)
        assert f'value="{number}"' in text_in(client.get(f"{TRACKING}?number={number}"))
        pages.append(re.sub(r"csrf\w+|" + number + "|" + number[-6:], "", text_in(found)))
    assert pages[0] == pages[1], "whether there is such a case is not told"


def test_the_number_of_a_law_is_no_case_number(client: Client) -> None:
    for query in ("45/2019/QH14", "nghị định 176/2025", "lương tối thiểu 2026", ""):
        assert "Đây là mã hồ sơ" not in text_in(client.get(ARCHIVE, {"q": query}))


# the summary of errors


def test_the_summary_follows_the_order_of_the_page(client: Client) -> None:
    data = fill(client, title="", full_name="", holds_no_secret=None, plain_answer="")
    wrong = client.post(CITIZEN, {**data, "attachments": [pdf("x.exe")]})
    anchors = [anchor for anchor, _told in wrong.context["errors"]]
    assert anchors == ["id_title", "files", "id_full_name", "id_holds_no_secret", "captcha"]
    html = wrong.content.decode()
    places = [html.index(f' id="{anchor}"') for anchor in anchors]
    assert places == sorted(places)
