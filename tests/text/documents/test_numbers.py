from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.text import (
    NumberSpan,
    begun_document_numbers,
    document_number_key,
    document_number_prefixes,
    document_number_spans,
    document_numbers,
    fold,
)
from pakn_portal.text.documents.codes import ISSUERS, KINDS

SPELLINGS = {
    "15/2025/TT-BLĐTBXH": [
        "15/2025/tt-blđtbxh", "15/2025/tt-bldtbxh", "15 / 2025 / TT - BLĐTBXH",
        "15/2025/TT BLĐTBXH", "15/2025/TTBLĐTBXH",
        "số 15/2025/TT-BLDTBXH", "Số:15/2025/TT-BLĐTBXH", "15/2025/TT–BLĐTBXH",
        "15-2025-TT-BLDTBXH.pdf", "15/2025/TT-BLĐTB&XH",
        "15_2025_TT_BLDTBXH", "15/2025/\nTT-BLĐTBXH", "15/2025/TT\u200b-BLĐTBXH",
        "15/2025/TT-BLÐTBXH", "015/2025/TT-BLĐTBXH",
        "THÔNG TƯ SỐ 15/2025/TT-BLĐTBXH QUY ĐỊNH", "１５/2025/TT-BLĐTBXH",
        "15/2025/TT-BLĐTBXH - Quy định về",
        "(15/2025/TT-BLĐTBXH)", "15/2025/TT-BLĐTBXH.", "15/2025/tt bldtbxh quy dinh",
    ],
    "91/2015/QH13": ["91/2015/qh13", "91/2015/QH 13", "bộ luật 91/2015/QH13", "91-2015-QH13",
    "91 2015 qh13"],
    "1764/QĐ-LĐTBXH": ["1764/qđ-lđtbxh", "1764/qd-ldtbxh", "1764/QĐ - LĐTBXH", "1764/QĐ LĐTBXH",
    "1764 /QĐ-LĐTBXH"],
    "158/2025/NĐ-CP": ["158/2025/nd-cp", "158/2025/nđcp", "158/2025/ND CP",
    "nghị định 158/2025/NĐ-CP của Chính phủ"],
    "05/2015/NĐ-CP": ["5/2015/NĐ-CP", "05/2015/nđ-cp"],
    "27-NQ/TW": ["27-nq/tw", "27 - NQ / TW", "27-NQ/TƯ", "27/NQ-TW"],
    "899/QĐ-TTg": ["899/qd-ttg", "899/QĐ-TTG"],
    "19/2017/TTLT-BYT-BLĐTBXH": ["19/2017/ttlt-byt-bldtbxh", "19/2017/TTLT-BYT-BLĐTBXH và"],
    "01/2016/UBTVQH14": ["01/2016/ubtvqh14", "1/2016/UBTVQH 14"],
    "26/2005/PL-UBTVQH11": ["26/2005/pl-ubtvqh11"],
    "30a/2008/NQ-CP": ["30A/2008/nq-cp"],
    "2345/VPCP-KGVX": ["2345/VPCP-KGVX ngày"],
    "26/CP": ["Nghị định số 26/CP ngày"],
    "12/2025/QĐ-XYZ": ["12/2025/qđ-xyz"],
    "PAKN-2026-000123": ["pakn-2026-000123", "PAKN 2026 000123", "pakn-2026-123",
    "mã hồ sơ PAKN–2026–000123"],
}  # fmt: skip
PAIRS = [(number, typed) for number, spellings in SPELLINGS.items() for typed in (number, *spellings)]


@pytest.mark.parametrize(("number", "typed"), PAIRS)
def test_a_number_is_found_however_it_is_typed(number: str, typed: str) -> None:
    assert document_numbers(typed) == [number]
    assert document_number_key(typed) == document_number_key(number)


@pytest.mark.parametrize(
    "text",
    [
        "05/03/2026", "ngày 5/3/2026", "tháng 01/2025 quý I", "158/2025", "24/7", "1/2",
        "3/4 diện tích", "5-7 ngày", "12-A-B",
        "Mẫu số 12-TS từ tháng 5", "70b-HD từ", "100/người", "km/h 60/km", "4.680.000 đồng/tháng",
        "0912345678", "30A-123.45",
        "khoản 2 Điều 5 TT", "2025 NĐ CP", "05/03/2026/TT-BTC", "số 26/cp", "15/2025/TT",
        "Điều 5/luật", "pakn 2026", "",
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_document(text: str) -> None:
    assert document_numbers(text) == []


def test_numbers_come_in_order_and_once() -> None:
    text = "Luật 45/2019/QH14, Nghị định 145/2020/NĐ-CP, luật 45/2019/qh14, mã PAKN-2026-000001"
    assert document_numbers(text) == ["45/2019/QH14", "145/2020/NĐ-CP", "PAKN-2026-000001"]


def test_spans_are_offsets_into_the_text_as_typed() -> None:
    text = "\ufeffLua\u0323\u0302t 45/2019/\u200bqh14 và 26/CP"
    spans = document_number_spans(text)
    assert spans == [NumberSpan(8, 21, "45/2019/QH14"), NumberSpan(25, 30, "26/CP")]
    assert text[spans[0].start : spans[0].end] == "45/2019/\u200bqh14"


def test_keys() -> None:
    assert document_number_key("15/2025/TT-BLĐTBXH") == "15_2025_tt_bldtbxh"
    assert document_number_key("PAKN-2026-000123") == "pakn_2026_000123"
    assert document_number_key("Không phải số") == "khong_phai_so"
    assert document_number_key("") == ""


def test_prefixes_are_what_people_type_who_leave_out_the_end() -> None:
    assert document_number_prefixes("15_2025_tt_bldtbxh") == ["15_2025", "15_2025_tt"]
    assert document_number_prefixes("91_2015_qh13") == ["91_2015"]
    assert document_number_prefixes("1764_qd_ldtbxh") == []


@given(
    number=st.integers(1, 9999),
    year=st.none() | st.integers(1945, 2099),
    kind=st.sampled_from(KINDS),
    issuer=st.sampled_from(ISSUERS),
)
def test_any_official_number_survives_small_letters_without_diacritics(
    number: int, year: int | None, kind: str, issuer: str
) -> None:
    official = f"{number:02}/{f'{year}/' if year else ''}{kind}-{issuer}"
    assert document_numbers(official) == [official]
    assert document_numbers(fold(official)) == [official]
    key = document_number_key(official)
    assert document_number_key(official.replace("-", " - ")) == key
    assert fold(key) == key


@pytest.mark.parametrize(
    ("typed", "begun"),
    [
        ("15 2021 nd", ["15_2021", "15_2021_nd"]),
        ("nd 15 2021", ["15_2021", "15_2021_nd"]),
        ("nd15 2021", ["15_2021", "15_2021_nd"]),
        ("nghi dinh so 5 nam 2021 cua", ["05_2021", "05_2021_nd"]),
        ("thang 5 nam 2021", []),
        ("nd 15", []),
        ("15 2021", []),
        ("covid19 2021", []),
        ("", []),
    ],
)
def test_begun_numbers(typed: str, begun: list[str]) -> None:
    assert begun_document_numbers(typed.split()) == begun
