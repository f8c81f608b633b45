"""Boards and help in a real browser: axe finds nothing, nothing hangs over the edge, one page on paper, and
the tour by keyboard.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.register.checks import keep_check
from pakn_portal.reports.daily import renew
from pakn_portal.routing import actions as routing
from tests.factories import Ministry, make_case, make_submission
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.axe import OURS, faults
from tests.journeys.people import demo_ministry
from tests.journeys.pictures import picture

pytestmark = pytest.mark.browser

PAGES = {
    "lanhdaobo": ["/admin/", "/admin/pakn/board/", "/admin/pakn/board/?by=sector&span=year"],
    "vanphong": [
        "/admin/",
        "/admin/pakn/help/",
        "/admin/pakn/help/?q=gia+han",
        "/admin/pakn/help/van-phong/",
        "/admin/pakn/help/difficulty/",
        "/admin/pakn/help/difficulties/",
    ],
    "lanhdaodonvi": ["/admin/", "/admin/pakn/board/"],
    "bientap": ["/admin/"],
    "phapche": [
        "/admin/",
        "/admin/pakn/confirm/",
        "/admin/pakn/confirm/?list=days",
        "/admin/pakn/replaced-bases/",
    ],
    "daumoi": ["/admin/"],
    "chuyenvien": ["/admin/"],
    "thanhtra": ["/admin/"],
    "kiemtoan": [
        "/admin/",
        "/admin/pakn/audit/",
        "/admin/pakn/audit/?at_from=01/01/2025",
        "/admin/pakn/audit/lines/",
        "/admin/pakn/audit/lines/?kind=watched&at_from=01/01/2025",
        "/admin/pakn/audit/lines/?number=khong-co",
        "/admin/pakn/help/kiem-toan/",
    ],
    "quantri": ["/admin/", "/admin/pakn/help/difficulties/"],
}


def worth_a_look(ministry: Ministry) -> None:
    """Some acts of several people, and a check of the night before."""
    for person in (ministry.officer, ministry.officer, ministry.head, ministry.intake):
        actions.read_contacts(make_case("processing", ministry), by=person)
    routing.recall_case(
        make_case("routed", ministry), by=ministry.intake, note="Chuyển nhầm đơn vị, thuộc lĩnh vực khác."
    )
    late = make_submission(
        received_at=clock.now() - timedelta(days=3), backdating_reason="Thư đến chiều thứ sáu.",
        entered_by=ministry.intake, channel="post",
    )  # fmt: skip
    actions.open_case(late, by=ministry.intake)
    keep_check({"I5": 0, "I16": 0})


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", list(PAGES))
def test_nothing_is_wrong_and_nothing_hangs_over(
    house: Any, open_page: OpenPage, name: str, phone: bool
) -> None:
    ministry = demo_ministry()
    for status in ("submitted", "processing", "draft_review", "answered"):
        make_case(status, ministry)
    if name == "kiemtoan":
        worth_a_look(ministry)
    renew()
    page = staff.sign_in(open_page(phone=phone), name)
    found = []
    for address in PAGES[name]:
        page.goto(address)
        for details in page.locator(".pakn-board details").all():
            details.locator("summary").click()
        found += faults(page, OURS)
        picture(page, re.sub(r"\W+", "-", f"desk {name} {address.removeprefix('/admin/')}").strip("-"))
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), address
    assert found == []


def test_on_a_phone_the_newest_month_and_the_due_days_are_in_view(house: Any, open_page: OpenPage) -> None:
    ministry = demo_ministry()
    make_case("processing", ministry)
    make_case("answered", ministry)
    renew()
    page = staff.sign_in(open_page(phone=True), "lanhdaobo")
    page.goto("/admin/pakn/board/")
    for heading in page.locator(".pakn-plot .pakn-plot__label--head:last-of-type").all():
        box = heading.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391
    name = page.locator(".pakn-plot__names").bounding_box()
    assert name is not None
    assert name["x"] >= 0
    for cell in page.locator(".pakn-oldest tbody td").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390


def test_nothing_of_the_oldest_is_cut_off_on_paper(house: Any, open_page: OpenPage) -> None:
    make_case("processing", demo_ministry())
    renew()
    page = staff.sign_in(open_page(), "lanhdaobo")
    page.goto("/admin/pakn/board/")
    page.set_viewport_size({"width": 680, "height": 1000})
    page.emulate_media(media="print")
    cut = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.textContent)"
    assert page.locator(".pakn-oldest :is(td, th)").evaluate_all(cut) == []


def test_the_overview_is_one_page_of_paper(house: Any, open_page: OpenPage) -> None:
    ministry = demo_ministry()
    for _number in range(12):
        make_case("processing", ministry)
    make_case("answered", ministry)
    renew()
    page = staff.sign_in(open_page(), "lanhdaobo")
    page.goto("/admin/pakn/board/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


def test_the_tour_by_keyboard(house: Any, open_page: OpenPage) -> None:
    case = make_case("processing", demo_ministry())
    page = staff.sign_in(open_page(), "chuyenvien")
    page.goto(f"/admin/pakn/cases/inspect/{case.pk}/")
    opener = page.locator("[data-pakn-tour-open]")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.pakn-tour__dialog")
    expect(dialog).to_be_visible()
    assert faults(page, "dialog") == []
    with page.expect_response("**/dismissibles/"):
        page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    page.reload()
    expect(opener).to_have_text("Trang này có gì, ở đâu")
