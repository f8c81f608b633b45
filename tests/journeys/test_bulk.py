"""Forty cases forwarded together: three are refused, each says why, and the rest is done."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from pakn_portal.cases.actions import classify_case, receive_case, withdraw_case
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.snippets.enums import Urgency
from pakn_portal.snippets.models import Sector
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

CASES, REFUSED = 40, 3


def test_forty_forwarded_with_three_refused(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    cases = [make_case(title=f"Câu hỏi thứ {number}") for number in range(CASES)]
    for case in cases:
        receive_case(case, by=who.intake)
    page = staff.sign_in(open_page(), "vanphong")
    keys = "&".join(f"id={case.pk}" for case in cases)
    page.goto(f"{staff.LIST}bulk/?verb=forward&{keys}")
    changed, *withdrawn = cases[:REFUSED]
    for case in withdrawn:
        withdraw_case(Case.objects.get(pk=case.pk))
    other = Sector.objects.exclude(pk=changed.sector_id).first()
    classify_case(Case.objects.get(pk=changed.pk), sector=other, urgency=Urgency.NORMAL, by=who.intake)
    page.locator("[name=to_unit]").select_option(str(who.unit.pk))
    page.locator("main form[method=post] .pakn-move__act [type=submit]").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("37 hồ sơ")
    expect(page.locator("[data-outcome=refused]")).to_have_count(REFUSED)
    assert Case.objects.filter(status=Status.ROUTED).count() == CASES - REFUSED
    page.get_by_role("link", name="Làm lại với các hồ sơ chưa thực hiện được").click()
    # what was withdrawn would only be refused again
    expect(page.locator(".pakn-outcomes li")).to_have_count(1)
    expect(page.locator(".pakn-outcomes")).to_contain_text(changed.number)


def test_chosen_by_keyboard_in_the_list(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    for number in range(3):
        make_case("received", who, title=f"Câu hỏi thứ {number}")
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(f"{staff.LIST}?scope=all&status=received")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-pakn-pick]:checked")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("PAKN")
    page.wait_for_load_state()  # its script listens for the keys
    second = page.url
    page.keyboard.press("k")
    expect(page).not_to_have_url(second)
    page.wait_for_load_state()
    page.go_back()
    page.go_back()
    page.locator("[data-pakn-pick]").first.check()
    page.get_by_role("button", name="Chuyển đơn vị…").click()
    expect(page.locator("[name=to_unit]")).to_be_visible()


def test_the_keys_are_told_where_the_cms_tells_its_own(house: Any, open_page: OpenPage) -> None:
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(staff.LIST)
    page.locator(".pakn-count").focus()
    page.keyboard.press("Shift+?")
    expect(page.get_by_role("dialog")).to_contain_text("Chọn hồ sơ")
