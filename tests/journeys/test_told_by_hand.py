"""A sender without e-mail, from the letter that is entered to the mark that they were told."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from pakn_portal.cases.models import Case
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.axe import faults
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser


def test_from_the_entry_to_the_mark(house: Any, open_page: OpenPage) -> None:
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(f"{staff.LIST}entry/?sender=citizen")
    page.locator("[name=channel][value=phone]").check()
    page.locator("[name=kind][value=question]").check()
    page.locator("[name=full_name]").fill("Nguyễn Văn Ba")
    page.locator("[name=phone]").fill("0912345678")
    page.locator("[name=title]").fill("Hỏi về trợ cấp")
    page.locator("[name=content]").fill("Tôi muốn hỏi về trợ cấp thất nghiệp.")
    page.get_by_role("button", name="Lưu và cấp mã hồ sơ").click()
    page.locator("[data-case-number]").wait_for()
    case = Case.objects.get()

    # the receipt is on paper, so nothing waits; the next act writes to the sender
    page.goto(f"{staff.LIST}move/{case.pk}/receive/")
    panel = page.locator("[data-pakn-letter]")
    expect(panel).to_contain_text(f"Hồ sơ {case.number}: đã tiếp nhận")
    expect(panel).to_contain_text("Thư này không tự gửi đi: cần gọi điện")
    assert faults(page, "main") == []
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(page.locator(".messages")).to_contain_text(
        "Người gửi không có thư điện tử nên chưa được báo: cần gọi điện."
    )

    page.goto("/admin/")
    page.locator('[data-figure="told"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cần báo người gửi")
    page.locator(".pakn-cases__title a").click()
    letter = page.locator(".pakn-mail")
    expect(letter).to_contain_text("Nguyễn Văn Ba")
    expect(page.locator("main")).not_to_contain_text("0912")
    page.get_by_role("button", name="Xem địa chỉ, số điện thoại").click()
    expect(page.locator("[data-contacts]")).to_contain_text("0912")
    assert faults(page, "main") == []
    # on paper stands the letter and nothing else
    page.emulate_media(media="print")
    expect(letter).to_be_visible()
    expect(page.locator("[data-contacts]")).not_to_be_visible()
    page.emulate_media(media="screen")

    page.get_by_label("Qua điện thoại").check()
    page.locator("[name=note]").fill("Gặp anh Ba lúc 9 giờ.")
    page.get_by_role("button", name="Đã báo người gửi").click()
    expect(page.locator(".pakn-history")).to_contain_text("qua điện thoại")
    expect(page.locator("[data-notice]")).to_have_count(0)
    expect(page.locator("[data-told]")).to_contain_text("Thư: Thông báo tiếp nhận")
    page.goto("/admin/")
    expect(page.locator('[data-figure="told"]')).to_have_count(0)


def test_several_letters_are_one_document(house: Any, open_page: OpenPage) -> None:
    who = demo_ministry()
    by_post = {"email": "", "phone": "0911222333", "address": "Số 5, phường Mẫu"}
    cases = [make_case("received", who, sender=by_post) for _each in range(3)]
    page = staff.sign_in(open_page(), "vanphong")
    page.goto("/admin/pakn/notices/")
    for pick in page.locator("[data-pakn-pick]").all()[:2]:
        pick.check()
    page.get_by_role("button", name="In thư, ghi đã gửi").click()
    expect(page.locator("article.pakn-mail")).to_have_count(2)
    expect(page.locator("main")).not_to_contain_text("phường Mẫu")
    page.get_by_role("button", name="Ghi đã gửi và in thư có địa chỉ").click()
    expect(page.locator(".pakn-outcomes [data-outcome=done]")).to_have_count(2)
    assert faults(page, "main") == []
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    assert [text.count("phường Mẫu") for text in sheets] == [1, 1]
    # nothing of the desk, and no numbers of all the letters together, is the sender's to read
    assert not any("In lúc" in text or "/ 2" in text or "0911" in text for text in sheets)
    page.goto("/admin/pakn/notices/")
    expect(page.locator("[data-pakn-pick]")).to_have_count(1)
    expect(page.locator(".pakn-cases")).to_contain_text(cases[2].number)


def test_the_letter_follows_what_is_typed(house: Any, open_page: OpenPage) -> None:
    case = make_case("received", demo_ministry())
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(f"{staff.LIST}move/{case.pk}/request_supplement/")
    panel = page.locator("[data-pakn-letter]")
    expect(panel).to_contain_text("[lời gửi người gửi sẽ hiện ở đây]")
    page.locator("[name=note]").fill("Xin gửi bản chụp quyết định nghỉ việc.")
    expect(panel).to_contain_text("Xin gửi bản chụp quyết định nghỉ việc.")
    with page.expect_response(lambda response: response.request.headers.get("x-pakn-part") == "letter"):
        page.locator("[name=inner_note]").fill("Nghi trùng hồ sơ khác.")
    expect(panel).not_to_contain_text("Nghi trùng")
    page.get_by_role("button", name=re.compile("^Yêu cầu bổ sung$")).click()
    expect(page.locator(".messages")).to_contain_text("Thư điện tử cho người gửi sẽ đi trong ít phút.")
    expect(page.locator(".pakn-history")).to_contain_text("Nghi trùng hồ sơ khác.")
