"""Ten cases taken in one after another, without a mouse: one act and one page each."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.snippets.models import Sector
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.people import demo_ministry
from tests.journeys.test_staff_by_keyboard import is_told, step_to

pytestmark = pytest.mark.browser

CASES = 10


def take_in(page: Page) -> None:
    """Down the form with Tab alone; what is chosen beforehand stays, and a unit is chosen where none is."""
    step_to(page, "[name=to_unit]")
    if not page.locator("[name=to_unit]").input_value():
        page.keyboard.press("ArrowDown")
    step_to(page, "[data-pakn-primary]")
    page.keyboard.press("Enter")


def test_ten_cases_in_a_row(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    sector = Sector.objects.filter(lead_unit__isnull=False).order_by("pk")[0]
    cases = [make_case(title=f"Câu hỏi thứ {number}", suggested_sector=sector) for number in range(CASES)]
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(f"{staff.LIST}intake/")
    for left in reversed(range(CASES)):
        case = cases[CASES - 1 - left]
        expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
        if left:
            expect(page.locator("[data-pakn-primary]")).to_contain_text(f"({left})")
        take_in(page)
        is_told(page, re.escape(case.number))
    expect(page.locator(".messages")).to_contain_text("Không còn hồ sơ nào chờ tiếp nhận")
    found = Case.objects.filter(pk__in=[case.pk for case in cases])
    assert set(found.values_list("status", "lead_unit")) == {(Status.ROUTED, sector.lead_unit_id)}
    assert who.intake is not None


def test_the_button_that_stays_in_sight_covers_no_box(house: Any, open_page: OpenPage) -> None:
    """At 1280 × 900 the whole form of an ordinary case is in sight."""
    case = make_case(title="Hỏi về trợ cấp", suggested_sector=Sector.objects.order_by("pk")[0])
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(f"{staff.LIST}inspect/{case.pk}/")
    box = page.locator(".pakn-intake [name=note]").bounding_box()
    act = page.locator(".pakn-intake__act").first.bounding_box()
    assert box is not None
    assert act is not None
    assert box["y"] + box["height"] <= act["y"]
