"""One petition, the whole way: from a citizen's form to an answer that others find."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.conf import portal_settings
from pakn_portal.pages.models import AnswerPage
from pakn_portal.search.engines import get_engine
from pakn_portal.search.query.request import SearchRequest
from tests.fixtures.browser import OpenPage
from tests.journeys import citizen, staff
from tests.journeys.conftest import ELASTICSEARCH, wait_for_search

pytestmark = pytest.mark.browser

ANSWER = """Ông/bà vẫn được nộp hồ sơ: thời hạn là 03 tháng kể từ ngày chấm dứt hợp đồng lao động.

Hồ sơ gồm:
- Đơn đề nghị hưởng trợ cấp thất nghiệp;
- Sổ bảo hiểm xã hội đã chốt.

Theo Điều 46 Luật Việc làm số 38/2013/QH13."""
HOTLINE = "\n\nCần hỏi thêm, xin gọi số 0912 345 678."


def test_from_the_form_to_an_answer_that_others_find(house: Any, open_page: OpenPage) -> None:
    sender = open_page()
    number, secret = sends_after_one_mistake(sender)
    the_receipt_is_mailed(number, secret)

    office = staff.sign_in_by_form(open_page(), "vanphong")
    receives_classifies_and_forwards(office, number)
    takes_it_and_assigns(staff.sign_in(open_page(), "daumoi"), number)
    officer = staff.sign_in(open_page(), "chuyenvien")
    drafts_and_submits(officer, number)
    approves(staff.sign_in(open_page(), "lanhdaodonvi"), number)
    masks_what_was_found(officer, number)
    releases_in_wagtails_workflow(staff.sign_in(open_page(), "bientap"))

    others_find_it(open_page(), number)
    sees_the_answer(sender, number, secret)
    a_stranger_gets_nothing(staff.sign_in(open_page(), "chuyenvien2"), officer, number)
    everything_is_as_it_should_be()


def sends_after_one_mistake(page: Page) -> tuple[str, str]:
    citizen.pick_form(page)
    citizen.fill_in(page, **{"Điện thoại": "0912"})
    citizen.consent(page)
    page.get_by_label("Chọn tệp").set_input_files([citizen.LETTER])
    citizen.take_time(page)
    citizen.send(page)

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Có 1 chỗ cần xem lại")
    message = "Số điện thoại chưa đủ. Xin viết như 0912 345 678; số nước ngoài thì bắt đầu bằng dấu +."
    field = page.get_by_role("textbox", name="Điện thoại")
    expect(summary.get_by_role("link", name=message)).to_be_visible()
    expect(field).to_have_accessible_description(re.compile(re.escape(message)))
    expect(page.get_by_role("textbox", name="Tiêu đề")).to_have_value(citizen.TITLE)
    expect(page.get_by_role("list", name="Tệp đã thêm")).to_contain_text(citizen.LETTER["name"])

    field.fill(citizen.PHONE)
    citizen.send(page)
    return citizen.receipt(page)


def the_receipt_is_mailed(number: str, secret: str) -> None:
    call_command("pakn_worker", "--once", verbosity=0)
    letters = [letter for letter in mail.outbox if letter.to == [citizen.EMAIL]]
    assert len(letters) == 1
    assert number in letters[0].body
    assert secret in letters[0].body


def receives_classifies_and_forwards(page: Page, number: str) -> None:
    page.get_by_role("link", name=re.compile("mới gửi đến")).click()
    page.get_by_role("link", name=number).click()
    staff.status(page, "Mới gửi")
    expect(page.get_by_role("main")).to_contain_text(citizen.TITLE)
    staff.do(page, "Tiếp nhận")
    staff.status(page, "Đã tiếp nhận")

    staff.choose(page, "Phân loại")
    page.get_by_label("Lĩnh vực").select_option(label="Việc làm, bảo hiểm thất nghiệp")
    page.get_by_role("button", name="Phân loại").click()

    staff.choose(page, "Chuyển đơn vị")
    page.get_by_label("Đơn vị chủ trì").select_option(label="Cục Việc làm")
    page.get_by_role("button", name="Chuyển đơn vị").click()
    staff.status(page, "Đã chuyển xử lý")


def takes_it_and_assigns(page: Page, number: str) -> None:
    staff.find_case(page, number)
    staff.choose(page, "Phân công")
    officers = page.get_by_role("combobox", name=re.compile("^Chuyên viên"))
    # what each has in hand stands behind the name
    officer = officers.get_by_role("option", name=re.compile("^Trịnh Thị Hải Yến"))
    officers.select_option(value=officer.get_attribute("value"))
    page.get_by_role("button", name="Phân công").click()
    staff.status(page, "Đang xử lý")


def drafts_and_submits(page: Page, number: str) -> None:
    staff.find_case(page, number)
    staff.choose(page, "Soạn câu trả lời")
    page.get_by_label("Câu trả lời").fill(ANSWER)
    page.get_by_label("Căn cứ pháp lý").fill("38/2013/QH13")
    page.get_by_label("Kết quả").select_option(
        label="Đã giải trình (người gửi đọc: Đã giải thích, hướng dẫn)"
    )
    page.get_by_role("button", name="Lưu và trình phê duyệt").click()
    staff.status(page, "Chờ duyệt trả lời")


def approves(page: Page, number: str) -> None:
    staff.find_case(page, number)
    expect(page.get_by_role("main")).to_contain_text("Sổ bảo hiểm xã hội đã chốt.")
    staff.do(page, "Phê duyệt")
    staff.status(page, "Đã trả lời")


def masks_what_was_found(page: Page, number: str) -> None:
    staff.find_case(page, number)
    staff.choose(page, "Chuẩn bị bản công khai")
    words = page.get_by_role("textbox", name=re.compile("^Câu trả lời"))
    words.fill(words.input_value() + HOTLINE)
    page.get_by_role("button", name="Tìm lại thông tin cá nhân").click()

    send = page.get_by_role("button", name="Lưu và gửi biên tập")
    places = page.locator(".pakn-place")
    expect(places.filter(has_text="0912 345 678")).to_have_count(1)
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("che hoặc xác nhận")
    expect(words).to_have_value(re.compile(re.escape(HOTLINE)))
    places.filter(has_text="0912 345 678").get_by_role("button", name="Che: [số điện thoại]").click()
    while places.count():
        places.first.get_by_role("button", name=re.compile("^Che:")).click()
    expect(send).to_be_enabled()
    expect(words).to_have_value(re.compile(re.escape("[số điện thoại]")))
    send.click()
    expect(page.locator(".pakn-next")).to_be_visible()


def releases_in_wagtails_workflow(page: Page) -> None:
    """By the page's own address: our board leads to the case, where it can be read to its end."""
    page.goto(f"/admin/pages/{AnswerPage.objects.get(live=False).pk}/edit/")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("[data-workflow-action-name=approve]").first.click()
    expect(page.locator(".messages .success")).to_contain_text("Câu trả lời không có trên trang")


