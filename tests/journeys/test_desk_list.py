"""The list at 1280 × 900: rows in sight, few Tabs to the first, filters without a reload, a shared view."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.submissions.models import Submission
from tests.factories import make_case, make_many_cases
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.axe import faults
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

ROWS = """() => [...document.querySelectorAll("[data-pakn-row]")].map((row) => row.getBoundingClientRect())
  .map((box) => ({ height: Math.round(box.height), isSeen: box.bottom <= innerHeight }))"""

#: What of a list is cut off: its words whole.
CUT = """(places) => [...document.querySelectorAll(places)]
  .filter((place) => place.scrollWidth > place.clientWidth).map((place) => place.textContent.trim())"""
LONG = "Nghỉ việc trước tuổi hưu 6 tháng có được hưởng trợ cấp thất nghiệp"


def test_a_title_of_65_letters_and_how_long_it_is_still_can_be_read(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    cases = make_many_cases(3, unit=who.unit, officer=who.officer, status=Status.COORDINATING)
    Submission.objects.update(title=LONG)
    for case, days in zip(cases, (-30, 30, 0), strict=True):
        Case.objects.filter(pk=case.pk).update(due_on=clock.today() + timedelta(days=days))
    page = staff.sign_in(open_page(), "chuyenvien")
    page.goto(f"{staff.LIST}?scope=unit&status=open")
    places = ".pakn-cases__title a, .pakn-left, .pakn-cases td .pakn-status, .pakn-cases__cell"
    assert page.evaluate(CUT, places) == []
    left = page.locator(".pakn-left")
    expect(left.first.locator("[aria-hidden]")).to_have_text(re.compile(r"^quá \d+ ngày$"))
    whole = re.compile(r"^\d\d/\d\d/\d{4}, quá hạn \d+ ngày làm việc$")
    expect(left.first.locator(".w-sr-only")).to_have_text(whole)
    expect(left.first).to_have_attribute("title", whole)
    expect(page.get_by_role("row", name=re.compile("Đang lấy ý kiến phối hợp"))).to_have_count(3)
    assert faults(page, "main") == []


def test_ten_rows_and_eight_tabs(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    make_many_cases(40, unit=who.unit, officer=who.officer)
    page = staff.sign_in(open_page(), "chuyenvien")
    page.goto(f"{staff.LIST}?scope=mine&status=open")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    rows = page.evaluate(ROWS)
    assert sum(row["isSeen"] for row in rows) >= 10
    assert {row["height"] for row in rows} <= set(range(36, 41))
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    first = page.locator("#pakn-first")
    # as a person counts: from the page as it was loaded, and no link followed but the one that says so
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    for _key in range(7):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('href')") == "#pakn-first":
            expect(page.get_by_role("link", name="Đến hồ sơ đầu tiên")).to_be_in_viewport()
            page.keyboard.press("Enter")
            break
    expect(first).to_be_focused()
    keys, row = page.locator(".pakn-keys").bounding_box(), first.bounding_box()
    assert keys is not None
    assert row is not None
    assert keys["y"] < row["y"]


def test_the_drawer_narrows_without_a_reload(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    make_many_cases(3, unit=who.unit, officer=who.officer)
    page = staff.sign_in(open_page(), "chuyenvien")
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
    page = staff.sign_in(open_page(), "lanhdaodonvi")
    page.goto(f"{staff.LIST}?scope=unit&status=processing&order=newest")
    menu = page.locator(".pakn-menu").first
    menu.locator("summary").click()
    menu.get_by_label("Lưu những gì đang hiện thành").fill("Đang làm")
    menu.get_by_label("Dùng chung với").select_option(str(who.unit.pk))
    menu.get_by_label("Mở đầu tiên").check()
    menu.get_by_role("button", name="Lưu bộ lọc").click()
    expect(page.locator(".messages")).to_contain_text("Đang làm")
    page.goto(staff.LIST)
    expect(page).to_have_url(re.compile("status=processing.*order=newest"))

    other = staff.sign_in(open_page(), "chuyenvien")
    other.goto(f"{staff.LIST}?scope=all")
    other.locator(".pakn-menu summary").first.click()
    other.get_by_role("link", name="Đang làm").click()
    expect(other).to_have_url(re.compile("status=processing.*order=newest"))
    expect(other.locator(".pakn-count")).to_have_text(re.compile("3 hồ sơ"))


def test_the_tick_stays_in_its_box(house: Any, open_page: OpenPage) -> None:
    make_many_cases(2)
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(staff.LIST)
    box = page.locator("[data-pakn-row] input[type=checkbox]").first
    box.check()
    room = """box => { const tick = getComputedStyle(box, "::before");
      return [box.clientWidth - parseFloat(tick.left) - parseFloat(tick.width),
              box.clientHeight - parseFloat(tick.top) - parseFloat(tick.height)]; }"""
    assert min(box.evaluate(room)) >= 0


def test_a_phone_is_offered_no_keys_and_no_list_for_programs(house: Any, open_page: OpenPage) -> None:
    make_many_cases(2)
    for phone in (False, True):
        page = staff.sign_in(open_page(phone=phone), "vanphong")
        page.goto(staff.LIST)
        expect(page.get_by_role("link", name="Tải về dạng XLSX")).to_be_visible()
        for place in (page.locator(".pakn-keys"), page.get_by_role("link", name="Tải về dạng CSV")):
            expect(place).to_be_visible(visible=not phone)


def test_the_state_of_a_mail_is_read_whole(house: Any, open_page: OpenPage) -> None:
    make_case()
    page = staff.sign_in(open_page(), "vanphong")
    for state in (MailState.FAILED, MailState.WITHHELD):
        OutgoingMail.objects.update(state=state, last_error="NoAddress")
        page.goto("/admin/pakn/mails/")
        expect(page.locator(".pakn-cases .pakn-status")).not_to_have_count(0)
        assert page.evaluate(CUT, ".pakn-cases td .pakn-status") == []
