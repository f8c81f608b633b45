"""axe on every page people see, and nothing hangs over the edge. WCAG 2.2 AA."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.cases.models import Case
from pakn_portal.management.imports.actions import import_legal_texts
from pakn_portal.management.imports.rows import LegalTextRow
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.pages.answers.actions import correct_answer, unpublish_answer
from pakn_portal.pages.answers.actions import page_of_case as page_of
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.staff.addresses import letter_url, letters_of_notices_url, notice_url, notices_url
from tests.factories import Ministry, make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import citizen, staff
from tests.journeys.axe import faults
from tests.journeys.conftest import wait_for_search
from tests.journeys.people import demo_ministry
from tests.journeys.pictures import picture

pytestmark = pytest.mark.browser


@pytest.fixture
def who(house: Any) -> Ministry:
    return demo_ministry()


@pytest.fixture
def answered(who: Ministry) -> Case:
    """Published, then corrected."""
    case = make_case("published", who)
    page = page_of(case)
    assert page is not None
    new = "- Trong 90 ngày."
    prepare_public_text(case, title=page.title, question=page.question, answer=new, by=who.officer)
    correct_answer(case, by=who.publisher, note="Sửa thời hạn theo Luật 74/2025/QH15.")
    return case


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_public_pages(house: Any, who: Ministry, answered: Case, open_page: OpenPage, phone: bool) -> None:
    import_legal_texts(
        [LegalTextRow("luat-1", "Thời hạn", "1. Nộp trong 3 tháng.", law_number="38/2013/QH13")]
    )
    gone = make_case("published", who, title="Câu hỏi sẽ bị gỡ")
    unpublish_answer(gone, by=who.publisher, note="Văn bản đã hết hiệu lực.")
    wait_for_search()
    live_page, gone_page = page_of(answered), page_of(gone)
    assert live_page is not None
    assert gone_page is not None
    addresses = [
        "/pakn/",
        "/pakn/gui/",
        "/pakn/gui/nguoi-dan/",
        "/pakn/gui/doanh-nghiep/",
        "/pakn/tra-cuu/",
        "/pakn/hoi-dap/",
        "/pakn/hoi-dap/?q=tro cap",
        "/pakn/hoi-dap/?q=xyzzy",
        live_page.url,
        gone_page.url,
    ]
    page = open_page(phone=phone)
    found = []
    for address in addresses:
        page.goto(address)
        for details in page.locator("main details").all():
            details.evaluate("element => { element.open = true }")
        found += faults(page)
    page.goto("/pakn/hoi-dap/?kind=legal_text")
    page.locator(".pakn-hit a").first.click()
    found += faults(page)
    assert found == []


def test_what_a_citizen_sees_on_the_way(house: Any, open_page: OpenPage) -> None:
    page, found = open_page("/pakn/gui/nguoi-dan/"), []
    citizen.take_time(page)
    citizen.send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)

    citizen.fill_in(page)
    citizen.consent(page)
    page.get_by_label("Chọn tệp").set_input_files([citizen.LETTER])
    citizen.send(page)
    number, secret = citizen.receipt(page)
    found += faults(page)

    citizen.track(page, number, "sai-ma-tra-cuu")
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    citizen.track(page, number, secret)
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    found += faults(page)
    assert found == []


def test_staff_pages(house: Any, who: Ministry, answered: Case, open_page: OpenPage) -> None:
    """Ours only: what Wagtail draws around them is Wagtail's."""
    fresh = make_case("submitted", who, title="Câu hỏi mới")
    worked = make_case("answered", who, title="Câu hỏi đã trả lời")
    lists = ["", "pakn/cases/", "pakn/cases/?q=xyzzy", "pakn/cases/entry/"]
    going = make_case("processing", who, title="Câu hỏi đang xử lý")
    by_post = make_case(
        "extended", who, title="Gửi qua bưu điện", sender={"email": "", "phone": "0911222333"}
    )
    notice = ManualNotice.objects.leading().get(mail__case=by_post)
    with_office = make_case("received", who, sender={"email": "", "address": "Số 5, phường Mẫu"})
    received = ManualNotice.objects.leading().get(mail__case=with_office)
    cases = {
        "vanphong": [
            *lists,
            f"pakn/cases/inspect/{fresh.pk}/",
            f"pakn/cases/intake/{fresh.pk}/",
            f"pakn/cases/move/{fresh.pk}/refuse/",
            f"pakn/cases/bulk/?verb=receive&id={fresh.pk}",
            f"pakn/cases/bulk/?verb=take_in&id={fresh.pk}&id={going.pk}",
            notices_url().removeprefix("/admin/"),
            notice_url(by_post.pk, notice.pk).removeprefix("/admin/"),
            letters_of_notices_url([received.pk]).removeprefix("/admin/"),
            reverse("pakn_mails_modeladmin_index").removeprefix("/admin/"),
            reverse("pakn_replaced_bases").removeprefix("/admin/"),
        ],
        "chuyenvien": [
            *(f"pakn/cases/{door}/" for door in doors_of(worked)),
            f"pakn/cases/move/{going.pk}/draft_answer/",
        ],
        "lanhdaodonvi": [
            f"pakn/cases/move/{going.pk}/extend_deadline/",
            letter_url(by_post.pk, LetterKind.EXTENSION).removeprefix("/admin/"),
        ],
        "bientap": [f"pakn/cases/inspect/{answered.pk}/"],
        "kiemtoan": ["pakn/audit/", "pakn/audit/lines/", f"pakn/cases/inspect/{answered.pk}/"],
    }
    found = []
    for name, addresses in cases.items():
        page = staff.sign_in(open_page(), name)
        for number, address in enumerate(addresses):
            answer = page.goto(f"/admin/{address}")
            assert answer is not None
            assert (answer.status, page.url.endswith(address)) == (200, True), address
            found += faults(page, "main")
            picture(page, f"screen-{name}-{number}")
    assert found == []


def doors_of(case: Case) -> list[str]:
    return [f"inspect/{case.pk}", f"move/{case.pk}/prepare_public_text"]
