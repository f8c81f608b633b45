"""Help in the admin: guides as the documentation has them, their search, and what staff find difficult."""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from openpyxl import load_workbook

from pakn_portal.cases.enums import Status
from pakn_portal.people.names import person
from pakn_portal.staff.addresses import case_url
from pakn_portal.staff.help.guides import FOLDER, NAMES, guides
from pakn_portal.staff.help.markdown import render
from pakn_portal.staff.help.models import Difficulty
from pakn_portal.staff.help.screens import SCREENS, title_of
from tests.factories import Ministry, make_case
from tests.staff.roles import people

pytestmark = pytest.mark.django_db

HELP, REPORT, LIST = (f"/admin/pakn/help/{path}" for path in ("", "difficulty/", "difficulties/"))


def page(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.every_wagtail
def test_each_guide_of_the_documentation_is_shown_whole(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.officer)
    sources = {path.stem: path.read_text() for path in Path("docs/huong-dan").glob("*.md")}
    assert set(sources) == set(NAMES)
    for name, source in sources.items():
        html = page(client, f"{HELP}{name}/")
        words = re.sub(r"<!--.*?-->|\]\([^)]*\)|[#*`|\[\]-]|^\d+\.", " ", source, flags=re.S | re.M).split()
        shown = re.sub(r"<[^>]+>|[-\[\]`*]", " ", html).split()
        assert [word for word in words if word not in shown][:5] == []


def test_links_between_guides_stay_in_the_admin(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.officer)
    for name in NAMES:
        html = page(client, f"{HELP}{name}/")
        guide = html[html.index('class="pakn-guide"') : html.index("pakn-foot")]
        for target in re.findall(r'href="([^"]+)"', guide):
            assert ".md" not in target
            url, _hash, anchor = target.partition("#")
            other = page(client, url) if url else html
            assert not anchor or f'id="{anchor}"' in other, target


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a <b> & **c**", "<p>a &lt;b&gt; &amp; <strong>c</strong></p>"),
        ("[x](javascript:alert(1))", '<p><a href="#">x</a>)</p>'),
        ("1. một\n   tiếp\n2. hai", "<ol><li>một tiếp</li><li>hai</li></ol>"),
        ("## Các nút của *tôi*", '<h2 id="các-nút-của-tôi">Các nút của <em>tôi</em></h2>'),
    ],
)
def test_what_a_guide_may_hold(source: str, html: str) -> None:
    assert render(source, lambda to: "#") == html


def test_ones_own_guides_come_first(ministry: Ministry, as_user: Any) -> None:
    first = {
        "intake": "van-phong",
        "focal": "dau-moi",
        "officer": "chuyen-vien",
        "head": "lanh-dao-don-vi",
        "leader": "lanh-dao-bo",
        "publisher": "bien-tap",
        "inspector": "thanh-tra",
        "auditor": "kiem-toan",
        "administrator": "quan-tri",
    }
    for role, name in first.items():
        html = page(as_user(getattr(ministry, role)), HELP)
        links = re.findall(r'href="/admin/pakn/help/([a-z-]+)/"', html[html.index("<h2") :])
        assert links[0] == name
        assert set(links) >= set(NAMES)


@pytest.mark.every_wagtail
@pytest.mark.parametrize("query", ["gia hạn", "GIA HAN", "gia hạn lý do"])
def test_the_guides_are_searched_with_and_without_marks(query: str, ministry: Ministry, as_user: Any) -> None:
    html = page(as_user(ministry.head), f"{HELP}?q={query}")
    assert "/admin/pakn/help/lanh-dao-don-vi/#gia-hạn" in html


def test_a_search_without_finds_says_so(ministry: Ministry, as_user: Any) -> None:
    assert "Hướng dẫn chưa nói đến" in page(as_user(ministry.head), f"{HELP}?q=<script>xyz")


@pytest.mark.every_wagtail
def test_ours_stand_first_in_the_menu_of_help(ministry: Ministry, as_user: Any) -> None:
    html = as_user(ministry.officer).get("/admin/").content.decode()
    assert html.index("pakn-guides") < html.index("pakn-report") < html.index("guide.wagtail.org")
    assert "pakn-difficulties" not in html
    assert "pakn-difficulties" in as_user(ministry.intake).get("/admin/").content.decode()


