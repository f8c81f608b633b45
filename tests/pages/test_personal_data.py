"""What people are told about their personal data, wherever they give some."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from pakn_portal.cases import actions
from pakn_portal.staff.addresses import entry_url
from tests.factories import make_ministry
from tests.pages.forms import BUSINESS, CITIZEN, TRACKING
from tests.pages.test_counted_from import staff, words
from tests.pages.test_tracking import make_mine, open_case
from tests.staff.test_entry import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

NOTICE = "/pakn/du-lieu-ca-nhan/"
#: Who, what for, how long, rights.
TOLD = (
    "Bộ Mẫu xử lý các thông tin này",
    "chỉ để tiếp nhận, giải quyết và trả lời",
    "theo thời hạn của pháp luật về lưu trữ",
    "Ông/bà có quyền xem, yêu cầu sửa, rút lại và khiếu nại.",
)
RIGHTS = ("Xem:", "Sửa:", "Rút lại:", "Xóa hoặc hạn chế xử lý:", "Khiếu nại:")


@pytest.fixture(autouse=True)
def ministry(settings: Any) -> None:
    settings.PAKN_PORTAL = {
        **settings.PAKN_PORTAL,
        "MINISTRY_NAME": "Bộ Mẫu",
        "MINISTRY_CONTACT": "Số 1 phố Mẫu\nĐiện thoại: 1900 0000",
    }


@pytest.mark.parametrize("form", [CITIZEN, BUSINESS])
def test_each_form_says_it_before_the_button(form: str, client: Client) -> None:
    html = words(client.get(form))
    assert all(sentence in html for sentence in TOLD)
    assert html.index(TOLD[0]) < html.index('id="send"')
    assert f'href="{NOTICE}"' in html
    assert "Điện thoại: 1900 0000" in html


def test_the_supplement_says_it_too(client: Client) -> None:
    who = make_ministry()
    case, secret = make_mine()
    actions.request_supplement(case, by=who.intake, note="Xin nêu rõ ngày nghỉ việc.")
    html = words(open_case(client, case, secret))
    assert all(sentence in html for sentence in TOLD)


def test_the_paper_receipt_of_an_entry_says_it_too() -> None:
    client = staff(make_ministry().intake)
    html = words(client.post(entry_url(), filled(client)))
    assert all(sentence in html for sentence in TOLD)
    assert f"{NOTICE}." in html


def test_rights_are_reached_from_tracking_and_from_the_notice(client: Client) -> None:
    case, secret = make_mine()
    pages = [client.get(TRACKING), open_case(client, case, secret), client.get(NOTICE)]
    for page in pages:
        html = words(page)
        assert page.status_code == 200
        assert all(f"<strong>{right}</strong>" in html for right in RIGHTS)
        assert "Trong 02 ngày làm việc" in html
    for page in pages[:2]:
        assert f'href="{NOTICE}"' in words(page)
    assert f'href="{TRACKING}"' in words(pages[2])


def test_the_ministry_names_its_own_notice_contact_and_term(client: Client, settings: Any) -> None:
    theirs = {"url": "https://bo.example/dlcn/", "contact": "dlcn@bo.example", "kept_for": "10 năm"}
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "PERSONAL_DATA": theirs}
    html = words(client.get(CITIZEN))
    assert 'href="https://bo.example/dlcn/"' in html
    assert "Thời gian lưu: 10 năm." in html
    assert "dlcn@bo.example" in html
    assert "10 năm" in words(client.get(NOTICE))


def test_a_hidden_section_shows_no_notice(client: Client) -> None:
    Page.objects.get(url_path__endswith="/pakn/").specific.unpublish()
    assert client.get(NOTICE).status_code == 404
    assert TOLD[0] in words(client.get(CITIZEN))


def test_it_says_who_reads_names_and_contacts_and_what_the_site_keeps(client: Client) -> None:
    """Publishers see names, leaders may look at contacts; cookies and counted addresses are told."""
    form, notice = words(client.get(CITIZEN)), words(client.get(NOTICE))
    assert "chỉ người xử lý hồ sơ xem được" not in form + notice
    assert "Họ tên do công chức được xem hồ sơ nhìn thấy" in form
    for told in (
        "người đăng công khai",
        "lãnh đạo Bộ",
        "Mỗi lần xem đều được ghi lại",
        "Cookie",
        "khóa bí mật",
    ):
        assert told in notice
