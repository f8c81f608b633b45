"""An answer is written with a template, corrected by the head, and leaves as a letter."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pakn_portal.answers.models import Answer
from pakn_portal.cases.models import Case
from pakn_portal.management.setup.lists import load_lists
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.axe import OURS, faults
from tests.journeys.people import demo_ministry
from tests.journeys.pictures import picture

pytestmark = pytest.mark.browser


def look(page: Page, name: str) -> None:
    """Nothing by axe, no sideways scroll; a picture for whoever wants to look."""
    page.wait_for_load_state("load")
    expect(page.locator(".pakn-staff")).to_be_visible()
    assert faults(page, OURS) == []
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    picture(page, name)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_words_for_the_sender_are_taken_over(house: Any, open_page: OpenPage, phone: bool) -> None:
    load_lists()
    case = make_case("received", demo_ministry())
    page = staff.sign_in(open_page(phone=phone), "vanphong")
    page.goto(f"{staff.LIST}move/{case.pk}/request_supplement/")
    offers = page.locator(".pakn-offers > li")
    expect(offers).to_have_count(2)
    offers.first.locator("[name=insert]").click()
    expect(page.locator("[name=note]")).to_have_value(re.compile("Thời gian, địa điểm"))
    offers.last.locator("[name=insert]").click()
    page.locator("[name=insert][value$=append]").click()
    expect(page.locator("[name=note]")).to_have_value(re.compile("Thời gian, địa điểm[^$]*Bản chụp"))
    look(page, "supplement-templates")
    page.locator(".pakn-move__act").get_by_role("button", name="Yêu cầu bổ sung", exact=True).click()
    page.wait_for_url("**/inspect/**")
    case.refresh_from_db()
    assert case.status == "need_info"


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_from_the_template_to_the_letter(house: Any, open_page: OpenPage, phone: bool) -> None:
    load_lists()
    case = make_case("processing", demo_ministry())
    page = staff.sign_in(open_page(phone=phone), "chuyenvien")
    page.goto(f"{staff.LIST}move/{case.pk}/draft_answer/")
    page.locator("li", has_text="Trả lời chung").locator("[name=insert]").click()
    expect(page.locator("[name=body]")).to_have_value(re.compile(case.number))
    page.locator("[name=body]").fill("Báo trước 30 ngày.")
    look(page, "draft-templates")
    page.get_by_role("button", name="Căn cứ", exact=True).click()
    page.locator("[name=basis]").fill("lao dong")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator("[name=cite][value='45/2019/QH14']").click()
    expect(page.locator("[name=legal_bases]")).to_have_value("45/2019/QH14 (Bộ luật Lao động)")
    expect(page.locator("[name=body]")).to_have_value("Báo trước 30 ngày.")
    look(page, "draft-bases")
    page.locator("[name=outcome]").select_option("explained")
    page.get_by_role("button", name="Xem trước", exact=True).click()
    expect(page.locator(".pakn-panel")).to_contain_text("Báo trước 30 ngày.")
    look(page, "draft-preview")
    page.get_by_role("button", name="Tương tự", exact=True).click()
    expect(page.locator("[name=open_tab]")).to_have_value("similar")
    look(page, "draft-similar")
    page.get_by_role("button", name="Lưu và trình phê duyệt").click()
    page.wait_for_url("**/inspect/**")

    head = staff.sign_in(open_page(phone=phone), "lanhdaodonvi")
    head.goto(f"{staff.LIST}move/{case.pk}/approve_answer/")
    head.get_by_text("Sửa chữ và duyệt luôn").click()
    head.locator("[name=body]").fill("Báo trước 45 ngày.")
    head.get_by_role("button", name="Phê duyệt", exact=True).click()
    expect(head.locator("form del")).to_contain_text("30")
    look(head, "approve-correction")
    head.get_by_role("button", name="Phê duyệt kèm chỗ đã sửa").click()
    head.wait_for_url("**/inspect/**")
    assert Answer.objects.get(case=case).body == "Báo trước 45 ngày."
    look(head, "case-corrected")

    page.goto(f"{staff.LIST}letter/{case.pk}/answer/")
    page.locator("[name=reference_number]").fill("05/BNV-VP")
    look(page, "letter")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải về DOCX").click()
    assert download.value.suggested_filename == f"{case.number}-answer.docx"
    assert Case.objects.get(pk=case.pk).letters.get().reference_number == "05/BNV-VP"