@pytest.mark.every_wagtail
def test_a_difficulty_is_reported_with_its_screen_and_without_the_case(
    ministry: Ministry, as_user: Any
) -> None:
    client = as_user(ministry.intake)
    (link,) = set(
        re.findall(r'href="(/admin/pakn/help/difficulty/\?[^"]+)"', page(client, "/admin/pakn/cases/?q=x"))
    )
    assert link == f"{REPORT}?screen=pakn_cases_modeladmin_index"
    words = "Không tìm thấy nút chuyển. Người gửi số 0912345678 gọi mãi."
    screen = re.search(r'name="screen" value="([^"]*)"', page(client, link))
    assert screen
    client.post(REPORT, {"words": words, "screen": screen[1]})
    row = Difficulty.objects.get()
    assert (row.screen, row.reported_by) == ("pakn_cases_modeladmin_index", ministry.intake)
    assert "0912345678" not in row.words
    assert "Không tìm thấy nút chuyển" in row.words
    assert row.version


@pytest.mark.parametrize(
    ("screen", "kept"),
    [
        ("pakn_board", "pakn_board"),
        ("wagtailusers_users:index", "wagtailusers_users:index"),
        ("/admin/pakn/cases/inspect/7/", ""),
        ("a" * 200, ""),
        ("Nguyễn Văn A", ""),
        ("x y", ""),
        ("<b>", ""),
    ],
)
def test_a_screen_is_the_name_of_an_address_and_nothing_else_refuses_the_words(
    screen: str, kept: str, ministry: Ministry, as_user: Any
) -> None:
    as_user(ministry.officer).post(REPORT, {"words": "Khó", "screen": screen})
    assert list(Difficulty.objects.values_list("screen", flat=True)) == [kept]


def test_an_empty_report_is_not_taken(ministry: Ministry, as_user: Any) -> None:
    answer = as_user(ministry.officer).post(REPORT, {"words": " "})
    assert answer.status_code == 200
    assert not Difficulty.objects.exists()


def test_who_works_the_list_off(ministry: Ministry, as_user: Any) -> None:
    rights = Permission.objects.get(content_type__app_label="pakn_portal", codename="change_holiday")
    ministry.administrator.user_permissions.add(rights)
    Difficulty.objects.create(words="Khó quá")
    everybody = people(ministry)
    for method, query in (("get", {}), ("get", {"export": "csv"}), ("post", {"difficulty": "x"})):
        answers = {
            letter: getattr(as_user(user), method)(LIST, query).status_code
            for letter, user in everybody.items()
        }
        assert {letter for letter, code in answers.items() if code in (200, 404)} == {"I", "M"}


@pytest.mark.every_wagtail
def test_a_difficulty_is_worked_off_once_and_exported(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    row = Difficulty.objects.create(words="=1+1", screen="pakn_board", reported_by=ministry.officer)
    client.post(LIST, {"difficulty": row.pk, "remedy": " "})
    assert Difficulty.objects.get().dealt_with_at is None
    client.post(LIST, {"difficulty": row.pk, "remedy": "Đã sửa ở bản 1.2"})
    client.post(LIST, {"difficulty": row.pk, "remedy": "Lần nữa"})
    row.refresh_from_db()
    assert (row.remedy, row.dealt_with_by) == ("Đã sửa ở bản 1.2", ministry.intake)
    assert "=1+1" not in page(client, LIST)
    assert "=1+1" in page(client, f"{LIST}?which=done")
    csv = client.get(f"{LIST}?export=csv").content.decode("utf-8-sig")
    assert "'=1+1" in csv
    book = load_workbook(BytesIO(b"".join(client.get(f"{LIST}?export=xlsx").streaming_content)))
    assert [cell.value for cell in book.active[2]][4] == "'=1+1"


def test_every_screen_of_staff_is_called_something() -> None:
    def walk(patterns: Any, spaces: str = "") -> Any:
        for one in patterns:
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, spaces + (f"{one.namespace}:" if one.namespace else ""))
            elif one.name:
                yield spaces + one.name

    names = {
        name for name in walk(get_resolver().url_patterns) if name.startswith(("pakn_", "wagtailadmin_home"))
    }
    ours = {
        name for name in names if not name.startswith(("pakn_portal:", "pakn_groups:", "pakn_edited_groups:"))
    }
    assert ours - set(SCREENS) == set()
    assert title_of("wagtailsnippets_pakn_portal_sector:edit") == "Lĩnh vực"
    assert title_of("wagtailusers_users:index") == "Tài khoản người dùng"
    assert title_of("some_app") == "Màn hình khác (some_app)"
    assert title_of("") == ""


