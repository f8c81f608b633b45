"""A form that was accepted and comes again with other words: the receipt, and what was changed stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pakn_portal.cases import actions
from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from pakn_portal.submissions.models import Attachment, Submission, Supplement
from tests.factories import Ministry, make_ministry
from tests.fixtures.later import later
from tests.pages.forms import BUSINESS, CITIZEN, GOOD, TRACKING, answer_to, fill, hidden, number_and_secret
from tests.pages.test_nothing_lost import ARRIVED, WORDS, asked, text_in  # noqa: F401
from tests.pages.test_tracking import act, open_case
from tests.staff.test_entry import filled
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

NOT_ARRIVED = "chưa đến"
NEW_TITLE = "Tiêu đề khác hẳn"
MORE = GOOD["content"] + " Đoạn thêm: công ty nợ lương ba tháng."
AT_ANY_AGE = pytest.mark.parametrize("hours", [0, 25, 24 * 400])


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


@AT_ANY_AGE
def test_changed_words_and_files_are_kept_and_can_be_sent(client: Client, hours: int) -> None:
    data = fill(client, attachments=[pdf("đơn.pdf")])
    first = client.post(CITIZEN, data)
    data |= {"title": NEW_TITLE, "content": MORE, "attachments": [pdf("bằng chứng.pdf", "khác")]}
    with later(hours=hours):
        again = client.post(CITIZEN, data)
        assert again.status_code == 409
        assert number_and_secret(text_in(again)) == number_and_secret(text_in(first))
        assert NOT_ARRIVED in text_in(again)
        assert NEW_TITLE in text_in(again)
        assert MORE in text_in(again)
        assert "bằng chứng.pdf" in text_in(again)
        assert Case.objects.count() == 1

        fresh = hidden(again.content.decode(), "form_key")
        assert fresh != data["form_key"]
        sent = {**data, "form_key": fresh, "plain_answer": answer_to(fresh)}
        del sent["attachments"]
        second = client.post(CITIZEN, sent)
    assert second.status_code == 200
    assert number_and_secret(text_in(second)) != number_and_secret(text_in(first))
    submission = Submission.objects.get(title=NEW_TITLE)
    assert submission.content == MORE
    assert [file.name for file in submission.attachments.all()] == ["bằng chứng.pdf"]


@pytest.mark.parametrize(
    "change",
    [{"full_name": "Nguyễn Thị Thu Cúc Hoa"}, {"phone": "0900 000 102"}, {"wants_name_published": "on"}],
)
def test_each_field_counts(client: Client, change: dict[str, str]) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    again = client.post(CITIZEN, {**data, **change})
    assert NOT_ARRIVED in text_in(again)


def test_blanks_and_confirmations_are_no_other_words(client: Client) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    data = {**data, "title": f"  {GOOD['title']} ", "content": GOOD["content"].replace(" ", "\u00a0")}
    del data["holds_no_secret"]
    again = client.post(CITIZEN, data)
    assert again.status_code == 200
    assert number_and_secret(text_in(again))
    assert NOT_ARRIVED not in text_in(again)


def test_the_same_files_again_or_none_of_them_are_no_change(client: Client) -> None:
    data = fill(client)
    first = client.post(CITIZEN, {**data, "attachments": [pdf("đơn.pdf")]})
    for files in ([pdf("đơn.pdf")], []):
        again = client.post(CITIZEN, {**data, "attachments": files})
        assert again.status_code == 200
        assert number_and_secret(text_in(again)) == number_and_secret(text_in(first))
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("action", ["send", "attach"])
def test_a_file_more_with_the_same_words(client: Client, action: str) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    again = client.post(CITIZEN, {**data, "action": action, "attachments": [pdf("quên.pdf")]})
    assert NOT_ARRIVED in text_in(again)
    assert "quên.pdf" in text_in(again)


def test_a_file_less_is_told(client: Client) -> None:
    data = fill(client)
    client.post(CITIZEN, {**data, "attachments": [pdf("nhầm.pdf")]})
    key = Attachment.objects.get().key
    again = client.post(CITIZEN, {**data, "remove_file": key})
    assert NOT_ARRIVED in text_in(again)


def test_the_words_are_known_again_after_the_sites_key_was_changed(client: Client, settings: Any) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert client.post(CITIZEN, data).status_code == 200
    assert client.post(CITIZEN, {**data, "content": MORE}).status_code == 409


def test_what_was_accepted_before_words_were_hashed_is_answered_as_then(client: Client) -> None:
    data = fill(client)
    first = client.post(CITIZEN, data)
    Submission.objects.update(words_hash="")
    again = client.post(CITIZEN, {**data, "content": MORE})
    assert number_and_secret(text_in(again)) == number_and_secret(text_in(first))


OTHERS = {
    "full_name": "Lê Thị Khác", "address": "số 1 phố Khác", "phone": "0900 000 999",
    "email": "khac@example.vn",
}  # fmt: skip


@pytest.mark.parametrize("changed", [None, *OTHERS], ids=str)
@pytest.mark.parametrize("hashed", [True, False])
def test_the_key_of_a_form_without_its_sender_opens_no_case(
    client: Client, changed: str | None, hashed: bool
) -> None:
    """Out of the history of a browser that others use, from any network."""
    data = fill(client, attachments=[pdf("đơn.pdf")])
    case_number, secret = number_and_secret(text_in(client.post(CITIZEN, data)))
    if not hashed:
        Submission.objects.update(words_hash="")
    stranger = {"form_key": data["form_key"]}
    if changed:
        stranger = {**data, "title": NEW_TITLE, "content": MORE, changed: OTHERS[changed]}
        del stranger["attachments"]
    for page in (CITIZEN, BUSINESS):
        again = Client(REMOTE_ADDR="203.0.113.9").post(page, stranger)
        assert again.status_code == 409
        assert secret not in text_in(again)
        assert GOOD["title"] not in text_in(again)
        assert "đơn.pdf" not in text_in(again)
        assert case_number in text_in(again)
    assert Case.objects.count() == 1


def test_words_changed_very_often_are_kept_when_the_receipt_is_not_shown_any_more(client: Client) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    answers = [client.post(CITIZEN, {**data, "content": f"{MORE} {turn}"}) for turn in range(40)]
    assert all(f"{MORE} {turn}" in text_in(answer) for turn, answer in enumerate(answers))
    assert 'id="tracking-secret"' not in text_in(answers[-1])


def test_the_database_tells_nothing_of_equal_words(client: Client) -> None:
    for _turn in range(2):
        client.post(CITIZEN, fill(client, meant_again="1"))
    marks = set(Submission.objects.values_list("words_hash", flat=True))
    assert len(marks) == 2
    assert all(len(mark) == 64 for mark in marks)


# what is added to a case


def added(client: Client, asked: tuple[Case, str]) -> tuple[Any, str]:  # noqa: F811
    """The page of the case, and the key of the form on it that was sent."""
    page = open_case(client, *asked)
    key = hidden(page.content.decode(), "form_key")
    assert ARRIVED in text_in(act(client, page, "supplement", form_key=key, content=WORDS))
    return page, key


def test_a_changed_addition_goes_on_as_a_new_submission(
    client: Client,
    asked: tuple[Case, str],  # noqa: F811
) -> None:
    page, key = added(client, asked)
    more = {"content": MORE, "attachments": [pdf("bằng chứng.pdf")]}
    again = act(client, page, "supplement", form_key=key, **more)
    assert NOT_ARRIVED in text_in(again)
    assert MORE in text_in(again)
    assert "bằng chứng.pdf" in text_in(again)
    assert [one.content for one in Supplement.objects.all()] == [WORDS]

    fresh = hidden(again.content.decode(), "form_key")
    carried = client.post(CITIZEN, {"form_key": fresh, "content": MORE, "action": "attach"})
    assert MORE in text_in(carried)
    assert "bằng chứng.pdf" in text_in(carried)
    sent = {**GOOD, "form_key": fresh, "content": MORE, "plain_answer": answer_to(fresh), "action": "send"}
    assert number_and_secret(text_in(client.post(CITIZEN, sent)))
    assert [file.name for file in Submission.objects.get(content=MORE).attachments.all()] == [
        "bằng chứng.pdf"
    ]


def test_a_changed_addition_to_a_case_that_asks_again(
    client: Client,
    ministry: Ministry,
    asked: tuple[Case, str],  # noqa: F811
) -> None:
    page, key = added(client, asked)
    actions.request_supplement(Case.objects.get(), by=ministry.intake, note="Còn thiếu ngày.")
    again = act(client, page, "supplement", form_key=key, content=MORE, attachments=[pdf("thêm.pdf")])
    assert NOT_ARRIVED in text_in(again)
    fresh = hidden(again.content.decode(), "form_key")
    assert ARRIVED in text_in(act(client, again, "supplement", form_key=fresh, content=MORE))
    second = Supplement.objects.get(content=MORE)
    assert [file.name for file in second.attachments.all()] == ["thêm.pdf"]


def test_a_changed_addition_after_the_half_hour(
    client: Client,
    asked: tuple[Case, str],  # noqa: F811
) -> None:
    page, key = added(client, asked)
    with later(minutes=31):
        same = act(client, page, "supplement", form_key=key, content=WORDS)
        assert ARRIVED in text_in(same)
        closed = act(client, page, "supplement", form_key=key, content=MORE, attachments=[pdf("thêm.pdf")])
        assert MORE in text_in(closed)
        carried = {"words_key": hidden(closed.content.decode(), "words_key"), "content": MORE}
        opened = open_case(client, *asked, **carried)
    assert NOT_ARRIVED in text_in(opened)
    assert MORE in text_in(opened)
    assert "thêm.pdf" in text_in(opened)


def test_words_nobody_asked_for_open_in_the_form(
    client: Client,
    asked: tuple[Case, str],  # noqa: F811
) -> None:
    added(client, asked)
    late = open_case(client, *asked, content=MORE, words_key="x")
    assert f'action="{CITIZEN}"' in text_in(late)
    assert TRACKING not in late.context["form_url"]


# the desk of the Ministry Office


def test_a_changed_entry_is_kept_and_can_be_saved(ministry: Ministry, client: Client) -> None:
    client.force_login(ministry.intake)
    data = filled(client)
    receipt = client.post(addresses.entry_url(), data)
    changed = {**data, "title": NEW_TITLE, "attachments": [pdf("quét.pdf")]}
    again = client.post(addresses.entry_url(), changed)
    assert again.status_code == 409
    assert receipt.context["secret"] in text_in(again)
    assert NEW_TITLE in text_in(again)
    assert "quét.pdf" in text_in(again)
    assert "chưa được lưu" in text_in(again)
    fresh = again.context["form_key"]
    client.post(addresses.entry_url(), {**data, "title": NEW_TITLE, "form_key": fresh})
    submission = Submission.objects.get(title=NEW_TITLE)
    assert [file.name for file in submission.attachments.all()] == ["quét.pdf"]
