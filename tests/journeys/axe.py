"""What axe finds on a page: WCAG 2.2 AA and what it calls good practice."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: Final[Any] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
#: What is ours on a screen of staff: the rest is the CMS's.
OURS: Final = ".pakn-staff, .pakn-section-board"


def faults(page: Page, within: str | None = None) -> list[str]:
    """Of any severity, each as one line: rule, what it says, where."""
    found = Axe().run(page, context=within, options=OPTIONS).response["violations"]
    return [
        f"{page.url}: {fault['id']}: {fault['help']}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
    ]
