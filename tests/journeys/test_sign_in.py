"""Others behind the same address typed wrong passwords: a new browser proves that a person signs in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.fixtures.browser import OpenPage

pytestmark = pytest.mark.browser


def test_the_browser_proves_it_while_the_password_is_typed_again(house: Any, open_page: OpenPage) -> None:
    for number in range(5):
        Client().post("/admin/login/", {"username": "vanphong", "password": f"wrong-{number}"})
    page = open_page()
    page.goto("/admin/login/")
    type_it(page)
    expect(page.locator(".messages")).to_contain_text("quá nhiều lần nhập sai mật khẩu")
    expect(page.locator("form [role=status]")).to_be_visible()
    type_it(page)
    page.wait_for_url("**/admin/")


def type_it(page: Page) -> None:
    page.locator("[name=username]").fill("vanphong")
    page.locator("[name=password]").fill("vanphong")
    page.locator("form button[type=submit]").click()