def others_find_it(page: Page, number: str) -> None:
    wait_for_search()
    for words in ("nộp hồ sơ trợ cấp thất nghiệp", "nop ho so tro cap that nghiep"):
        citizen.search(page, words)
        expect(page.locator(".pakn-total")).to_have_attribute("data-total", "1")
        page.locator(".pakn-hit").get_by_role("link", name=citizen.TITLE).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(citizen.TITLE)
        expect(page.get_by_role("article")).to_contain_text("Sổ bảo hiểm xã hội đã chốt.")
    shown = page.content()
    for private in (citizen.NAME, citizen.EMAIL, "0900", "0912", "Dĩ An", number):
        assert private not in shown


def sees_the_answer(page: Page, number: str, secret: str) -> None:
    citizen.track(page, number, secret)
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.get_by_role("main")).to_contain_text("Sổ bảo hiểm xã hội đã chốt.")
    page.get_by_role("link", name="Câu trả lời đã công khai", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(citizen.TITLE)


def a_stranger_gets_nothing(page: Page, officer: Page, number: str) -> None:
    case = Case.objects.get(number=number)
    staff.find_case(officer, number)
    file = officer.get_by_role("link", name=re.compile(re.escape(citizen.LETTER["name"])))
    file_url = file.get_attribute("href") or ""
    assert officer.request.get(file_url).status == 200

    page.goto(f"{staff.LIST}?q={number}")
    expect(page.get_by_role("main")).not_to_contain_text(citizen.TITLE)
    for kind in ("xlsx", "csv"):
        rows = page.request.get(f"{staff.LIST}?export={kind}&q={number}")
        assert number.encode() not in rows.body()
    doors = [
        f"{staff.LIST}{name}/{case.pk}/" for name in ("inspect", "contacts", "edit", "delete", "history")
    ]
    doors += [f"{staff.LIST}move/{case.pk}/{verb}/" for verb in Verb.values]
    doors += [file_url]
    assert {door: page.request.get(door).status for door in doors} == dict.fromkeys(doors, 404)
    page.goto("/admin/")
    expect(page.get_by_role("main")).not_to_contain_text(citizen.TITLE)


def everything_is_as_it_should_be() -> None:
    call_command("pakn_worker", "--once", verbosity=0)
    call_command("pakn_index", "verify", verbosity=0)
    call_command("pakn_verify", verbosity=0)
    wanted = "elasticsearch" if portal_settings.SEARCH_ENGINE == ELASTICSEARCH else "database"
    assert get_engine().search(SearchRequest(text=citizen.TITLE)).engine.startswith(wanted)
    told = [letter.subject for letter in mail.outbox if letter.to == [citizen.EMAIL]]
    assert len(told) >= 3  # receipt, received, answered or published
