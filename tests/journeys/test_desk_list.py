"""The list at 1280 × 900: rows in sight, few Tabs to the first, filters without a reload, a shared view."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories import make_many_cases
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

ROWS = """() => [...document.querySelectorAll("[data-pakn-row]")].map((row) => row.getBoundingClientRect())
  .map((box) => ({ height: Math.round(box.height), isSeen: box.bottom <= innerHeight }))"""


def test_ten_rows_and_eight_tabs(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    make_many_cases(40, unit=who.unit, officer=who.officer)
    page = staff.sign_in(open_page(reduced_motion="reduce"), "chuyenvien")
    page.goto(f"{staff.LIST}?scope=mine&status=open")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    rows = page.evaluate(ROWS)
    assert sum(row["isSeen"] for row in rows) >= 10
    assert {row["height"] for row in rows} <= set(range(36, 41))
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    for _tab in range(8):
        page.keyboard.press("Tab")
        focused = page.evaluate("() => document.activeElement.getAttribute('href') || ''")
        if focused in ("#main", "#pakn-first"):
            page.keyboard.press("Enter")
        if focused == "#main":
            # the CMS's script goes there in its own time
            expect(page.locator("#main")).to_be_focused()
        if focused == "#pakn-first":
            break  # the browser goes there in its own time
        if page.evaluate("() => document.activeElement.matches('[data-pakn-row] a')"):
            break
    expect(page.locator("#pakn-first")).to_be_focused()


def test_the_drawer_narrows_without_a_reload(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    make_many_cases(3, unit=who.unit, officer=who.officer)
    page = staff.sign_in(open_page(reduced_motion="reduce"), "chuyenvien")
    page.goto(f"{staff.LIST}?scope=unit")
    page.evaluate("() => { window.isSame = true; }")
    page.locator("#filters-drilldown .w-dropdown__toggle").click()
    page.get_by_role("button", name="Trạng thái").click()
    page.locator("#id_status").select_option("answered")
    expect(page.locator(".pakn-count")).to_have_text(re.compile("0 hồ sơ"))
    assert page.evaluate("() => window.isSame")
    assert "status=answered" in page.url
    page.keyboard.press("Escape")
    page.locator(".w-pill__remove").click()
    expect(page.locator(".pakn-count")).to_have_text(re.compile("3 hồ sơ"))


def test_a_view_is_saved_and_shared(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    make_many_cases(3, unit=who.unit, officer=who.officer)
    page = staff.sign_in(open_page(reduced_motion="reduce"), "lanhdaodonvi")
    page.goto(f"{staff.LIST}?scope=unit&status=processing&order=newest")
    menu = page.locator(".pakn-menu").first
    menu.locator("summary").click()
    menu.get_by_label("Lưu những gì đang hiện thành").fill("Đang làm")
    menu.get_by_label("Dùng chung với").select_option(str(who.unit.pk))
    menu.get_by_label("Mở đầu tiên").check()
    menu.get_by_role("button", name="Lưu khung nhìn").click()
    expect(page.locator(".messages")).to_contain_text("Đang làm")
    page.goto(staff.LIST)
    expect(page).to_have_url(re.compile("status=processing.*order=newest"))

    other = staff.sign_in(open_page(reduced_motion="reduce"), "chuyenvien")
    other.goto(f"{staff.LIST}?scope=all")
    other.locator(".pakn-menu summary").first.click()
    other.get_by_role("link", name="Đang làm").click()
    expect(other).to_have_url(re.compile("status=processing.*order=newest"))
    expect(other.locator(".pakn-count")).to_have_text(re.compile("3 hồ sơ"))
