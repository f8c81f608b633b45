from __future__ import annotations

import pytest

from pakn_portal.text import document_mentions, fold, syllables


def mentions(text: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The words of each, its keys, and its beginnings."""
    tokens = fold(" ".join(syllables(text))).split()
    found = document_mentions(tokens, 2027)
    return [(" ".join(tokens[one.start : one.end]), one.keys, one.starts) for one in found]


def keys_of(text: str) -> set[str]:
    return {key for _words, keys, _starts in mentions(text) for key in keys}


@pytest.mark.parametrize(
    ("typed", "words", "key"),
    [
        ("nghị định 176", "nghi dinh 176", "176_2025_nd"),
        ("Nghị định số 176 năm 2025 về hưu trí", "nghi dinh so 176 nam 2025", "176_2025_nd"),
        ("hỏi về nd 176", "nd 176", "176_2025_nd"),
        ("NĐ176", "nd176", "176_2025_nd"),
        ("nghị định176", "nghi dinh176", "176_2025_nd"),
        ("thông tư12 năm 2022", "thong tu12 nam 2022", "12_2022_tt"),
        ("luật45", "luat45", "45_2019_qh14"),
        ("NĐ-CP số 176", "nd cp so 176", "176_2025_nd"),
        ("176 nđ", "176 nd", "176_2025_nd"),
        ("176/NĐ-CP", "176_nd_cp", "176_2025_nd_cp"),
        ("luật 45", "luat 45", "45_2019_qh14"),
        ("bộ luật số 45/2019", "bo luat so 45 2019", "45_2019_qh14"),
        ("thông tư 9", "thong tu 9", "09_2020_tt"),
        ("thông tư liên tịch 15", "thong tu lien tich 15", "15_2012_ttlt"),
        ("pháp lệnh 2", "phap lenh 2", "02_2020_ubtvqh14"),
        ("nghị quyết 93", "nghi quyet 93", "93_2015_qh13"),
        ("văn bản hợp nhất 3", "van ban hop nhat 3", "03_2020_vbhn"),
        ("nghị định 176/2025/NĐ-CP", "nghi dinh 176_2025_nd_cp", "176_2025_nd_cp"),
    ],
)
def test_a_kind_beside_a_number(typed: str, words: str, key: str) -> None:
    ((named, keys, _starts),) = mentions(typed)
    assert (named, key in keys) == (words, True)


def test_the_year_that_was_typed_is_the_only_one() -> None:
    assert keys_of("thông tư 12/2022") == {"12_2022_tt"}
    assert keys_of("luật 45 năm 2021") == {"45_2021_qh14", "45_2021_qh15"}


def test_numbers_without_a_year_are_told_by_how_they_begin() -> None:
    assert mentions("quyết định số 1764")[0][2] == ("1764_qd",)
    assert mentions("công văn 1234")[0][1:] == ((), ("1234_",))


@pytest.mark.parametrize(
    "typed",
    ["luật 2019", "nghị định 2025", "điều 176", "45 tuổi", "nghị định", "176", "luật đất 45", ""],
)
def test_no_document(typed: str) -> None:
    assert mentions(typed) == []


def test_a_year_said_to_be_a_number_is_one() -> None:
    assert "1976_2016_qd" in keys_of("quyết định số 1976")


def test_several_each_once() -> None:
    assert [words for words, *_rest in mentions("nghị định 20 và thông tư 2, nd 20")] == [
        "nghi dinh 20",
        "thong tu 2",
        "nd 20",
    ]
