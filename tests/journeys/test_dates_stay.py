"""What is typed as a day stays as it was typed, and the server says beside it what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.models import Holiday
from pakn_portal.staff.addresses import entry_url, letter_url, list_url
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

IMPOSSIBLE = ["31/11/2026", "khoảng giữa tháng 11", "32/13/2026"]


def typed(page: Page, name: str, text: str) -> None:
    """By the keyboard, and on with the Tab key."""
    field = page.locator(f"[name={name}]")
    # its own calendar: the one of the field before may still be open, and a click on an open one would
    # close it
    calendar = field.evaluate_handle("field => jQuery(field).data('xdsoft_datetimepicker')[0]").as_element()
    assert calendar is not None
    field.focus()
    # it opens a moment after the field has the focus: later than the Tab key where nobody waits for it
    calendar.wait_for_element_state("visible")
    field.fill("")
    field.press_sequentially(text)
    field.press("Tab")
    calendar.wait_for_element_state("hidden")
    expect(field).to_have_value(text)


@pytest.fixture
def page(open_page: OpenPage, house: Any) -> Page:
    return staff.sign_in(open_page(), "vanphong")


def test_of_a_letter_no_other_day_is_entered(page: Page) -> None:
    page.goto(entry_url())
    for text in IMPOSSIBLE:
        typed(page, "letter_dated_on", text)
        typed(page, "received_at", text)
    typed(page, "received_at", "31/11/2026 08:30")
    page.locator(".pakn-entry .pakn-move__act button.button").first.click()
    for name, text in {"letter_dated_on": IMPOSSIBLE[-1], "received_at": "31/11/2026 08:30"}.items():
        expect(page.locator(f"[name={name}]")).to_have_attribute("aria-invalid", "true")
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    expect(page.get_by_role("alert")).to_contain_text("05/11/2026 14:30")


def test_the_calendar_still_fills_the_field(page: Page) -> None:
    page.goto(entry_url())
    page.locator("[name=letter_dated_on]").click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_today").click()
    expect(page.locator("[name=letter_dated_on]")).to_have_value(f"{clock.today():%d/%m/%Y}")


def test_nor_in_the_letter_of_a_case(page: Page) -> None:
    case = make_case(Status.NEED_INFO, demo_ministry())
    page.goto(letter_url(case.pk, LetterKind.SUPPLEMENT))
    typed(page, "dated_on", IMPOSSIBLE[0])


def test_nor_in_a_list(page: Page) -> None:
    page.goto(f"{list_url()}?registered_from=31/11/2026")
    expect(page.get_by_text("05/11/2026").first).to_be_attached()


def test_nor_in_the_list_of_days_off(open_page: OpenPage, house: Any) -> None:
    page = staff.sign_in(open_page(), "quantri")
    page.goto(reverse(Holiday.snippet_viewset.get_url_name("add")))
    typed(page, "date", IMPOSSIBLE[0])
    typed(page, "last_date", IMPOSSIBLE[1])
