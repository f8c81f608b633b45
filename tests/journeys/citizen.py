"""What a citizen does in the browser, in the words they read there."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from pakn_portal.conf import portal_settings
from tests.submissions.files import pdf_bytes

LETTER: Any = {"name": "don-de-nghi.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("don")}
TITLE = "Nghỉ việc 2 tháng có được nộp hồ sơ trợ cấp thất nghiệp không"
SEARCH = re.compile("^Tìm trong câu trả lời|muốn tìm gì")
NAME, PHONE, EMAIL = "Nguyễn Thị Thu Cúc", "0900 000 101", "thucuc.nguyen@example.vn"


def pick_form(page: Page) -> None:
    """From the section's home to the form."""
    page.goto("/pakn/")
    page.get_by_role("main").get_by_role("link", name="Gửi phản ánh, kiến nghị, câu hỏi").click()
    page.get_by_role("link", name="Người dân", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gửi phản ánh, kiến nghị, câu hỏi")
    expect(page.locator(".pakn-kicker")).to_have_text("Người dân")
    page.wait_for_load_state("domcontentloaded")  # what is typed before its scripts run is no draft


def fill_in(page: Page, **changes: str) -> None:
    """Everything but the consent."""
    words = {
        "Tiêu đề": TITLE,
        "Nội dung": "Tôi nghỉ việc ở công ty đã hai tháng. Tôi còn được nộp hồ sơ không, nộp ở đâu?",
        "Họ và tên": NAME,
        "Địa chỉ": "Số 18, tổ 4, phường Dĩ An",
        "Điện thoại": PHONE,
        "Thư điện tử": EMAIL,
        **changes,
    }
    page.get_by_label("Hỏi đáp: hỏi về chính sách, pháp luật").check()
    for label, text in words.items():
        page.get_by_role("textbox", name=label, exact=True).fill(text)


def consent(page: Page) -> None:
    page.get_by_label("Nội dung tôi gửi không có bí mật nhà nước").check()


def take_time(page: Page) -> None:
    """As long as the form asks: nobody fills it in faster."""
    page.wait_for_timeout(portal_settings.FORM_MIN_SECONDS * 1000 + 200)


def check(page: Page) -> None:
    """Look over what was written; where something is wrong the form comes back."""
    page.get_by_role("button", name="Kiểm tra lại nội dung").click()


def send(page: Page) -> None:
    """Look it over and send it; what is wrong is told before."""
    with page.expect_navigation():
        check(page)
    button = page.get_by_role("main").get_by_role("button", name="Gửi đến Bộ")
    if button.count():
        button.click()


def receipt(page: Page) -> tuple[str, str]:
    """Number and secret as they stand on the screen."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Bộ đã nhận được nội dung ông/bà gửi")
    # only then have its scripts run: they end the draft that was sent
    page.wait_for_load_state("domcontentloaded")
    return page.inner_text("#case-number"), page.inner_text("#tracking-secret")


def track(page: Page, number: str, secret: str) -> None:
    page.goto("/pakn/tra-cuu/")
    page.get_by_label("Mã hồ sơ").fill(number)
    page.get_by_label("Mã tra cứu").fill(secret)
    page.get_by_role("button", name="Xem hồ sơ").click()


def search(page: Page, words: str) -> None:
    """In the box on the section's home."""
    page.goto("/pakn/")
    page.get_by_label(SEARCH).fill(words)
    page.get_by_role("button", name="Tìm kiếm").click()
