"""What staff do in the admin."""

from __future__ import annotations

from playwright.sync_api import Page, expect

LIST = "/admin/pakn/cases/"


def sign_in(page: Page, name: str) -> Page:
    """Accounts of the demo: the password is the name."""
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
