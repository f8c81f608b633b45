"""What people wrote outlives the half hour, missing cookies, a restored tab, a session and haste."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.intake import take_in
from pakn_portal.cases.models import Case
from pakn_portal.staff.addresses import entry_look_url, entry_url, move_url
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import NewSender, NewSubmission
from pakn_portal.submissions.models import Supplement
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.fixtures.later import later
from tests.journeys import citizen, staff
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

WORDS = "Công ty May Bình Minh, quyết định số 12, tôi viết đã lâu."


def test_an_addition_written_for_31_minutes_goes_on(house: Any, open_page: OpenPage) -> None:
    new = NewSubmission(NewSender(citizen.NAME, email=citizen.EMAIL), title="Hỏi", content="Tôi nghỉ việc.")
    accepted, case = take_in(new, form_key=secrets.issue_form_key())
    actions.request_supplement(case, by=demo_ministry().intake, note="Cho biết tên công ty.")
    page = open_page()
    citizen.track(page, case.number, accepted.secret)
    page.get_by_label("Nội dung bổ sung").fill(WORDS)
    page.get_by_label("Chọn tệp").set_input_files([citizen.LETTER])
    with later(minutes=31):
        page.get_by_role("button", name="Gửi phần bổ sung").click()
        expect(page.get_by_label("Nội dung ông/bà viết")).to_have_value(WORDS)
        year, sequence = case.number.split("-")[1:]
        page.get_by_label("Mã hồ sơ").fill(f"pakn {year} {int(sequence)}")
        page.get_by_label("Mã tra cứu").fill(accepted.secret)
        page.get_by_role("button", name="Xem hồ sơ").click()
        expect(page.get_by_label("Nội dung bổ sung")).to_have_value(WORDS)
        expect(page.get_by_role("list", name="Tệp đã thêm")).to_contain_text(citizen.LETTER["name"])
        page.get_by_role("button", name="Gửi phần bổ sung").click()
        expect(page.get_by_role("status")).to_contain_text("Bộ đã nhận phần bổ sung")
    supplement = Supplement.objects.get()
    assert (supplement.content, supplement.attachments.count()) == (WORDS, 1)


def test_without_cookies_the_form_is_taken_at_the_second_try(house: Any, open_page: OpenPage) -> None:
    page = open_page()
    citizen.pick_form(page)
    citizen.fill_in(page)
    citizen.consent(page)
    page.get_by_label("Chọn tệp").set_input_files([citizen.LETTER])
    citizen.take_time(page)
    page.context.clear_cookies()
    citizen.send(page)
    expect(page.get_by_role("alert")).to_contain_text("Nội dung chưa được gửi")
    expect(page.get_by_role("textbox", name="Tiêu đề")).to_have_value(citizen.TITLE)
    expect(page.get_by_role("list", name="Tệp đã thêm")).to_contain_text(citizen.LETTER["name"])
    assert not Case.objects.exists()
    page.context.clear_cookies()
    citizen.send(page)
    number, _secret = citizen.receipt(page)
    with later(hours=25):  # the telephone restores the tab and sends it once more
        page.reload()
        assert citizen.receipt(page)[0] == number
    assert Case.objects.count() == 1


def test_more_than_the_server_takes_is_not_even_sent(house: Any, open_page: OpenPage) -> None:
    page = open_page()
    citizen.pick_form(page)
    citizen.fill_in(page)
    page.locator("#id_content").evaluate("(field) => { field.value = 'à'.repeat(2_000_000); }")
    citizen.check(page)
    expect(page.get_by_role("alert")).to_contain_text("không có gì bị mất")
    expect(page.get_by_role("textbox", name="Tiêu đề")).to_have_value(citizen.TITLE)


def test_what_a_visitor_writes_stays_on_the_device_and_personal_data_only_where_they_say_so(
    house: Any, open_page: OpenPage
) -> None:
    page = open_page()
    citizen.pick_form(page)
    citizen.fill_in(page)
    expect(page.locator("[data-pakn-draft-saved]")).to_contain_text("Đã lưu trên máy này lúc")
    kept = "[...Object.values(sessionStorage), ...Object.values(localStorage)].join()"
    assert citizen.TITLE in page.evaluate(kept)
    assert citizen.NAME not in page.evaluate(kept)
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    page.get_by_role("button", name="Dùng tiếp").click()
    expect(page.get_by_role("textbox", name="Tiêu đề")).to_have_value(citizen.TITLE)
    expect(page.get_by_role("textbox", name="Họ và tên")).to_have_value("")
    page.get_by_label("Máy này là của riêng tôi").check()
    page.get_by_role("textbox", name="Họ và tên").fill(citizen.NAME)
    page.wait_for_function("name => Object.values(localStorage).join().includes(name)", arg=citizen.NAME)
    address = page.url
    page.close()
    again = page.context.new_page()  # the browser was shut and opened
    again.goto(address)
    again.get_by_role("button", name="Dùng tiếp").click()
    expect(again.get_by_role("textbox", name="Họ và tên")).to_have_value(citizen.NAME)
    citizen.fill_in(again)
    citizen.consent(again)
    citizen.take_time(again)
    citizen.send(again)
    citizen.receipt(again)
    assert again.evaluate("localStorage.length") == 0


def test_a_draft_that_is_only_offered_is_never_written_over(house: Any, open_page: OpenPage) -> None:
    page = open_page()
    citizen.pick_form(page)
    address = f"{page.url}?kind=question"
    title, use = page.get_by_role("textbox", name="Tiêu đề"), page.get_by_role("button", name="Dùng tiếp")
    title.fill(citizen.TITLE)
    expect(page.locator("[data-pakn-draft-saved]")).to_contain_text("Đã lưu trên máy này lúc")
    for _visit in range(3):
        page.goto(address)  # the address chooses the kind, so the form is never quite empty
        expect(use).to_be_visible()
    title.fill("Một việc khác")
    expect(page.locator("[data-pakn-draft-saved]")).to_contain_text("Đã lưu trên máy này lúc")
    page.get_by_label("Máy này là của riêng tôi").check()
    page.reload()
    use.click()
    expect(title).to_have_value("Một việc khác")
    page.reload()
    page.get_by_role("button", name="Bỏ", exact=True).click()
    use.click()
    expect(title).to_have_value(citizen.TITLE)


def test_the_receipt_ends_the_draft_that_was_sent_and_no_other(house: Any, open_page: OpenPage) -> None:
    page = open_page()
    citizen.pick_form(page)
    address = page.url
    title, use = page.get_by_role("textbox", name="Tiêu đề"), page.get_by_role("button", name="Dùng tiếp")
    title.fill("Một việc khác")
    expect(page.locator("[data-pakn-draft-saved]")).to_contain_text("Đã lưu trên máy này lúc")
    page.goto(address)
    expect(use).to_be_visible()
    citizen.fill_in(page)
    citizen.consent(page)
    citizen.take_time(page)
    citizen.send(page)
    citizen.receipt(page)
    page.goto(address)
    use.click()
    expect(title).to_have_value("Một việc khác")
    expect(use).to_be_hidden()
    assert citizen.TITLE not in page.evaluate("Object.values(sessionStorage).join()")


def test_a_draft_outlives_haste_and_the_end_of_the_session(house: Any, open_page: OpenPage) -> None:
    case = make_case(Status.PROCESSING, demo_ministry())
    page = staff.sign_in(open_page(), "chuyenvien")
    page.goto(move_url(case.pk, Verb.DRAFT_ANSWER))
    draft = page.locator("[name=body]")
    draft.press_sequentially(WORDS)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Về hồ sơ").click(no_wait_after=True)
    assert asked == ["beforeunload"]
    expect(draft).to_have_value(WORDS)

    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu dự thảo", exact=True).click()
    page.wait_for_url("**/admin/login/**")
    sign_in_again(page)
    expect(page.get_by_role("alert")).to_contain_text("Phiên đăng nhập đã hết")
    expect(page.locator("[name=body]")).to_have_value(WORDS)
    page.get_by_role("button", name="Lưu dự thảo", exact=True).click()
    page.wait_for_url("**/inspect/**")
    assert Case.objects.get(pk=case.pk).answer.body == WORDS


def test_entry_shows_no_log_in_among_its_fields(house: Any, open_page: OpenPage) -> None:
    demo_ministry()
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(entry_url())
    page.context.clear_cookies(name="sessionid")
    with page.expect_request(f"**{entry_look_url()}*"):
        page.locator("[name=full_name]").fill("Nguyễn Thị Thu Cúc")
        page.locator("[name=phone]").focus()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    expect(page.locator("[name=password]")).to_have_count(0)
    expect(page.locator("[name=full_name]")).to_have_value("Nguyễn Thị Thu Cúc")


def sign_in_again(page: Page) -> None:
    page.locator("[name=username]").fill("chuyenvien")
    page.locator("[name=password]").fill("chuyenvien")
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/draft_answer/**")
