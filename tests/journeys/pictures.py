"""Pictures of the screens of staff for whoever wants to look: with `PAKN_PICTURES=1`, in `test-results/`."""

from __future__ import annotations

import os

from playwright.sync_api import Page

from tests.where import ROOT


def picture(page: Page, name: str) -> None:
    """`NAME-WIDTH.png`, the whole page. Nothing is asserted of it, and to draw it takes long."""
    if not os.environ.get("PAKN_PICTURES"):
        return
    size = page.viewport_size
    assert size is not None
    page.screenshot(path=ROOT / "test-results" / f"{name}-{size['width']}.png", full_page=True)
