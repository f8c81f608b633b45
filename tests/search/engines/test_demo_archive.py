"""Ordinary queries over the demo's hundred answers: a small archive, its words rare or everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from example_site.demo import content
from pakn_portal.management.imports.actions import import_legal_texts
from pakn_portal.management.imports.rows import LegalTextRow
from pakn_portal.search.engines.base import SearchEngine
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.page.related import related
from pakn_portal.search.query.request import SearchRequest
from tests.search.conftest import Search, catch_up, titles

#: Right as they are, found or not; the first were once corrected into nonsense.
RIGHT = """
giấy phép lao động | hưởng bảo hiểm thất nghiệp | phái cử từng tỉnh | nghỉ phép năm
xuất khẩu lao động đài loan | nghi phep | nghỉ phép | xuất khẩu lao động | thai sản | bhxh 1 lần
bảo hiểm xã hội một lần | trợ cấp thôi việc | trợ cấp thất nghiệp | lương tối thiểu vùng | làm thêm giờ
tiền lương ngừng việc | kỷ luật sa thải | hợp đồng thử việc | đơn phương chấm dứt hợp đồng
tai nạn lao động | bệnh nghề nghiệp | khám sức khỏe định kỳ | người khuyết tật | trợ cấp người cao tuổi
hộ nghèo | hộ cận nghèo | người có công | mộ liệt sĩ | bà mẹ việt nam anh hùng | nuôi con nuôi
trẻ em mồ côi | bạo lực gia đình | cai nghiện ma túy | học nghề miễn phí | cao đẳng nghề
xe ôm công nghệ | người giúp việc gia đình | thị thực hàn quốc | thực tập sinh nhật bản | đài loan
ký quỹ | đặt cọc | công đoàn | đình công | thỏa ước lao động tập thể | nội quy lao động
quấy rối tình dục | tuổi nghỉ hưu | mai táng phí | tử tuất | dưỡng sức | sinh con thứ ba | kết hôn
đăng ký xe máy | giá điện | tài sản | thuế thu nhập cá nhân | zalo | vssid | tài xế grab | covid
cong doan | tien luong | lam them gio | luong huu | tro cap that nghiep | hop dong lao dong | bao ho lao dong
nguoi cao tuoi | hoc nghe | doi tuong | muc huong | tham nien | cap phep | sa thai | nghi le | to cao
"""
#: what was typed = what was meant, as the answers print it
SLIPS = """
thai sann = thai sản | thaisan = thai sản | thai sanr = thai sản | chế độ thai sảnn = chế độ thai sản
bảo hiểmm xã hội = bảo hiểm xã hội | bao hiemm xa hoi = bảo hiểm xã hội
trợ cấp thất nghiêpj = trợ cấp thất nghiệp | tro cap that nghiepp = trợ cấp thất nghiệp
trợ cấp thất ngiệp = trợ cấp thất nghiệp
hợp đồgn lao động = hợp đồng lao động | hop dogn lao dong = hợp đồng lao động | tiền lươgn = tiền lương
tien lươngg = tiền lương | lương tối thiểuu = lương tối thiểu | luong toi thieeur = lương tối thiểu
người khuyết tậtt = người khuyết tật | nguoi khuyeet tat = người khuyết tật | hộ nghèoo = hộ nghèo
người cao tuooir = người cao tuổi | ho ngheof = hộ nghèo | tai nạn lao độnh = tai nạn lao động
lao đôngj = lao động | học nghêf = học nghề | làm theem giờ = làm thêm giờ | khiếu nạii = khiếu nại
baor hiem that nghiep = bảo hiểm thất nghiệp | thử vieecj = thử việc | lươngg hưu = lương hưu
luong huuu = lương hưu | công đoànn = công đoàn | kỷ luậtt lao động = kỷ luật lao động
trợ cấpp xã hội = trợ cấp xã hội | bảo trợ xã hộik = bảo trợ xã hội | người lao dộg = người lao động
chấm dứt hợp đônng = chấm dứt hợp đồng | trẻ emm = trẻ em | giúp việcc = giúp việc
"""
#: query → words of the title that comes first
FIRST = {
    "thai sản": "thai sản",
    "thai san": "thai sản",
    "nghi phep": "nghỉ hết phép",
    "nghỉ phép": "nghỉ hết phép",
    "giấy phép lao động": "giấy phép đưa người lao động",
    "giay phep lao dong": "giấy phép đưa người lao động",
    "trợ cấp thôi việc": "trợ cấp thôi việc",
    "tro cap thoi viec": "trợ cấp thôi việc",
}
#: query → the number that all, or the first, of the hits cite; ` +` where other words stand beside it
CITED = {
    "nghị định 176": "176/2025/NĐ-CP",
    "nghi dinh 176": "176/2025/NĐ-CP",
    "Nghị định số 176": "176/2025/NĐ-CP",
    "nghị định số 176 năm 2025": "176/2025/NĐ-CP",
    "nghị định 176/2025": "176/2025/NĐ-CP",
    "nghị định 176/2025/NĐ-CP": "176/2025/NĐ-CP",
    "nd 176": "176/2025/NĐ-CP",
    "NĐ176": "176/2025/NĐ-CP",
    "nghị định176": "176/2025/NĐ-CP",
    "NĐ-CP 176": "176/2025/NĐ-CP",
    "176/NĐ-CP": "176/2025/NĐ-CP",
    "luật 45": "45/2019/QH14",
    "luat so 45": "45/2019/QH14",
    "bộ luật 45/2019": "45/2019/QH14",
    "pháp lệnh 2": "02/2020/UBTVQH14",
    "thông tư 9": "09/2020/TT-BLĐTBXH",
    "thong tu 21/2021": "21/2021/TT-BLĐTBXH",
    "quyết định số 1248": "1248/QĐ-TTg",
    "qd 1248": "1248/QĐ-TTg",
    "nghị quyết 28": "28/NQ-CP",
    "nghị định 176 lương hưu +": "176/2025/NĐ-CP",
    "trợ cấp theo nd 176 +": "176/2025/NĐ-CP",
}


@pytest.fixture
def demo(archive: Any, engine: SearchEngine) -> None:
    """The same texts without a page for each, which would take longer than all the searches."""
    rows = [
        LegalTextRow(
            row["id"],
            row["title"],
            "\n".join((row["question"], row["answer"], *row.get("legal_bases", ()))),
            issued_on=date.fromisoformat(row["answered_on"]),
        )
        for row in content.answers()
    ]
    import_legal_texts(rows)
    catch_up(engine)


@pytest.mark.parametrize("typed", ["nghị định 999", "quyết định 1764", "luật 7", "999/2024/NĐ-CP"])
def test_a_document_that_nothing_names_is_said_to_be_one(
    demo: None, engine: SearchEngine, typed: str
) -> None:
    assert engine.search(SearchRequest(text=typed)).is_uncited


@pytest.mark.parametrize(
    "typed", ["nghị định 176", "176/2025/NĐ-CP", "luật lao động", "điều 999", "năm 2025"]
)
def test_of_others_nothing_is_said(demo: None, engine: SearchEngine, typed: str) -> None:
    assert not engine.search(SearchRequest(text=typed)).is_uncited


def words(table: str) -> list[str]:
    return [part.strip() for line in table.strip().splitlines() for part in line.split(" | ")]


def test_right_words_are_left_alone(demo: None, engine: SearchEngine) -> None:
    found = {typed: engine.search(SearchRequest(text=typed)) for typed in words(RIGHT)}
    offered = {
        typed: result.did_you_mean
        for typed, result in found.items()
        if result.did_you_mean or result.is_corrected
    }
    assert (offered, len(found) > 75) == ({}, True)


def test_slips_are_mended_with_their_marks(demo: None, engine: SearchEngine) -> None:
    pairs = [tuple(part.split(" = ")) for part in words(SLIPS)]
    meant = {typed: engine.search(SearchRequest(text=typed)).did_you_mean for typed, _right in pairs}
    assert (meant, len(pairs) > 30) == (dict(pairs), True)


def test_words_in_the_title_come_before_words_in_a_text(demo: None, engine: SearchEngine) -> None:
    first = {typed: titles(engine.search(SearchRequest(text=typed)))[0] for typed in FIRST}
    assert {typed: title for typed, title in first.items() if FIRST[typed] not in title} == {}
    both = titles(engine.search(SearchRequest(text="thai sản")))
    assert ["thai sản" in title for title in both[:3]] == [True, True, False]


def test_a_number_beside_a_kind_of_document_is_its_number(demo: None, engine: SearchEngine) -> None:
    wrong = {}
    for typed, number in CITED.items():
        hits = engine.search(SearchRequest(text=typed.removesuffix(" +"), page_size=50)).hits
        citing = [number in hit.entry.document_numbers for hit in hits]
        is_first = any(citing) and citing == sorted(citing, reverse=True)
        if not (is_first if typed.endswith(" +") else citing and all(citing)):
            wrong[typed] = citing
    assert wrong == {}


def test_what_only_looks_like_a_number_is_left_alone(demo: None, engine: SearchEngine) -> None:
    """A year, a number of nothing in the archive, a number beside another word."""
    least = {"luật bảo hiểm xã hội 2024": 5, "nghị định 999": 5, "nghỉ 12 ngày": 1, "điều 35": 1}
    assert [typed for typed in least if engine.search(SearchRequest(text=typed)).total < least[typed]] == []


def test_a_search_costs_the_same_however_much_it_finds(demo: None, engine: SearchEngine) -> None:
    """Nothing is looked up for a suggestion where the words are right."""
    cost = {}
    engine.search(SearchRequest(text="thai sản"))
    for typed in ("thai sản", "bảo hiểm xã hội", "hộ nghèo"):
        with CaptureQueriesContext(connection) as captured:
            assert engine.search(SearchRequest(text=typed)).hits
        cost[typed] = len(captured)
    assert len(set(cost.values())) == 1, cost


HOSTILE = [
    "nghị định " + "9" * 400,
    "nghị định 1" * 60,
    "nd1 nd2 nd3 nd4 nd5 nd6 nd7 nd8 nd9",
    "quyết định 1_qd_*",
    "luật 45' OR 1=1 --",
    "công văn 1",
    "xqzw " * 12,
    "a" * 400,
    "thaisanthaisanthaisanthaisan",
    "ngheieieieieieieieo",
]


def test_nothing_typed_beside_a_number_breaks_the_search(demo: None, search: Search) -> None:
    for typed in HOSTILE:
        result = search(typed)
        assert (len(result.hits) <= 10, result.is_too_broad) == (True, False), typed


def test_what_is_on_another_matter_is_not_named(demo: None) -> None:
    """By titles that share no more than small words, or words that everything here has."""
    by_title = {entry.title: entry for entry in ArchiveEntry.objects.all()}

    def named(title: str) -> list[str]:
        return [one.entry.title for one in related(title, by_title[title].key, "/hoi-dap/")]

    assert named("Thông báo tuyển dụng ghi chỉ nhận nam có phải phân biệt đối xử?") == []
    assert named("Muốn làm thêm quá 200 giờ một năm cần thủ tục gì?") == []
    assert named("Doanh nghiệp khó khăn có bắt buộc phải thưởng Tết không?") == []
    assert named("Khi nào gửi phản ánh, khi nào phải làm đơn khiếu nại, tố cáo?") == [
        "Khi nào gửi phản ánh, khi nào phải làm đơn khiếu nại hay tố cáo?"
    ]
    counts = {len(named(title)) for title in list(by_title)[:30]}
    assert (0 in counts, max(counts) <= 5) == (True, True)
