"""Scripts are comfort: sending, tracking and searching work where none runs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import citizen
from tests.journeys.conftest import wait_for_search
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

FIGURES = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}


def answer_the_question(page: Page) -> None:
    """The sum that stands where the browser's own work would be."""
    question = page.locator("label[for=id_plain_answer]").inner_text().lower()
    first, second = re.findall(rf"\b({'|'.join(FIGURES)})\b", question)
    page.locator("#id_plain_answer").fill(str(FIGURES[first] + FIGURES[second]))


def test_sends_and_tracks(house: Any, open_page: OpenPage) -> None:
    page = open_page(javascript=False)
    citizen.pick_form(page)
    citizen.fill_in(page, **{"Họ và tên": ""})
    citizen.consent(page)
    page.get_by_label("Chọn tệp").set_input_files([citizen.LETTER])
    page.get_by_role("button", name="Tải lên và chọn thêm tệp khác").click()
    expect(page.get_by_role("list", name="Tệp đã thêm")).to_contain_text(citizen.LETTER["name"])
    expect(page.get_by_role("textbox", name="Tiêu đề")).to_have_value(citizen.TITLE)

    answer_the_question(page)
    citizen.take_time(page)
    citizen.send(page)
    expect(page.get_by_role("alert")).to_contain_text("Xin ghi họ và tên.")
    page.get_by_role("textbox", name="Họ và tên").fill(citizen.NAME)
    answer_the_question(page)
    citizen.send(page)
    number, secret = citizen.receipt(page)

    citizen.track(page, number, secret)
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.get_by_role("main")).to_contain_text(citizen.LETTER["name"])


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_searches_filters_and_reads(house: Any, open_page: OpenPage, phone: bool) -> None:
    make_case("published", demo_ministry())
    wait_for_search()
    page = open_page(javascript=False, phone=phone)
    citizen.search(page, "tro cap that nghiep")
    if phone:
        page.locator("summary", has_text="Thu hẹp kết quả").click()
    page.get_by_label(re.compile("^Người dân")).check()
    page.get_by_role("button", name="Xem kết quả").click()
    page.wait_for_url("**sender=citizen**")
    page.locator(".pakn-hit a").first.click()
    expect(page.get_by_role("article")).to_contain_text("Người lao động nộp hồ sơ trong 3 tháng")
    expect(page.get_by_role("button", name="In trang này")).to_be_hidden()
