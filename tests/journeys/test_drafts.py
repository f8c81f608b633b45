"""A draft survives a reload, the log-out and another device; two people in one form lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

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


def opened(page: Page, address: str) -> None:
    """With its script, which says to the server that the form is open."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.goto(address)


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
    staff.sign_in_by_form(again, "chuyenvien")
    expect(page.locator("[data-pakn-kept]")).to_contain_text("Đã lưu nháp lúc")

    phone = staff.sign_in(open_page(phone=True), "chuyenvien")
    phone.goto(address)
    expect(phone.locator(".pakn-offered")).to_have_count(1)
    phone.get_by_role("link", name="Dùng tiếp").click()
    expect(phone.locator("[name=body]")).to_have_value(WORDS + MORE)
    phone.get_by_role("button", name="Lưu dự thảo", exact=True).click()
    phone.wait_for_url("**/inspect/**")
    assert Answer.objects.get().body == WORDS + MORE
    assert not KeptWords.objects.exclude(saved_at=None).exists()


def test_two_officers_in_one_form_see_each_other_and_lose_nothing(open_page: OpenPage, address: str) -> None:
    one = staff.sign_in(open_page(), "chuyenvien")
    two = staff.sign_in(open_page(), "lanhdaodonvi")
    opened(one, address)
    two.goto(address)
    expect(two.locator("[data-pakn-others]")).to_contain_text("cũng đang mở biểu mẫu này")
    written(one, WORDS)
    written(two, MORE)
    assert KeptWords.objects.exclude(saved_at=None).count() == 2


def test_what_is_written_while_a_save_is_under_way_is_saved_behind_it(
    open_page: OpenPage, address: str
) -> None:
    page = staff.sign_in(open_page(), "chuyenvien")
    opened(page, address)
    held: list[Route] = []
    saves: list[str] = []

    def is_save(request: Request) -> bool:
        return request.method == "POST" and '"keep_draft"\r\n\r\n1' in (request.post_data or "")

    def hold_first(route: Route) -> None:
        held.append(route) if is_save(route.request) and not held else route.continue_()

    page.on("requestfinished", lambda request: saves.append(request.url) if is_save(request) else None)
    page.route("**/draft_answer/**", hold_first)
    page.locator("[name=body]").press_sequentially(WORDS)
    wait_until(page, lambda: bool(held))
    page.locator("[name=body]").press_sequentially(MORE)
    page.wait_for_timeout(4000)  # past the moment at which it would be saved by itself
    held[0].continue_()
    wait_until(page, lambda: len(saves) == 2)
    leave(page, address)
    page.get_by_role("link", name="Dùng tiếp").click()
    expect(page.locator("[name=body]")).to_have_value(WORDS + MORE)


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    for _try in range(100):
        if is_so():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it never came to that")
