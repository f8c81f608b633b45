"""Back from the receipt, and Send again: the browser puts the old words into a fresh form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from pakn_portal.cases.models import Case
from pakn_portal.pages.forms.sent_before import COOKIE, LASTS
from tests.fixtures.browser import OpenPage
from tests.fixtures.later import later
from tests.pages.forms import BUSINESS, CITIZEN, GOOD, answer_to, fill, hidden, number_and_secret
from tests.pages.test_browser import type_in
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

FORMS = {
    CITIZEN: {},
    BUSINESS: {"organisation": "Công ty TNHH May Dĩ An", "tax_code": "0312345678", "email": "may@example.vn"},
}


def fresh(client: Client, url: str, data: dict[str, Any]) -> dict[str, Any]:
    """The words of before in a form that was just opened."""
    form_key = hidden(client.get(url).content.decode(), "form_key")
    return {**data, "form_key": form_key, "plain_answer": answer_to(form_key)}


@pytest.mark.parametrize("url", FORMS)
def test_the_same_words_again_are_answered_with_the_first_receipt(client: Client, url: str) -> None:
    data = fill(client, url, **FORMS[url])
    first = client.post(url, data)
    again = client.post(url, fresh(client, url, data))
    html = again.content.decode()
    assert (again.status_code, Case.objects.count()) == (409, 1)
    assert number_and_secret(html) == number_and_secret(first.content.decode())
    assert re.search(r"đã nhận lúc \d\d:\d\d \d\d/\d\d/\d{4}", html)
    # who presses without saying so is told again; who means it sends
    meant = {**data, "form_key": hidden(html, "form_key")}
    meant["plain_answer"] = answer_to(meant["form_key"])
    assert client.post(url, meant).status_code == 409
    second = client.post(url, {**meant, "meant_again": "1"})
    assert (second.status_code, Case.objects.count()) == (200, 2)
    assert number_and_secret(second.content.decode()) != number_and_secret(html)


def test_other_words_are_sent(client: Client) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    other = client.post(CITIZEN, {**fresh(client, CITIZEN, data), "title": "Tiêu đề khác hẳn"})
    assert (other.status_code, Case.objects.count()) == (200, 2)


def test_words_alone_show_nothing_and_the_cookie_alone_neither(client: Client) -> None:
    """Somebody else with the same words gets a case of their own; a cookie without them opens none."""
    data = fill(client)
    number, secret = number_and_secret(client.post(CITIZEN, data).content.decode())
    stranger = Client()
    theirs = stranger.post(CITIZEN, fresh(stranger, CITIZEN, data)).content.decode()
    assert number not in theirs
    assert secret not in theirs
    thief = Client()
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    with_cookie = thief.post(CITIZEN, fresh(thief, CITIZEN, {**data, "phone": "0900 000 109"}))
    assert secret not in with_cookie.content.decode()
    morsel = client.cookies[COOKIE]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", CITIZEN)
    assert data["form_key"] not in morsel.value


def test_after_some_hours_the_same_words_are_a_case_of_their_own(client: Client) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    with later(hours=LASTS.total_seconds() // 3600 + 1):
        again = client.post(CITIZEN, fresh(client, CITIZEN, data))
    assert (again.status_code, Case.objects.count()) == (200, 2)


@pytest.mark.parametrize("cookie", ["", ".", "x.y", "é", "." * 5000, "gAAAAAB="])
def test_a_broken_cookie_breaks_nothing(client: Client, cookie: str) -> None:
    client.cookies[COOKIE] = cookie
    assert client.post(CITIZEN, fill(client)).status_code == 200


def test_a_file_that_came_with_it_is_kept_for_the_second_time(client: Client) -> None:
    data = fill(client)
    client.post(CITIZEN, data)
    again = client.post(CITIZEN, {**fresh(client, CITIZEN, data), "attachments": [pdf("đơn.pdf")]})
    assert again.status_code == 409
    assert "đơn.pdf" in again.content.decode()


def look_over_and_send(page: Any) -> None:
    page.click("#send")
    page.get_by_role("button", name="Gửi đến Bộ").click()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_back_and_send_again_in_a_browser(open_page: OpenPage) -> None:
    page = open_page(CITIZEN)
    type_in(page)
    look_over_and_send(page)
    secret = page.inner_text("#tracking-secret")
    page.evaluate("history.go(-2)")  # past what one looked over, which no browser keeps
    page.wait_for_selector("#id_title")
    if page.input_value("#id_title") != GOOD["title"]:
        type_in(page)  # a browser that does not put the words back
    page.check("#id_holds_no_secret")
    look_over_and_send(page)
    page.wait_for_selector("#pakn-earlier")
    assert page.inner_text("#tracking-secret") == secret
    assert Case.objects.count() == 1


def test_a_vietnamese_slug_costs_no_receipt(client: Client) -> None:
    """Wagtail itself writes such slugs; a header takes none of their letters."""
    page = Page.objects.get(slug="nguoi-dan").specific
    page.slug = "người-dân"
    page.save_revision().publish()
    url = CITIZEN.replace("nguoi-dan", "người-dân")
    answer = client.post(url, fill(client, url))
    assert (answer.status_code, Case.objects.count()) == (200, 1)
    client.cookies[COOKIE].OutputString().encode("latin-1")
