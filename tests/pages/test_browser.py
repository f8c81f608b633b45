"""The forms with and without JavaScript, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from pakn_portal.cases import actions
from pakn_portal.cases.models import Case
from pakn_portal.pages.links import tracking_link
from tests.factories import make_ministry
from tests.fixtures.browser import OpenPage
from tests.pages.forms import CITIZEN, GOOD, TRACKING, answer_to, fill, send
from tests.pages.test_tracking import make_mine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("section", "quick"),
]


def type_in(page: Any) -> None:
    page.check("#id_kind_2")
    for name in ("title", "content", "full_name", "address", "phone"):
        page.fill(f"#id_{name}", GOOD[name])
    page.check("#id_holds_no_secret")


def look_and_send(page: Any) -> None:
    """Look it over, then send it."""
    page.click("#send")
    page.wait_for_selector(".pakn-check")
    page.click("#send")
    page.wait_for_selector("#tracking-secret")


def test_the_browser_proves_itself_unseen(open_page: OpenPage) -> None:
    page = open_page(CITIZEN)
    assert page.is_hidden("#id_plain_answer")
    type_in(page)
    look_and_send(page)
    assert Case.objects.count() == 1


def test_the_button_does_not_move_from_under_the_finger(open_page: OpenPage) -> None:
    """The first touch starts the check; a line of text that appears then would shift the button away."""
    page = open_page(CITIZEN, phone=True)
    page.locator("#send").scroll_into_view_if_needed()
    before = page.locator("#send").bounding_box()
    page.focus("#send")
    page.wait_for_selector("input[name=altcha]:not([value=''])", state="attached")
    assert page.locator("#send").bounding_box() == before


def test_without_javascript_the_sum_is_asked_and_everything_works(open_page: OpenPage) -> None:
    page = open_page(CITIZEN, javascript=False)
    type_in(page)
    page.fill("#id_plain_answer", answer_to(page.input_value("input[name=form_key]")))
    look_and_send(page)


def link_of(case: Case) -> str:
    """As in a mail, on this server."""
    return TRACKING + "#" + tracking_link(case.submission).partition("#")[2]


def ask_for_more(case: Case) -> None:
    actions.request_supplement(case, by=make_ministry().intake, note="Cho biết tên công ty.")


def test_the_link_of_a_mail_opens_in_a_tab_that_is_there_already(open_page: OpenPage) -> None:
    (first, secret), (second, _secret) = make_mine(), make_mine()
    page = open_page(TRACKING)
    page.goto(link_of(first))  # only the # changes, so nothing is loaded
    expect(page.locator("h1")).to_contain_text(first.number)
    page.goto(link_of(second))
    expect(page.locator("h1")).to_contain_text(second.number)
    assert "#" not in page.url
    page.goto(TRACKING)
    page.fill("#id_number", first.number)
    page.fill("#id_secret", secret)
    page.get_by_role("button", name="Xem hồ sơ").click()
    expect(page.locator("h1")).to_contain_text(first.number)
    page.goto(link_of(second))
    expect(page.locator("h1")).to_contain_text(second.number)
    page.goto(TRACKING + "#lien-ket=" + "0" * 32)
    expect(page.get_by_role("alert")).to_contain_text("không còn hiệu lực")


def test_the_link_of_a_mail_takes_no_half_written_words_away(open_page: OpenPage) -> None:
    (asked, _secret), (other, _code) = make_mine(), make_mine()
    ask_for_more(asked)
    page = open_page(link_of(asked))
    page.fill("#id_content", "Công ty May Bình Minh")
    page.goto(link_of(other))
    expect(page.get_by_role("button", name="Mở hồ sơ")).to_be_focused()
    expect(page.locator("#id_content")).to_have_value("Công ty May Bình Minh")
    page.get_by_role("button", name="Mở hồ sơ").click()
    expect(page.locator("h1")).to_contain_text(other.number)


DOTS = """() => [...document.querySelectorAll(".pakn-timeline > li")]
  .map((step) => getComputedStyle(step, "::before"))
  .map((style) => style.backgroundColor === style.borderTopColor)"""


def test_a_filled_dot_has_happened_and_a_hollow_one_is_to_come(open_page: OpenPage) -> None:
    page = open_page(CITIZEN)
    type_in(page)
    look_and_send(page)
    assert page.evaluate(DOTS) == [False, False, False]
    case = Case.objects.get()
    ask_for_more(case)
    page.goto(link_of(case))
    page.wait_for_selector(".pakn-timeline time")
    dots = page.evaluate(DOTS)
    assert len(dots) > 1
    assert all(dots)


def test_without_javascript_the_page_says_that_links_of_mails_need_it(open_page: OpenPage) -> None:
    case, _secret = make_mine()
    sentence = "Liên kết trong thư điện tử chỉ mở được hồ sơ khi trình duyệt bật JavaScript"
    page = open_page(link_of(case), javascript=False)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text(sentence)
    expect(open_page(TRACKING).locator("noscript p")).to_have_count(0)


def test_the_link_of_a_mail_leaves_nothing_in_the_address(
    open_page: OpenPage, client: Client, live_server: Any
) -> None:
    send(client, email="thucuc@example.vn")
    _address, _hash, fragment = tracking_link(Case.objects.get().submission).partition("#")
    page = open_page(f"{TRACKING}#{fragment}")
    page.wait_for_selector(".pakn-timeline")
    assert page.url == f"{live_server.url}{TRACKING}"


def test_the_way_through_the_section_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(CITIZEN)
    page.focus("#send")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pakn-error-summary")
    assert page.evaluate("document.activeElement.className") == "pakn-error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "kind"


@pytest.mark.parametrize("address", ["/pakn/", "/pakn/gui/", CITIZEN, "/pakn/gui/doanh-nghiep/", TRACKING])
@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing(open_page: OpenPage, address: str, phone: bool) -> None:
    page = open_page(address, phone=phone)
    found = Axe().run(page).response["violations"]
    assert [
        (each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_axe_finds_nothing_on_errors_receipt_and_result(open_page: OpenPage, client: Client) -> None:
    page = open_page(CITIZEN)
    page.click("#send")
    page.wait_for_selector(".pakn-error-summary")
    pages = [Axe().run(page)]
    type_in(page)
    page.click("#send")
    page.wait_for_selector(".pakn-check")
    pages.append(Axe().run(page))
    page.click("#send")
    page.wait_for_selector("#tracking-secret")
    pages.append(Axe().run(page))
    number, secret = page.inner_text("#case-number"), page.inner_text("#tracking-secret")
    page.goto(f"{page.url.partition('/pakn/')[0]}{TRACKING}")
    page.fill("#id_number", number)
    page.fill("#id_secret", secret)
    page.click("#form button")
    page.wait_for_selector(".pakn-timeline")
    pages.append(Axe().run(page))
    assert [each["id"] for result in pages for each in result.response["violations"]] == []
    assert fill(client)["form_key"]
