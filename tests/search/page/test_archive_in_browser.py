"""The archive's choices in a real browser: put to work from where one is."""

from __future__ import annotations

from typing import Any

import pytest

from pakn_portal.management.imports.actions import import_answers
from pakn_portal.management.imports.rows import AnswerRow
from pakn_portal.search.page.models import ArchivePage
from pakn_portal.snippets.models import Sector, Unit
from tests.fixtures.browser import OpenPage
from tests.fixtures.rows import Kept
from tests.search.conftest import make_archive

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_server"),
]


def archive_with_many_choices(site: Any) -> ArchivePage:
    archive = make_archive(site)
    sectors = [Sector.objects.create(code=f"s{n}", name=f"Lĩnh vực số {n}") for n in range(14)]
    units = [Unit.objects.create(code=f"u{n}", name=f"Vụ và đơn vị số {n}") for n in range(14)]
    for number, (sector, unit) in enumerate(zip(sectors, units, strict=True)):
        title = f"Hướng dẫn của {unit.name}"
        more: Any = {"sector": sector, "unit": unit, "sender_kind": "citizen"}
        import_answers([AnswerRow(f"nguon-{number}", title, title, "Có. " * 80, **more)])
    return archive


_many_choices = Kept(archive_with_many_choices)


@pytest.fixture
def many_choices(site: Any) -> ArchivePage:
    return _many_choices(site)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "script"])
def test_choices_apply_without_scrolling_to_a_button(
    many_choices: Any, open_page: OpenPage, phone: bool, javascript: bool
) -> None:
    page = open_page(many_choices.url, javascript=javascript, phone=phone)
    if phone:
        page.locator("summary", has_text="Thu hẹp kết quả").click()
    page.locator(".pakn-facet input").first.focus()
    button = page.locator(".pakn-facets button[type=submit]")
    box, height = button.bounding_box(), (page.viewport_size or {})["height"]
    assert box
    assert 0 <= box["y"] <= box["y"] + box["height"] <= height
    page.get_by_label("Lĩnh vực số 3", exact=False).first.check()
    button.click()
    page.wait_for_url("**sector=s3**")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_the_button_hides_no_choice(many_choices: Any, open_page: OpenPage, phone: bool) -> None:
    """Reached by keyboard, every choice stands above the button, never behind it."""
    page = open_page(many_choices.url, phone=phone)
    if phone:
        page.locator("summary", has_text="Thu hẹp kết quả").click()
    button = page.locator(".pakn-facets button[type=submit]")
    for choice in page.locator(".pakn-facets form > fieldset > div > .pakn-choice input").all():
        choice.focus()
        one, other = choice.bounding_box(), button.bounding_box()
        assert one
        assert other
        assert one["y"] + one["height"] <= other["y"]


def test_the_order_ends_where_the_results_end(many_choices: Any, open_page: OpenPage) -> None:
    page = open_page(f"{many_choices.url}?q=hướng dẫn")
    ends = [page.locator(one).first.bounding_box() for one in (".pakn-sorts", ".pakn-hit")]
    right = [box["x"] + box["width"] for box in ends if box]
    assert len(right) == 2
    assert abs(right[0] - right[1]) <= 1


def test_suggested_titles_say_that_they_are_vietnamese(
    archive: Any, publish: Any, open_page: OpenPage, settings: Any
) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LANGUAGE": "en"}
    publish("Thời hạn hưởng trợ cấp thất nghiệp", "Ba tháng.")
    page = open_page(archive.url)
    page.locator('input[name="q"]').last.press_sequentially("thoi han")
    found = page.locator(".pakn-suggestions li", has_text="Thời hạn hưởng")
    found.first.wait_for()
    assert found.first.get_attribute("lang") == "vi"
