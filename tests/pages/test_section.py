from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal.pages.models import AnswerPage
from pakn_portal.pages.section import home
from pakn_portal.publication.gate import page_hash
from pakn_portal.search.page.models import ArchivePage
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions.files.sizes import file_size

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]


def publish(number: int) -> None:
    archive, sector = ArchivePage.objects.get(), Sector.objects.first()
    for n in range(number):
        page = AnswerPage(
            title=f"Câu trả lời {n}", slug=f"tra-loi-{n}", question="?", answer="!", sector=sector
        )
        page.source_id, page.content_hash = f"s{n}", page_hash(page)
        archive.add_child(instance=page)


def test_the_home_leads_everywhere(client: Client) -> None:
    html = client.get("/pakn/").content.decode()
    for address in ("/pakn/gui/", "/pakn/tra-cuu/", "/pakn/hoi-dap/"):
        assert f'href="{address}"' in html
    assert 'action="/pakn/hoi-dap/"' in html
    assert 'name="q"' in html


def test_the_cache_holds_plain_values_alone(client: Client) -> None:
    """An object of our own is read back by another version of the software, which may have renamed it."""
    cache.clear()
    for address in ("/pakn/", "/pakn/hoi-dap/"):
        assert client.get(address).status_code == 200
    kept: dict[str, bytes] = cache._cache  # type: ignore[attr-defined]
    assert len(kept) >= 3
    assert [key for key, value in kept.items() if b"pakn_portal" in value] == []


def test_the_home_with_nothing_to_show_says_so(client: Client) -> None:
    assert "pakn-empty" in client.get("/pakn/").content.decode()


def test_the_home_shows_the_latest_answers_at_a_constant_number_of_queries(client: Client) -> None:
    publish(1)
    client.get("/pakn/")
    with CaptureQueriesContext(connection) as one:
        client.get("/pakn/")
    AnswerPage.objects.all().delete()
    publish(30)
    with CaptureQueriesContext(connection) as thirty:
        response = client.get("/pakn/")
    assert len(response.context["latest"]) == 5
    assert len(thirty) == len(one)


def test_the_latest_answers_stand_in_the_order_of_the_dates_that_are_shown(client: Client) -> None:
    publish(3)
    first, second, third = AnswerPage.objects.order_by("pk")
    for page, day in ((first, 3), (second, 9), (third, None)):
        answered_on = date(2026, 3, day) if day else None
        AnswerPage.objects.filter(pk=page.pk).update(answered_on=answered_on)
    shown = client.get("/pakn/").context["latest"]
    assert [answer["on"] for answer in shown] == [date(2026, 3, 9), date(2026, 3, 3), None]


def test_the_choice_explains_the_three_ways(client: Client) -> None:
    response = client.get("/pakn/gui/")
    html = response.content.decode()
    assert html.index("muốn hỏi về chính sách") < html.index("muốn phản ánh, kiến nghị")
    for address in ("/pakn/gui/nguoi-dan/", "/pakn/gui/doanh-nghiep/"):
        assert html.count(f'href="{address}') == 1
    assert "khiếu nại" in html.lower()
    assert "tố cáo" in html.lower()


def test_pages_extend_the_base_the_site_names(client: Client, settings: Any, tmp_path: Any) -> None:
    (tmp_path / "mine.html").write_text("MINE {% block content %}{% endblock %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.PAKN_PORTAL = {"BASE_TEMPLATE": "mine.html"}
    assert client.get("/pakn/").content.decode().startswith("MINE")


def test_each_page_tells_the_way_back(client: Client) -> None:
    response = client.get("/pakn/gui/nguoi-dan/")
    assert [url for _title, url in response.context["pakn_breadcrumb"]] == ["/", "/pakn/", "/pakn/gui/"]


def test_public_figures_name_their_definition(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(home, "count_figures", lambda: home.PublicFigures(60, 59, 3))
    html = client.get("/pakn/").content.decode()
    assert "<strong>60</strong>" in html
    assert "<strong>98%</strong>" in html
    assert "Đúng hạn: trả lời trong hạn" in html
    assert "hồ sơ đã trả lời có hạn" in html


@pytest.mark.parametrize(("answered", "least"), [(7, 30), (29, 30), (0, 1), (60, 61), (0, 0)])
def test_of_few_cases_no_figure_is_public(
    client: Client, monkeypatch: Any, settings: Any, answered: int, least: int
) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "PUBLIC_FIGURES_MINIMUM": least}
    monkeypatch.setattr(home, "count_figures", lambda: home.PublicFigures(answered, max(0, answered - 1), 3))
    html = client.get("/pakn/").content.decode()
    assert "<strong>3</strong>" in html
    assert "Đúng hạn" not in html
    assert "hồ sơ được trả lời" not in html


def test_the_form_says_what_it_is_for_and_who_writes(client: Client) -> None:
    html = client.get("/pakn/gui/nguoi-dan/").content.decode()
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    assert [heading.strip() for heading in headings] == ["Gửi phản ánh, kiến nghị, câu hỏi"]
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title
    assert "Gửi phản ánh, kiến nghị, câu hỏi – Người dân" in " ".join(title[1].split())


def test_sizes_are_said_as_people_say_them(client: Client) -> None:
    html = client.get("/pakn/gui/nguoi-dan/").content.decode().replace("\u00a0", " ")
    assert "nhiều nhất 20 MB" in html
    assert [file_size(count).replace("\u00a0", " ") for count in (69, 2048, 1_572_864)] == [
        "dưới 1 KB",
        "2 KB",
        "1,5 MB",
    ]


def test_one_paper_has_one_name(client: Client) -> None:
    """What the sender keeps is “phiếu tiếp nhận” on every screen, in every mail and guide."""
    root = Path(project.BASE_DIR)
    texts = [
        *root.glob("docs/huong-dan/*.md"),
        *root.glob("pakn_portal/templates/**/*"),
        root / "pakn_portal/locale/vi/LC_MESSAGES/django.po",
    ]
    named = [path.name for path in texts if path.is_file() and "giấy biên nhận" in path.read_text().lower()]
    assert named == []
