"""What the portal puts in place of Django's page for developers, and what it leaves alone."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from pakn_portal.cases import actions
from tests.factories import make_ministry
from tests.fixtures.later import later
from tests.pages.forms import TRACKING, hidden
from tests.pages.test_tracking import act, make_mine, open_case
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]

OWN_PAGE = "Không tìm thấy trang này"
WORDS = "Tôi bổ sung: công ty May Bình Minh."


@pytest.fixture(params=[True, False], autouse=True)
def debug(request: Any, settings: Any) -> None:
    settings.DEBUG = request.param


def text_in(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize(
    "address", ["/pakn/ket-luan-thanh-tra/", "/khong-co/", "/khong-co.txt", "/pakn/hoi-dap/khong-co/"]
)
def test_an_address_that_leads_nowhere_is_the_ministrys_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert OWN_PAGE in text_in(response)
    assert "URLconf" not in text_in(response)


@pytest.mark.parametrize("code", ["0" * 12, "0"])
def test_a_wrong_code_is_told_in_the_form(client: Client, code: str) -> None:
    case, _secret = make_mine()
    wrong = client.post(TRACKING, {"number": case.number, "secret": code})
    assert wrong.status_code == 404
    assert OWN_PAGE not in text_in(wrong)
    assert 'role="alert"' in text_in(wrong)
    assert f'value="{case.number}"' in text_in(wrong)


def test_the_dead_link_of_a_mail_is_told(client: Client) -> None:
    dead = client.post(TRACKING, {"token": "0" * 32})
    assert dead.status_code == 404
    assert "Đường dẫn này không còn hiệu lực" in text_in(dead)


def test_an_addition_outlives_the_half_hour_and_a_wrong_code(client: Client) -> None:
    case, secret = make_mine()
    actions.request_supplement(case, by=make_ministry().intake, note="Cho biết tên công ty.")
    page = open_case(client, case, secret)
    key = hidden(page.content.decode(), "form_key")
    with later(minutes=31):
        closed = act(client, page, "supplement", form_key=key, content=WORDS, attachments=[pdf("giấy.pdf")])
        carried = {"words_key": hidden(closed.content.decode(), "words_key"), "content": WORDS}
        wrong = client.post(TRACKING, {"number": case.number, "secret": "0" * 12, **carried})
        assert WORDS in text_in(wrong)
        assert "giấy.pdf" in text_in(wrong)
