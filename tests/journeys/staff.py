"""What staff do in the admin."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect

LIST = "/admin/pakn/cases/"


def sign_in(page: Page, name: str) -> Page:
    """As who has signed in already, so that one screen less is drawn for each of them.

    Nothing moves: what Wagtail lets blink on every screen keeps the processor busy as long as one is open.
    """
    door = Client()
    door.force_login(get_user_model().objects.get(username=name))
    cookie = door.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
    )
    page.emulate_media(reduced_motion="reduce")
    return page


def sign_in_by_form(page: Page, name: str) -> Page:
    """Accounts of the demo: the password is the name."""
    page.emulate_media(reduced_motion="reduce")
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(name)
    page.locator("form button[type=submit]").click()  # the word on it is Wagtail's
    page.wait_for_url("**/admin/")
    return page


def find_case(page: Page, number: str) -> None:
    """By its number in the list of all that this person may see."""
    page.goto(f"{LIST}?q={number}")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)


def choose(page: Page, action: str) -> None:
    """A button under "what to do next", beside or in the menu."""
    box = page.locator(".pakn-next")
    link = box.get_by_role("link", name=action, exact=True)
    if not link.is_visible():
        box.get_by_role("button", name="Việc khác").click()
    link.click()


def do(page: Page, action: str, press: str = "") -> None:
    """Choose an action that asks nothing, and press its button."""
    choose(page, action)
    page.get_by_role("button", name=press or action, exact=True).click()


def status(page: Page, text: str) -> None:
    """The case stands there."""
    expect(page.locator(".pakn-status").first).to_have_text(text)
