"""A case without a mouse: every stop is seen, and after each step the page begins at what came of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

#: Not under the bar that sticks to the top, and with something drawn around it.
SEEN = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const box = element.getBoundingClientRect();
  const bar = document.querySelector("header.w-slim-header");
  const covered = element.closest(".pakn-staff") && bar && box.bottom <= bar.getBoundingClientRect().bottom;
  return !covered && (style.outlineStyle !== "none" || style.boxShadow !== "none");
}"""
SEND = "main form[method=post] .pakn-move__act [type=submit]"


def step_to(page: Page, selector: str, most: int = 60) -> None:
    """Tab forward until there, looking at each stop whether one sees it."""
    for _stop in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("() => document.activeElement.outerHTML")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def press(page: Page, selector: str) -> None:
    step_to(page, selector)
    page.keyboard.press("Enter")


def is_told(page: Page, words: str) -> None:
    """The message is read out, because focus is on it."""
    message = page.locator(".messages li")
    expect(message).to_have_text(re.compile(words))
    expect(message).to_be_focused()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_office_without_a_mouse(house: Any, open_page: OpenPage, phone: bool) -> None:
    case = make_case("submitted", demo_ministry(), title="Câu hỏi mới")
    page = staff.sign_in(open_page(phone=phone), "vanphong")
    page.goto(staff.LIST)
    step_to(page, "[name=q]")
    page.keyboard.insert_text(case.number)
    page.keyboard.press("Enter")
    expect(page.locator(".pakn-count")).to_be_focused()
    press(page, ".pakn-cases__title a")
    expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)

    press(page, "[data-verb=receive]")
    page.wait_for_url("**/receive/**")
    press(page, SEND)
    is_told(page, "Tiếp nhận")

    toggle = page.get_by_role("button", name="Việc khác")
    press(page, ".pakn-next__menu button")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    step_to(page, ".pakn-next__menu a", 1)
    page.keyboard.press("Escape")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_be_focused()

    page.goto(f"{staff.LIST}move/{case.pk}/refuse/")
    press(page, SEND)
    expect(page.get_by_role("alert")).to_be_focused()
    press(page, ".pakn-errors a")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    press(page, SEND)
    is_told(page, "Từ chối")


def test_masks_and_keeps_without_a_mouse(house: Any, open_page: OpenPage) -> None:
    case = make_case("answered", demo_ministry(), title="Câu hỏi đã trả lời")
    page = staff.sign_in(open_page(), "chuyenvien")
    page.goto(f"{staff.LIST}move/{case.pk}/prepare_public_text/")
    step_to(page, "[name=answer]")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("Gọi 0912 345 678 hoặc viết thư đến an@example.vn.")
    told = page.locator("#places[role=status]")
    for name, words in {"look": "Còn 2 chỗ", "mask": "Còn 1 chỗ", "confirm": r"chưa lưu\.\s*$"}.items():
        press(page, f"[name={name}]")
        expect(told).to_have_text(re.compile(words))
        expect(told).to_be_focused()
    press(page, "[name=and_send]")
    is_told(page, "Gửi biên tập")
