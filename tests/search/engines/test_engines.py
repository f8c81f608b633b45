"""One contract for every engine, on every database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.answers.models import PublicFile, PublicText
from pakn_portal.cases.enums import Status
from pakn_portal.pages.models import AnswerPage
from pakn_portal.search.enums import Sort
from pakn_portal.search.projection import project
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.snippets.models import Sector, Synonym
from tests.factories import make_case, make_ministry
from tests.search.conftest import titles

MATERNITY = "Điều kiện hưởng chế độ thai sản"
UNEMPLOYMENT = "Mức hưởng trợ cấp thất nghiệp"


@pytest.fixture
def answers(publish: Any) -> None:
    publish(MATERNITY, "Lao động nữ đóng bảo hiểm xã hội từ đủ 6 tháng trong 12 tháng trước khi sinh con.")
    publish(UNEMPLOYMENT, "Bằng 60% mức bình quân tiền lương tháng đóng bảo hiểm thất nghiệp.")
    publish("Thủ tục hòa giải tranh chấp", "Hòa giải viên lao động tiến hành trong 5 ngày làm việc.")
    publish("Nghỉ hằng năm bao nhiêu ngày", "12 ngày làm việc, theo Thông tư 15/2025/TT-BLĐTBXH.")


def test_found_however_it_is_typed(answers: None, search: Any) -> None:
    typed = ["thai sản", "thai san", "THAI SẢN", "chế độ thai sản", "che do thai san", "thai sa\u0309n"]
    assert [titles(search(text))[0] for text in typed] == [MATERNITY] * len(typed)


def test_tone_placement_makes_no_difference(answers: None, search: Any) -> None:
    old, new = search("hòa giải tranh chấp"), search("hoà giải tranh chấp")
    assert titles(old)[0] == "Thủ tục hòa giải tranh chấp"
    assert titles(new) == titles(old)
    assert [hit.title for hit in new.hits] == [hit.title for hit in old.hits]


def test_document_number_is_found_however_it_is_typed(answers: None, search: Any) -> None:
    typed = [
        "15/2025/TT-BLĐTBXH",
        "15/2025/tt-bldtbxh",
        "15 / 2025 / TT - BLĐTBXH",
        "thông tư 15/2025/TT-BLĐTBXH",
        "15-2025-TT-BLDTBXH",
        "15/2025",
    ]
    found = [titles(search(text))[0] for text in typed]
    assert found == ["Nghỉ hằng năm bao nhiêu ngày"] * len(typed)


def test_a_number_without_its_end_is_of_the_kind_that_was_typed(publish: Any, search: Any) -> None:
    publish("Một", "Theo Nghị định 05/2021/NĐ-CP.", answered_on=date(2010, 1, 1))
    publish("Hai", "Theo 05/2021/TT-BTC, thông tư 05/2021/TT-BNV.", answered_on=date(2026, 1, 1))
    typed = ["nđ 05/2021", "NĐ05/2021", "05/2021/NĐ", "nd 5/2021", "nghị định số 5 năm 2021", "NĐ số 05/2021"]
    assert [titles(search(text))[0] for text in typed] == ["Một"] * len(typed)
    assert titles(search("thông tư 5 2021"))[0] == "Hai"


def test_number_alone_finds_nothing_else(answers: None, search: Any) -> None:
    assert titles(search("15/2025/TT-BLĐTBXH")) == ["Nghỉ hằng năm bao nhiêu ngày"]


def test_single_syllable(answers: None, search: Any) -> None:
    assert titles(search("thai")) == [MATERNITY]


def test_diacritics_decide_between_words_that_fold_alike(publish: Any, search: Any) -> None:
    publish("Chế độ nghỉ phép", "Phép năm của người lao động.")
    publish("Chế đỏ nghi phép", "Phép thử màu.")
    assert titles(search("chế độ nghỉ"))[0] == "Chế độ nghỉ phép"
    assert titles(search("chế đỏ nghi"))[0] == "Chế đỏ nghi phép"


def test_synonym_widens_at_once(answers: None, search: Any) -> None:
    assert titles(search("tctn")) == []
    Synonym.objects.create(term="TCTN", expansions="trợ cấp thất nghiệp")
    assert titles(search("tctn"))[0] == UNEMPLOYMENT
    assert titles(search("mức tctn"))[0] == UNEMPLOYMENT


def test_inactive_synonym_is_ignored(answers: None, search: Any) -> None:
    Synonym.objects.create(term="TCTN", expansions="trợ cấp thất nghiệp", is_active=False)
    assert titles(search("tctn")) == []


def test_typing_error_is_forgiven_and_told(answers: None, search: Any) -> None:
    result = search("thai sanr")
    assert titles(result) == [MATERNITY]
    assert (result.did_you_mean, result.is_corrected) == ("thai sản", True)


@pytest.mark.parametrize(
    "typed", ["thai sarn", "thai san3", "cheej ddooj thai sarn", "che65 do965 thai san3"]
)
def test_keys_of_an_input_method_are_read_where_nothing_is_found(
    answers: None, search: Any, typed: str
) -> None:
    result = search(typed)
    assert titles(result)[0] == MATERNITY
    assert (result.is_corrected, "thai sản" in result.did_you_mean) == (True, True)


def test_a_better_spelling_is_offered_beside_results(answers: None, publish: Any, search: Any) -> None:
    publish("Chế độ ốm đau", "Chế độ nghỉ ốm.")
    result = search("chế độ thai sanr")
    assert (result.did_you_mean, result.is_corrected) == ("chế độ thai sản", False)
    assert result.total == 2


def test_nonsense_finds_nothing(answers: None, search: Any) -> None:
    result = search("xyzzy qwfp")
    assert (result.total, result.hits, result.did_you_mean) == (0, [], "")


def test_no_words_list_everything_by_date(publish: Any, search: Any) -> None:
    publish("Cũ", answered_on=date(2024, 1, 5))
    publish("Mới", answered_on=date(2026, 1, 5))
    publish("Giữa", answered_on=date(2025, 1, 5))
    assert titles(search()) == ["Mới", "Giữa", "Cũ"]
    assert titles(search(sort=Sort.OLDEST)) == ["Cũ", "Giữa", "Mới"]


def test_sorted_by_date(publish: Any, search: Any) -> None:
    for year in (2024, 2026, 2025):
        publish(f"Tiền lương năm {year}", "Tiền lương tối thiểu.", answered_on=date(year, 3, 1))
    publish("Bảo hộ lao động", "Không liên quan.", answered_on=date(2026, 5, 1))
    newest = ["Tiền lương năm 2026", "Tiền lương năm 2025", "Tiền lương năm 2024"]
    assert titles(search("tiền lương", sort=Sort.NEWEST)) == newest
    assert titles(search("tiền lương", sort=Sort.OLDEST)) == newest[::-1]


def test_fresher_ranks_higher_among_equals(publish: Any, search: Any) -> None:
    publish("Tiền lương làm thêm giờ", "Như nhau.", answered_on=date(2012, 3, 1))
    publish("Tiền lương làm thêm giờ ", "Như nhau.", answered_on=date(2026, 3, 1))
    years = [hit.entry.year for hit in search("tiền lương làm thêm giờ").hits]
    assert years == [2026, 2012]


@pytest.fixture
def sectors(db: None) -> tuple[Sector, Sector]:
    rows = [("luong", "Tiền lương"), ("hiem", "Bảo hiểm")]
    first, second = (Sector.objects.create(code=code, name=name) for code, name in rows)
    return first, second


def test_facets_ignore_their_own_filter(publish: Any, search: Any, sectors: tuple[Sector, Sector]) -> None:
    first, second = sectors
    publish("Nghỉ lễ hưởng lương", sector=first, sender_kind="citizen", answered_on=date(2025, 1, 1))
    publish("Nghỉ lễ có được bù", sector=first, sender_kind="business", answered_on=date(2026, 1, 1))
    publish("Nghỉ lễ và bảo hiểm", sector=second, sender_kind="citizen", answered_on=date(2026, 1, 1))
    for text in ("nghỉ lễ", ""):
        result = search(text, filters={"sector": ("luong",)})
        assert result.total == 2
        assert result.facets["sector"] == {"luong": 2, "hiem": 1}
        assert result.facets["sender"] == {"citizen": 1, "business": 1}
        assert result.facets["year"] == {"2025": 1, "2026": 1}
        assert result.facets["kind"] == {"question": 2}


def test_values_widen_and_facets_narrow(publish: Any, search: Any, sectors: tuple[Sector, Sector]) -> None:
    first, second = sectors
    publish("Nghỉ lễ một", sector=first, answered_on=date(2025, 1, 1))
    publish("Nghỉ lễ hai", sector=second, answered_on=date(2026, 1, 1))
    publish("Nghỉ lễ ba", answered_on=date(2026, 1, 1))
    both = search("nghỉ lễ", filters={"sector": ("luong", "hiem")})
    assert sorted(titles(both)) == ["Nghỉ lễ hai", "Nghỉ lễ một"]
    narrowed = search("nghỉ lễ", filters={"sector": ("luong", "hiem"), "year": ("2026",)})
    assert titles(narrowed) == ["Nghỉ lễ hai"]


def test_pages(publish: Any, search: Any) -> None:
    for number in range(7):
        publish(f"Học nghề số {number}", "Học nghề miễn phí.")
    pages = [search("học nghề", page=page, page_size=3) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    assert len({title for page in pages for title in titles(page)}) == 7
    assert pages[0].page_count == 3


def test_what_left_the_site_is_gone_at_once_and_for_good(publish: Any, search: Any) -> None:
    page = publish(MATERNITY)
    publish("Thai sản của lao động nam")
    assert len(titles(search("thai sản"))) == 2
    page.unpublish()
    result = search("thai sản")
    assert titles(result) == ["Thai sản của lao động nam"]
    assert result.total == 1


def test_the_total_is_of_what_is_shown_though_the_server_knows_more(
    publish: Any, search: Any, engine: Any
) -> None:
    page = publish(MATERNITY)
    publish("Thai sản của lao động nam")
    assert search("thai sản").total == 2
    page.unpublish()
    result = engine.search(SearchRequest(text="thai sản"))
    assert (titles(result), result.total) == (["Thai sản của lao động nam"], 1)


def test_hits_are_marked_and_nothing_typed_becomes_markup(publish: Any, search: Any) -> None:
    publish("Thai sản <script>alert(1)</script>", "Chế độ <b>thai sản</b> cho lao động nữ.")
    hit = search("thai san").hits[0]
    assert [(one.text, one.is_match) for one in hit.title] == [
        ("Thai sản", True),
        (" <script>alert(1)</script>", False),
    ]
    assert [one.text for one in hit.excerpt if one.is_match] == ["Thai sản", "thai sản"]


@pytest.mark.parametrize("before", ["", "Mở đầu. " * 9_000], ids=["short", "long"])
def test_words_of_a_file_are_found_and_the_excerpt_names_it(before: str, publish: Any, search: Any) -> None:
    who, page = make_ministry(), publish("Dùng mẫu nào?", "Dùng mẫu kèm theo.")
    text = PublicText.objects.create(
        case=make_case(Status.SUBMITTED), prepared_by=who.officer, prepared_at=clock.now()
    )
    AnswerPage.objects.filter(pk=page.pk).update(public_text=text)
    for name, words in (("Phụ lục.pdf", "Không có gì."), ("Mẫu 03.docx", f"{before}Điền ô kanarivogel.")):
        PublicFile.objects.create(text=text, source=name, name=name, size=1, file=name, words=words)
    project(AnswerPage.objects.get(pk=page.pk))
    [hit] = search("kanarivogel").hits
    assert hit.file == "Mẫu 03.docx"
    assert [one.text for one in hit.excerpt if one.is_match] == ["kanarivogel"]
    assert search("mau kem theo").hits[0].file == ""


HOSTILE = [
    "title:thai AND NOT sản",
    "_exists_:question",
    "*",
    "*hai sả*",
    "/.*/",
    '"thai sản" OR 1=1 --',
    "'; DROP TABLE pakn_portal_archiveentry; --",
    "thai\x00 sản",
    "{!xmlparser v='<!DOCTYPE'}",
    "((((((",
    "\\\\ \\u0000 \ud800",
    "a_b_c _ __ a_",
    "NEAR(thai sản, 5) ^ + -",
    "% _ ? &amp; <svg onload=1>",
    "ộ" * 10_000,
    " ".join(f"từ{number}" for number in range(1_000)),
    "\u0301" * 500,
    "🙂🙃 ‮abc",
]


def test_nothing_typed_breaks_the_search(answers: None, search: Any) -> None:
    for typed in HOSTILE:
        result = search(typed)
        assert (result.total <= 4, len(result.hits)) == (True, result.total), typed


def test_operators_do_not_work(answers: None, search: Any) -> None:
    assert search("*").total == search("").total
    assert MATERNITY in titles(search("NOT thai sản"))
    assert search("thai sản -thai").total == search("thai sản thai").total


def test_deep_paging_ends(answers: None, search: Any) -> None:
    assert search("thai sản", page=100, page_size=10).hits == []


def test_queries_do_not_grow_with_hits(publish: Any, search: Any, engine: Any) -> None:
    publish("Học nghề số 0")
    few = {text: _queries_of(engine, search, text, 1) for text in ("học nghề", "")}
    for number in range(29):
        publish(f"Học nghề số {number + 1}", "Học nghề miễn phí.")
    assert {text: _queries_of(engine, search, text, 30) for text in few} == few


def _queries_of(engine: Any, search: Any, text: str, hits: int) -> int:
    search(text)
    with CaptureQueriesContext(connection) as captured:
        assert len(engine.search(SearchRequest(text=text, page_size=30)).hits) == hits
    return len(captured)
