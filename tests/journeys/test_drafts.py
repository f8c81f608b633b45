"""A draft survives a reload, the log-out and another device; two people in one form lose nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pakn_portal.answers.models import Answer
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.staff.addresses import move_url
from pakn_portal.submissions.models import KeptWords
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.axe import faults
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

WORDS = "Kính gửi ông/bà, mức trợ cấp được tính theo Điều 50 Luật Việc làm."
MORE = " Thời gian hưởng là ba tháng."


@pytest.fixture
def address(house: Any) -> str:
    return move_url(make_case(Status.PROCESSING, demo_ministry()).pk, Verb.DRAFT_ANSWER)


def written(page: Page, text: str) -> None:
    """All of it at once, so that one copy is kept and not what stood there at some second."""
    page.locator("[name=body]").fill(text)
    expect(page.locator("[data-pakn-kept]")).to_contain_text("Đã lưu nháp lúc")


def leave(page: Page, address: str) -> None:
    """Away in spite of the question whether one really wants to."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)


def test_a_draft_survives_reload_log_out_and_another_device(open_page: OpenPage, address: str) -> None:
    page = staff.sign_in(open_page(), "chuyenvien")
    page.goto(address)
    written(page, WORDS)
    leave(page, address)
    expect(page.locator(".pakn-offered")).to_contain_text("Có bản nháp lúc")
    assert faults(page) == []
    page.get_by_role("link", name="Dùng tiếp").click()
    expect(page.locator("[name=body]")).to_have_value(WORDS)

    page.context.clear_cookies()
    page.locator("[name=body]").fill(WORDS + MORE)
    expect(page.locator("[data-pakn-kept]")).to_contain_text("Phiên đăng nhập đã kết thúc")
    again = page.context.new_page()
    staff.sign_in(again, "chuyenvien")
    expect(page.locator("[data-pakn-kept]")).to_contain_text("Đã lưu nháp lúc")

    phone = staff.sign_in(open_page(phone=True), "chuyenvien")
    phone.goto(address)
    expect(phone.locator(".pakn-offered")).to_have_count(1)
    phone.get_by_role("link", name="Dùng tiếp").click()
    expect(phone.locator("[name=body]")).to_have_value(WORDS + MORE)
    phone.get_by_role("button", name="Lưu", exact=True).click()
    phone.wait_for_url("**/inspect/**")
    assert Answer.objects.get().body == WORDS + MORE
    assert not KeptWords.objects.exclude(saved_at=None).exists()


def test_two_officers_in_one_form_see_each_other_and_lose_nothing(open_page: OpenPage, address: str) -> None:
    one = staff.sign_in(open_page(), "chuyenvien")
    two = staff.sign_in(open_page(), "lanhdaodonvi")
    with one.expect_response(lambda response: response.request.method == "POST"):
        one.goto(address)  # its script says that it is open
    two.goto(address)
    expect(two.locator("[data-pakn-others]")).to_contain_text("cũng đang mở biểu mẫu này")
    written(one, WORDS)
    written(two, MORE)
    assert KeptWords.objects.exclude(saved_at=None).count() == 2
