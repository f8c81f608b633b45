"""Whatever leaves the admin as a file holds no words of a sender unmasked, whoever downloads it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from pakn_portal.cases.enums import Status
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db

TITLE = "Ông Lê Văn Tám và chị Cúc, số 0977665544, thon dong, xa tan lap, huyen vu thu"
LEAKS = ("0977665544", "Lê Văn Tám", "Cúc", "tan lap", "0900000101", "Nguyễn Thị Thu", "thucuc")


@pytest.fixture
def superuser(db: None) -> Client:
    client = Client(raise_request_exception=False)  # Wagtail has a page that fails on purpose
    client.force_login(get_user_model().objects.create_superuser("chu", "chu@bo.example", "x"))
    return client


def words_of(response: Any) -> str:
    data = response.getvalue()
    if not data.startswith(b"PK"):
        return data.decode()
    from openpyxl import load_workbook

    rows = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


def test_of_a_sealed_case_no_title_travels_and_the_day_is_that_of_handing_it_over(
    ministry: Ministry, as_user: Any
) -> None:
    case = make_case(Status.DENUNCIATION, ministry, title="Tố cáo ông Trưởng thôn")
    lines = as_user(ministry.inspector).get(addresses.list_url(export="csv")).getvalue().decode()
    assert case.number in lines
    assert "Trưởng thôn" not in lines
    assert f"{case.hand_over_due_on:%d/%m/%Y}" in lines or case.hand_over_due_on.isoformat() in lines


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_of_cases_masks_its_titles(kind: str, ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry, title=TITLE)
    words = words_of(as_user(ministry.intake).get(addresses.list_url(export=kind)))
    assert case.number in words
    assert "Ông [họ tên] và chị [họ tên], số [số điện thoại], [địa chỉ]" in words
    assert [leak for leak in LEAKS if leak in words] == []


def _lists(resolver: URLResolver, name: str = "") -> Any:
    """Names of all addresses of the admin that take no argument."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _lists(each, f"{name}{each.namespace}:" if each.namespace else name)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{name}{each.name}"


def test_no_other_download_of_the_admin_has_them(ministry: Ministry, superuser: Client, section: Any) -> None:
    make_case(Status.PUBLISHED, ministry, title=TITLE, content=TITLE)
    downloads = []
    for name in dict.fromkeys(_lists(get_resolver())):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if not address.startswith("/admin/") or "logout" in address:
            continue
        for kind in ("csv", "xlsx"):
            response = superuser.get(address, {"export": kind})
            if "attachment" in response.get("Content-Disposition", ""):
                downloads.append(name)
                assert [leak for leak in LEAKS if leak in words_of(response)] == [], name
    assert len(set(downloads)) >= 5, downloads
