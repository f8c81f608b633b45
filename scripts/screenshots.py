"""`make screenshots`: what people see, as PNG files at 1280 and 390 px, taken from a running `make demo`.

python -m scripts.screenshots [--address http://127.0.0.1:8000] [--folder var/screenshots] [NAME …]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.fixtures.browser import ARGUMENTS, CHROMIUM

WIDTHS = {"1280": {"width": 1280, "height": 900}, "390": {"width": 390, "height": 844}}
QUESTION = "Mẹ tôi 76 tuổi, không có lương hưu, xin hưởng trợ cấp hưu trí xã hội ở đâu?"


def fill_form(page: Page) -> None:
    page.goto("/pakn/gui/nguoi-dan/")
    page.check("input[name=kind][value=question]")
    page.fill("[name=title]", QUESTION)
    page.fill("[name=content]", "Mẹ tôi ở phường Dĩ An, chưa từng hưởng trợ cấp. Xin hỏi nộp hồ sơ ở đâu?")
    page.fill("[name=full_name]", "Trần Thị Mẫu")
    page.fill("[name=address]", "Số 5, tổ 2, phường Dĩ An")
    page.fill("[name=phone]", "0900000123")


def send_wrong(page: Page) -> None:
    fill_form(page)
    page.fill("[name=full_name]", "")
    page.fill("[name=phone]", "0912")
    page.set_input_files(
        "#id_attachments", {"name": "don.txt.exe", "mimeType": "application/pdf", "buffer": b"MZ"}
    )
    page.wait_for_timeout(3200)  # nobody fills in a form faster than that
    page.click("#send")
    page.wait_for_selector(".pakn-error-summary")


def send_right(page: Page) -> None:
    fill_form(page)
    page.check("[name=holds_no_secret]")
    page.wait_for_timeout(3200)
    page.click("#send")
    page.wait_for_selector(".pakn-check")
    page.click("#send")
    page.wait_for_selector("#case-number")


def track(page: Page) -> None:
    send_right(page)
    number, secret = page.inner_text("#case-number"), page.inner_text("#tracking-secret")
    page.goto("/pakn/tra-cuu/")
    page.fill("[name=number]", number)
    page.fill("[name=secret]", secret)
    page.click("#form button[type=submit]")
    page.wait_for_selector(".pakn-timeline")


def first_answer(page: Page) -> None:
    page.goto("/pakn/hoi-dap/?q=thai sản")
    page.click(".pakn-hit a >> nth=0")


def as_staff(name: str, address: str = "/admin/") -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        page.goto("/admin/login/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", name)
        page.click("form [type=submit]")
        page.goto(address)

    return visit


def a_case(name: str, query: str = "") -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        as_staff(name, f"/admin/pakn/cases/{query}")(page)
        page.click("main table a[href*='/inspect/'] >> nth=0")

    return visit


def a_move(name: str, verb: str, query: str = "") -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        a_case(name, query)(page)
        page.goto(page.url.split("?")[0].replace("/inspect/", "/move/") + f"{verb}/")

    return visit


def at(address: str) -> Callable[[Page], Any]:
    return lambda page: page.goto(address)


SCREENS: dict[str, Callable[[Page], Any]] = {
    "home": at("/pakn/"),
    "choice": at("/pakn/gui/"),
    "form": at("/pakn/gui/nguoi-dan/"),
    "form-business": at("/pakn/gui/doanh-nghiep/"),
    "form-errors": send_wrong,
    "receipt": send_right,
    "tracking": at("/pakn/tra-cuu/"),
    "tracking-case": track,
    "archive": at("/pakn/hoi-dap/"),
    "archive-results": at("/pakn/hoi-dap/?q=thai san"),
    "archive-empty": at("/pakn/hoi-dap/?q=xyzzy"),
    "answer": first_answer,
    "staff-home-office": as_staff("vanphong"),
    "staff-home-unit": as_staff("lanhdaodonvi"),
    "staff-list": as_staff("vanphong", "/admin/pakn/cases/"),
    "staff-list-unit": as_staff("chuyenvien", "/admin/pakn/cases/"),
    "staff-case": a_case("chuyenvien"),
    "staff-case-office": a_case("vanphong", "?scope=new"),
    "staff-case-publisher": a_case("bientap"),
    "staff-redaction": a_move("bientap", "prepare_public_text", "?status=answered"),
    "staff-refuse": a_move("vanphong", "refuse", "?status=submitted"),
    "staff-entry": as_staff("vanphong", "/admin/pakn/cases/entry/"),
}


def take(browser: Browser, address: str, folder: Path, names: list[str]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names, 1):
        for width, viewport in WIDTHS.items():
            if name.startswith("staff"):  # the admin scrolls inside its window, so the window must be tall
                viewport = {**viewport, "height": 1800}
            context = browser.new_context(base_url=address, viewport=viewport, locale="vi-VN")
            page = context.new_page()
            SCREENS[name](page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
            context.close()
        print(f"{number} of {len(names)}: {name}", flush=True)
    return len(names) * len(WIDTHS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--folder", type=Path, default=Path("var/screenshots"))
    parser.add_argument("names", nargs="*", choices=[[], *SCREENS], default=[])
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        count = take(browser, options.address, options.folder, options.names or list(SCREENS))
        browser.close()
    print(f"{count} pictures in {options.folder}.")


if __name__ == "__main__":
    main()
