"""The form without a mouse: every stop is reached in order, seen, and enough to send."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import OpenPage
from tests.journeys import citizen

pytestmark = pytest.mark.browser

FOCUS_IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


def step_to(page: Page, selector: str, most: int = 60) -> None:
    """Tab forward until there, looking at each stop whether one sees it."""
    for _stop in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("() => document.activeElement.outerHTML")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def test_sends_without_a_mouse(house: Any, open_page: OpenPage) -> None:
    page = open_page("/pakn/gui/nguoi-dan/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")

    step_to(page, "[name=kind]")
    page.keyboard.press("Space")
    words = [
        ("[name=title]", citizen.TITLE),
        ("[name=content]", "Tôi nghỉ việc đã hai tháng. Tôi còn được nộp hồ sơ không?"),
        ("[name=full_name]", citizen.NAME),
        ("[name=address]", "Số 18, tổ 4, phường Dĩ An"),
        ("[name=phone]", "0912"),
    ]
    for selector, text in words:
        step_to(page, selector)
        page.keyboard.insert_text(text)
    step_to(page, "[name=holds_no_secret]")
    page.keyboard.press("Space")
    citizen.take_time(page)
    step_to(page, "#send")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_focused()
    step_to(page, ".pakn-error-summary a", 1)
    page.keyboard.press("Enter")
    phone = page.get_by_role("textbox", name="Điện thoại")
    expect(phone).to_be_focused()
    phone.press("ControlOrMeta+a")
    page.keyboard.insert_text(citizen.PHONE)
    step_to(page, "#send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại nội dung")
    step_to(page, "#send")
    page.keyboard.press("Enter")
    citizen.receipt(page)


def test_searches_and_filters_without_a_mouse(house: Any, open_page: OpenPage) -> None:
    page = open_page("/pakn/hoi-dap/")
    step_to(page, "[name=q]")
    page.keyboard.insert_text("tro cap")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hoi-dap/?*q=tro*")
    expect(page.get_by_label(citizen.SEARCH)).to_have_value("tro cap")
