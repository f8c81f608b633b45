"""Whoever goes back to a form of staff finds the draft whole, with its file, and is asked nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from pakn_portal.cases.enums import Status
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.people import demo_ministry
from tests.submissions.files import pdf_bytes

pytestmark = pytest.mark.browser

WORDS = "Theo Điều 50 Luật Việc làm."


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_back_after_a_file_was_added(house: Any, open_page: OpenPage, phone: bool) -> None:
    ministry = demo_ministry()
    case = make_case(Status.COORDINATING, ministry)
    page = staff.sign_in(open_page(phone=phone), ministry.other_officer.username)
    page.goto(f"{staff.LIST}move/{case.pk}/give_opinion/")
    page.locator("[name=note]").fill(WORDS)
    expect(page.locator("[data-pakn-kept]")).to_contain_text("Đã lưu nháp")
    file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
    page.locator("[name=attachments]").set_input_files(file)
    page.wait_for_url("**attach=1**")
    for step in (page.reload, page.go_back, page.go_forward):
        step()
        expect(page.locator("[name=note]")).to_have_value(WORDS)
        expect(page.locator(".pakn-files > li")).to_have_count(1)
        expect(page.locator(".pakn-offered")).to_have_count(0)
