from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.text import plain, read_case_number, read_email, read_phone, read_tax_code, show_phone

USUAL = "PAKN-{year}-{sequence:06d}"


@pytest.mark.parametrize(
    "typed",
    [
        "PAKN-2026-000039",
        "pakn-2026-39",
        "PAKN 2026 39",
        "pakn2026000039",
        "số PAKN-2026-39",
        "Mã hồ sơ: PAKN–2026–000039.",
        "hồ sơ số pakn/2026/39",
        "PAKN-2O26-OOOO39",
        "PAKN‑2026−000039",
        "ＰＡＫＮ－２０２６－０００３９",
        "PAKN\u200b-2026\u00a0-\u0663\u0669",
        "PAKN_2026_0039",
        "2026-39",
        "số 2026/000039",
        "xem hồ sơ PAKN 2026 39",
        "Hồ sơ PAKN-2026-000039: đã nhận được",
        "số hồ sơ của tôi là PAKN-2026-000039 ạ",
        "(PAKN-2026-000039)",
        "[PAKN-2026-000039]",
        "“PAKN-2026-000039”",
        "PAKN-2026-000039/",
        "http://bo.example/tra-cuu/#PAKN-2026-000039",
        "РАКN-2026-000039",
        "PAKN-2026-000039, PAKN-2026-39",
        "PAKN-2026-000039 ABCD-EFGH-JKMN",
    ],
)
def test_a_case_number_is_read_as_people_write_it(typed: str) -> None:
    assert read_case_number(typed, USUAL) == "PAKN-2026-000039"


def test_one_and_its_twins() -> None:
    assert read_case_number("pakn-2026-lI", USUAL) == "PAKN-2026-000011"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "39",
        "202639",
        "PAKN",
        "PAKN-2026",
        "PA-2025-17",
        "X-PAKN-2026-1",
        "PAKN-2026-1 và PAKN-2026-2",
        "PAKN-2026-1-5",
        "PAKN-2026-" + "9" * 30,
    ],
)
def test_what_is_no_case_number_is_left_alone(typed: str) -> None:
    assert read_case_number(typed, USUAL) == ""


def test_each_format_of_a_ministry_is_read() -> None:
    assert read_case_number("17 bo 2026", "{sequence}/BO/{year}") == "17/BO/2026"
    assert read_case_number("2026000017", "{year}{sequence:06d}") == "2026000017"
    assert read_case_number("bld.2026.17", "BLĐ{year}.{sequence}") == "BLĐ2026.17"
    assert read_case_number("anything", "{year!r:>4}{") == ""


def test_a_telephone_is_shown_as_usually_written() -> None:
    assert show_phone("0912345678") == "0912 345 678"
    assert show_phone("02438269999x12", extension_word="máy lẻ") == "024 3826 9999 (máy lẻ 12)"
    assert show_phone("02143826999") == "0214 382 6999"
    assert show_phone("+4930901820") == "+4930901820"


@given(st.text())
def test_whatever_is_typed_is_read_without_failing(typed: str) -> None:
    assert "\n" not in plain(typed)
    for read in (read_phone, read_tax_code, read_email):
        read(typed)
    read_case_number(typed, USUAL)


@given(st.integers(1000, 9999), st.integers(1, 999_999_999))
def test_each_number_given_is_read_back(year: int, sequence: int) -> None:
    number = USUAL.format(year=year, sequence=sequence)
    assert (
        read_case_number(number, USUAL) == read_case_number(number.lower().replace("-", " "), USUAL) == number
    )
