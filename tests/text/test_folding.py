from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from pakn_portal.text import fold, fold_aligned, is_accented, normalize, search_form
from tests.text.strategies import LETTERS, anything, messy, vietnamese


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Đình Ướt", "nguyen dinh uot"),
        ("ĐƯỜNG", "duong"),
        ("BLĐTBXH", "bldtbxh"),
        ("ð Ð", "d d"),
        ("café Dvořák Łódź", "cafe dvorak lodz"),
        ("ÿ ñ ç ø", "y n c o"),
        ("İstanbul ılık", "istanbul ilik"),
        ("straße", "straße"),
        ("１５／２０２５", "15/2025"),
        ("Ё й", "е и"),
        ("x\u0302y\u0303", "xy\u0303".replace("y\u0303", "y")),
        ("Điều 5, khoản 2.", "dieu 5, khoan 2."),
        ("한국 東京 😀", "한국 東京 😀"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_vietnamese_letter_folds_to_one_plain_letter() -> None:
    assert set(fold(LETTERS)) == set("abcdeghiklmnopqrstuvxy")
    assert len(fold(LETTERS)) == len(LETTERS)


@given(vietnamese)
def test_offsets_of_folded_and_normalized_text_agree(text: str) -> None:
    clean = normalize(text)
    assert fold(clean) == fold_aligned(clean)
    assert [fold(char) for char in clean] == list(fold(clean))


@given(anything | messy)
def test_the_aligned_fold_has_the_length_of_any_text(text: str) -> None:
    assert len(fold_aligned(text)) == len(text)


@given(anything | messy)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_the_way_text_is_encoded_makes_no_difference(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
        assert search_form(unicodedata.normalize(form, text)) == search_form(text)


def test_the_search_form_is_lower_with_one_tone_placement() -> None:
    assert search_form("Ủy Ban\u200b HÒA Bình") == search_form("uỷ ban hoà bình") == "uỷ ban hoà bình"


@given(anything | messy)
def test_the_search_form_is_idempotent(text: str) -> None:
    assert search_form(search_form(text)) == search_form(text)


@pytest.mark.parametrize(
    ("text", "accented"),
    [("thai sản", True), ("Đ", True), ("ơ", True), ("thue thu nhap", False), ("", False), ("naïve ñ", False)],
)
def test_whether_text_was_typed_with_diacritics(text: str, accented: bool) -> None:
    assert is_accented(text) is accented


def test_the_quick_table_folds_as_the_complete_one() -> None:
    """Common letters go through a table of 256 characters; what is not in it must not make a difference."""
    alone = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x11000))]
    rare = "\u0416"  # Cyrillic, which sends the whole text through the complete table
    assert [fold_aligned(letter) for letter in alone] == [
        fold_aligned(letter + rare)[:-1] for letter in alone
    ]
