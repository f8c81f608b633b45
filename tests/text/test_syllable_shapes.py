from __future__ import annotations

import pytest

from pakn_portal.text import farther_syllables, fold, is_syllable, near_syllables, syllables

TEXT = """
Người lao động nghỉ ốm, gãy xương; khuỷu tay, loắt choắt, quềnh quàng, xoong, giếng, gìn giữ, quốc, khuyết,
nguệch ngoạc, huýt, ngoằn ngoèo, thuở, uyên, yểm, kỹ, nghiêng, rượu, ghế, cừu, quýt, hoặc, boong, ý, ạ, gì.
"""
NONE = [
    "sanr",
    "hiemm",
    "nghiepp",
    "dogn",
    "bhxh",
    "zalo",
    "ngi",
    "ke1",
    "cie",
    "gha",
    "kam",
    "covid",
    "xquy",
    "",
]


def test_what_is_written_is_made_of_syllables() -> None:
    assert [one for one in syllables(TEXT) if not is_syllable(fold(one))] == []


@pytest.mark.parametrize("letters", NONE)
def test_what_cannot_be_spoken_is_none(letters: str) -> None:
    assert not is_syllable(letters)


def test_one_slip_away() -> None:
    assert near_syllables("sanr") == ("san", "sang", "sanh")
    assert "nghiep" in near_syllables("ngiep")
    assert "dong" in near_syllables("dogn")
    assert "san" not in near_syllables("san")


def test_two_slips_away_one_of_them_a_letter_too_many() -> None:
    assert "nghiep" in farther_syllables("ngiepp")
    assert "nghiep" not in farther_syllables("nghiepp")


@pytest.mark.parametrize("typed", ["a" * 100, "nghiengnghieng", "x" * 12])
def test_what_is_longer_than_any_syllable_is_near_none(typed: str) -> None:
    assert near_syllables(typed) == farther_syllables(typed) == ()