def test_a_difficulty_names_its_screen_and_person_as_people_do(ministry: Ministry, as_user: Any) -> None:
    row = Difficulty.objects.create(
        words="Khó", screen="pakn_cases_modeladmin_bulk", reported_by=ministry.officer
    )
    html = page(as_user(ministry.intake), LIST)
    assert "Xử lý nhiều hồ sơ" in html
    assert "pakn_cases_modeladmin_bulk" not in html
    assert person(row.reported_by) in html


def test_the_list_costs_the_same_for_many(ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.intake), []
    for number in (1, 29):
        Difficulty.objects.bulk_create(
            Difficulty(words="Khó", reported_by=ministry.officer) for _one in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts == [counts[0]] * 2


def test_the_guides_are_those_that_the_package_ships() -> None:
    assert list(guides()) == list(NAMES)
    assert all(guide.title and guide.source for guide in guides().values())


@pytest.mark.every_wagtail
def test_the_tour_is_offered_until_it_was_seen(ministry: Ministry, as_user: Any) -> None:
    client, url = as_user(ministry.officer), case_url(make_case(Status.PROCESSING, ministry).pk)
    assert "Lần đầu ở đây?" in page(client, url)
    (remember,) = re.findall(r'data-pakn-tour="pakn-case-tour" data-url="([^"]+)"', page(client, url))
    client.patch(remember, json.dumps({"pakn-case-tour": True}), content_type="application/json")
    html = page(client, url)
    assert "Lần đầu ở đây?" not in html
    assert "Trang này có gì, ở đâu" in html
    assert "Lần đầu ở đây?" in page(as_user(ministry.head), url)


def test_the_package_has_the_files_of_the_documentation() -> None:
    """Each by a link of its own: a build follows links of files, and leaves out a linked folder."""
    there = {path.name for path in Path("docs/huong-dan").glob("*.md")}
    assert {path.name for path in FOLDER.glob("*.md")} == there
    assert "*.md" in Path("MANIFEST.in").read_text().split("recursive-include pakn_portal")[1].splitlines()[0]


@pytest.mark.parametrize("typed", ["PAKN-2026-000039", "pakn 2026 39", "PAKN–2026–000039"])
def test_no_case_number_is_kept(typed: str, ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    client.post(REPORT, {"words": f"Không mở được hồ sơ {typed}, bấm mãi.\nĐã thử 2 lần."})
    row = Difficulty.objects.get()
    assert row.words.splitlines() == ["Không mở được hồ sơ [mã hồ sơ], bấm mãi.", "Đã thử 2 lần."]
    client.post(LIST, {"difficulty": row.pk, "remedy": f"Đã mở lại {typed}"})
    row.refresh_from_db()
    assert row.remedy == "Đã mở lại [mã hồ sơ]"


def test_one_person_reports_so_often_an_hour(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.officer)
    for number in range(20):
        assert client.post(REPORT, {"words": f"Khó lần {number}"}).status_code == 302
    told = client.post(REPORT, {"words": "Khó lần nữa"}).content.decode()
    assert "Bạn đã báo 20 khó khăn trong một giờ" in told
    assert "Khó lần nữa" in told
    assert Difficulty.objects.count() == 20
    assert as_user(ministry.head).post(REPORT, {"words": "Khó"}).status_code == 302
