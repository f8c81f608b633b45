from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.mark.django_db
def test_home_has_the_menu_and_a_strict_policy(site: Any, client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"].split("; ")[0] == "default-src 'self'"
    assert "<h1>" in response.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [False, True])
def test_pages_fit_the_screen(site: Any, open_page: Any, phone: bool) -> None:
    page = open_page("/", phone=phone)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
