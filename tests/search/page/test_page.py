"""The archive as a reader sees it."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.search.engines import DatabaseEngine
from pakn_portal.snippets.models import Sector

pytestmark = pytest.mark.usefixtures("without_server")


@pytest.fixture
def sectors(db: None) -> list[Sector]:
    names = {"luong": "Tiền lương", "hiem": "Bảo hiểm"}
    return [Sector.objects.create(code=code, name=name) for code, name in names.items()]


@pytest.fixture
def read(archive: Any, client: Any) -> Any:
    """`read("?q=…")`: the page's HTML."""

    def read_page(address: str = "", status: int = 200) -> str:
        response = client.get(f"{archive.url}{address}")
        assert response.status_code == status
        return response.content.decode()

    return read_page


def ids(html: str) -> list[str]:
    return re.findall(r'class="pakn-hit" data-id="([^"]+)"', html)


def total(html: str) -> int:
    found = re.findall(r'class="pakn-total" data-total="(\d+)"', html)
    assert len(found) == 1
    return int(found[0])


@pytest.mark.newest
def test_hits_lead_to_their_pages(read: Any, client: Any, publish: Any, enact: Any) -> None:
    page = publish("Hưởng thai sản", source_id="faq-1")
    enact(
        "Chế độ thai sản", "Lao động nữ.", source_id="luat-9", law_number="58/2014/QH13", article_number="34"
    )
    html = read("?q=thai san")
    assert (sorted(ids(html)), total(html)) == (["faq-1", "luat-9"], 2)
    links = re.findall(r'<h3>\s*<a href="([^"]+)"', html)
    assert page.url in links
    for link in links:
        assert client.get(link).status_code == 200


def test_law_article_has_a_page(read: Any, enact: Any) -> None:
    enact("Một", "Thân một.", source_id="l1", law_number="58/2014/QH13", article_number="1")
    enact("Hai", "Thân <b>hai</b>.", source_id="l2", law_number="58/2014/QH13", article_number="2")
    html = read("van-ban/hai-l2/")
    assert "Thân &lt;b&gt;hai&lt;/b&gt;." in html
    assert "van-ban/mot-l1/" in html
    read("van-ban/khong-co/", status=404)


@pytest.mark.newest
@pytest.mark.every_database
def test_facets_offer_and_chips_remove(read: Any, publish: Any) -> None:
    sector = Sector.objects.create(code="luong", name="Tiền lương")
    publish("Nghỉ lễ hưởng lương", sector=sector, answered_on=date(2025, 1, 1))
    publish("Nghỉ lễ bù", answered_on=date(2026, 1, 1))
    html = read("?q=nghỉ lễ&sector=luong&year=2025")
    assert total(html) == 1
    chips = [unescape(link) for link in re.findall(r'class="pakn-chip" href="[^"?]*\?([^"]+)"', html)]
    assert chips == ["q=ngh%E1%BB%89+l%E1%BB%85&year=2025", "q=ngh%E1%BB%89+l%E1%BB%85&sector=luong"]
    assert re.search(r'name="year" value="2025"[^>]*checked', html)
    assert 'value="2026"' not in html


@pytest.mark.every_database
@pytest.mark.parametrize(
    "address",
    [
        "?sector=khong-co&kind=__&unit=';--&sender[]=x&year=20x6&year=0000",
        "?page=abc",
        "?page=-3&sort=dict__class",
        "?page=99999999999999999999",
        "?page=%00&q=%00",
        "?q=" + "a" * 10_000,
        "?" + "&".join(f"sector=s{number}" for number in range(900)),
    ],
)
def test_odd_addresses_never_break_the_page(read: Any, publish: Any, address: str) -> None:
    publish("Học nghề")
    html = read(address)
    assert total(html) == (0 if "q=" + "a" * 10 in address else 1)


def test_nothing_found_helps_on(read: Any, publish: Any) -> None:
    publish("Học nghề", answered_on=date(2026, 1, 1))
    html = read("?q=<script>alert(1)</script>&year=2024")
    assert total(html) == 0
    assert "<script>alert" not in html
    assert "pakn-empty" in html


def test_empty_archive(read: Any) -> None:
    html = read()
    assert (total(html), ids(html)) == (0, [])


@pytest.mark.newest
@pytest.mark.every_database
def test_pages_of_results(read: Any, publish: Any) -> None:
    for number in range(12):
        publish(f"Học nghề {number}")
    first, second = read("?q=học nghề"), read("?q=học nghề&page=2")
    assert (len(ids(first)), len(ids(second)), total(first)) == (10, 2, 12)
    assert 'rel="next"' in first
    assert 'aria-current="page">2' in second
    assert "pakn-empty" in read("?q=học nghề&page=9")


@pytest.mark.every_database
def test_suggestion_is_shown(read: Any, publish: Any) -> None:
    publish("Chế độ thai sản")
    DatabaseEngine().index.refresh()
    assert "thai sản</strong>" in read("?q=thai sanr")


@pytest.mark.every_database
def test_queries_do_not_grow_with_hits(read: Any, publish: Any) -> None:
    def cost(address: str) -> int:
        read(address)
        with CaptureQueriesContext(connection) as captured:
            read(address)
        return len(captured)

    publish("Học nghề")
    few = [cost("?q=học nghề"), cost("")]
    for number in range(29):
        publish(f"Học nghề {number}")
    assert [cost("?q=học nghề"), cost("")] == few


