"""What staff print stands whole on the paper: the CMS's own bars stay behind."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import staff
from tests.journeys.people import demo_ministry

pytestmark = pytest.mark.browser

#: Every word on paper: drawn within the sheet, and nothing of the CMS over it.
UNSEEN = """() => {
  const walker = document.createTreeWalker(document.querySelector(".pakn-staff"), NodeFilter.SHOW_TEXT);
  const unseen = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility() || element.closest(".w-sr-only, [hidden]")) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects())
      if (box.left < 0 || box.right > document.documentElement.clientWidth + 1) unseen.push(text);
  }
  return unseen;
}"""


def on_paper(page: Page) -> Page:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 less its margins
    return page


def nothing_covers(page: Page) -> None:
    for part in (".sidebar", "header.w-slim-header"):
        assert not any(each.is_visible() for each in page.locator(part).all()), part
    assert page.evaluate(UNSEEN) == []
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('.wrapper')).paddingInlineStart")
        == "0px"
    )


def is_numbered_and_dated(page: Page) -> None:
    """The sheets have numbers, and the last line says when it was printed. The keyboard leaves no frame."""
    expect(page.get_by_text("In lúc")).to_be_visible()
    margins = (
        "() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText)"
    )
    assert any("@bottom-right" in text and "counter(pages)" in text for text in page.evaluate(margins))
    focused = "() => [getComputedStyle(document.activeElement)].map((s) => s.outlineStyle + s.boxShadow)[0]"
    assert page.evaluate(focused) == "nonenone"


def test_the_receipt_and_a_long_case_print_whole(house: Any, open_page: OpenPage) -> None:
    page = staff.sign_in(open_page(), "vanphong")
    page.goto(f"{staff.LIST}entry/?sender=citizen")
    page.locator("[name=channel][value=phone]").check()
    page.locator("[name=kind][value=question]").check()
    page.locator("[name=full_name]").fill("Nguyễn Văn Ba")
    page.locator("[name=phone]").fill("0912345678")
    page.locator("[name=title]").fill("Hỏi về trợ cấp")
    page.locator("[name=content]").fill("Tôi muốn hỏi về trợ cấp thất nghiệp.")
    page.get_by_role("button", name="Lưu và cấp mã hồ sơ").click()
    number = page.locator("[data-case-number]")
    number.wait_for()
    page.get_by_role("button", name="In phiếu tiếp nhận").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H2"
    nothing_covers(on_paper(page))
    is_numbered_and_dated(page)
    for secret in (number, page.locator("[data-secret]")):
        box = secret.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 680

    case = make_case("processing", demo_ministry(), title="Hỏi", content="Một dòng dài.\n" * 300)
    page.goto(f"{staff.LIST}inspect/{case.pk}/")
    nothing_covers(on_paper(page))
    is_numbered_and_dated(page)
    pages = page.pdf(format="A4").count(b"/Type /Page\n") or page.pdf(format="A4").count(b"/Type/Page")
    assert pages > 3