def test_answer_page_names_others_on_the_same_matter(publish: Any, client: Any) -> None:
    page = publish("Chế độ thai sản cho lao động nữ")
    other = publish("Chế độ thai sản cho lao động nam")
    html = client.get(page.url).content.decode()
    assert f'href="{other.url}"' in html


@pytest.mark.newest
@pytest.mark.every_database
def test_suggestions_as_one_types(publish: Any, client: Any, archive: Any) -> None:
    publish("Chế độ thai sản", "Theo 15/2025/TT-BLĐTBXH.")
    publish("Học nghề")
    Sector.objects.create(code="ts", name="Thai sản và ốm đau")
    found = json.loads(client.get("/pakn-he-thong/goi-y/", {"q": "thai s"}).content)["suggestions"]
    assert [(one["kind"], one["text"]) for one in found] == [
        ("title", "Chế độ thai sản"),
        ("sector", "Thai sản và ốm đau"),
    ]
    begun = json.loads(client.get("/pakn-he-thong/goi-y/", {"q": "chế độ t"}).content)["suggestions"]
    assert [one["text"] for one in begun] == ["Chế độ thai sản"]
    numbers = json.loads(client.get("/pakn-he-thong/goi-y/", {"q": "15/2025/TT"}).content)["suggestions"]
    assert [one["text"] for one in numbers if one["kind"] == "number"] == ["15/2025/TT-BLĐTBXH"]
    for typed in ("", "a", "*", "'", "x" * 5000):
        assert client.get("/pakn-he-thong/goi-y/", {"q": typed}).status_code == 200


@pytest.mark.every_database
def test_the_same_matter_is_of_the_same_sector_or_much_alike(
    publish: Any, client: Any, sectors: list[Sector]
) -> None:
    first, second = sectors
    page = publish("Thủ tục cấp thẻ thương binh", sector=first)
    alike = publish("Thương binh được đi điều dưỡng", sector=first)
    publish("Thủ tục cấp bản sao hợp đồng", sector=second)
    html = client.get(page.url).content.decode()
    section = html.partition('id="pakn-related"')[2]
    assert re.findall(r'<a href="([^"]+)">', section)[:1] == [alike.url]
    assert "bản sao hợp đồng" not in section


@pytest.mark.parametrize("typed", ["???", "…", "- -", "\u200b.", "“”"])
def test_without_a_letter_there_is_nothing_to_look_for(read: Any, publish: Any, typed: str) -> None:
    publish("Học nghề")
    html = read(f"?q={typed}")
    assert (total(html), ids(html), html.count("Chưa có gì để tìm")) == (0, [], 1)
    assert "““" not in html


@pytest.mark.parametrize("typed", ["“zxqv wklm”", '"zxqv wklm"', "« zxqv wklm »"])
def test_marks_of_quotation_are_not_doubled(read: Any, publish: Any, typed: str) -> None:
    publish("Học nghề")
    html = unescape(read(f"?q={quote(typed)}"))
    assert "“zxqv wklm”" in html
    assert f"“{typed}”" not in html


@pytest.mark.parametrize("typed", ["a", "ấ", "5", " đ. ", "a̛"])
def test_one_letter_is_too_short(read: Any, publish: Any, typed: str) -> None:
    publish("Học nghề a 5 đ ấ")
    html = read(f"?q={typed}")
    assert (total(html), ids(html), "từ hai chữ cái" in html) == (0, [], True)


def test_two_letters_are_looked_for(read: Any, publish: Any) -> None:
    publish("Ốm và ấy")
    assert (total(read("?q=ốm")), total(read("?q="))) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_total_counts_what_there_is(read: Any, publish: Any, enact: Any) -> None:
    def told() -> str:
        found = re.search(r'class="pakn-total"[^>]*>\s*(.*?)\s*<', read())
        assert found
        return found[1]

    publish("Học nghề")
    publish("Thai sản")
    assert told() == "2 câu trả lời"
    enact("Nghỉ phép", "Thân.")
    assert told() == "3 câu trả lời và điều luật"


@pytest.mark.every_database
def test_articles_of_law_alone_are_counted_as_such(read: Any, enact: Any) -> None:
    enact("Nghỉ phép", "Thân.")
    assert "1 điều luật" in read()


def test_what_a_hit_is_about_is_parted(read: Any, publish: Any, sectors: list[Sector]) -> None:
    publish("Học nghề", sector=sectors[0], answered_on=date(2026, 1, 5))
    meta = re.search(r'class="pakn-meta">(.*?)</div>', read("?q=học nghề"), re.S)
    assert meta
    words = " ".join(re.sub(r"<[^>]+>", "", meta[1]).split())
    assert words == "Hỏi đáp chính sách · Tiền lương · 05/01/2026"


def test_hits_that_do_not_name_the_document_are_called_so(read: Any, publish: Any) -> None:
    publish(title="Nghị định về tiền lương", answer="Nghị định này quy định mức lương.")
    told = "Ở đây chưa có nội dung nào dẫn văn bản đang tìm."
    assert told in read("?q=nghị định 999")
    assert told not in read("?q=nghị định")


def test_the_kind_of_a_document_that_is_not_there_is_not_marked(read: Any, publish: Any) -> None:
    publish("Nghị định mới", question="Nghị định nào quy định trợ cấp?", answer="Theo nghị định đã ban hành.")
    html = read(f"?q={quote('Nghị định 123/2020')}")
    assert total(html) == 1
    assert not re.search(r"<mark[^>]*>\s*nghị định", html, re.IGNORECASE)
    assert re.search(r"<mark[^>]*>\s*nghị định", read(f"?q={quote('nghị định')}"), re.IGNORECASE)
