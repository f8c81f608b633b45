from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from pakn_portal.text import normalize
from pakn_portal.text.alignment import align
from pakn_portal.text.normalize import MOST_MARKS
from tests.text.strategies import anything, messy, vietnamese


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("", ""),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("Tiê\u0301ng Viê\u0323t", "Tiếng Việt"),
        ("Tie\u0301\u0302ng", "Tiếng"),  # the circumflex after the tone
        ("đươ\u0300ng", "đường"),
        ("a\x00b\x07c\x7f", "abc"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("\ufeffđầu", "đầu"),
        ("mật\u200b khẩu\u200d\u2060", "mật khẩu"),
        ("từ\u00adngữ", "từngữ"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("\u2067x\u2069", "x"),
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("cột\tcột\n", "cột\tcột\n"),
        ("😀 và 🇻🇳", "😀 và 🇻🇳"),
        ("hai  dấu cách", "hai  dấu cách"),
    ],
)
def test_what_is_typed_becomes_clean(typed: str, clean: str) -> None:
    assert normalize(typed) == clean


def test_stacked_marks_are_cut() -> None:
    zalgo = "e" + "\u0302\u0301\u0334\u0335" * 50 + "m"

    clean = normalize(zalgo)

    assert clean[0] == "ế"
    assert clean[-1] == "m"
    assert sum(unicodedata.combining(char) != 0 for char in clean) <= MOST_MARKS


@given(anything | messy)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    clean = normalize(text)
    assert normalize(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)


@given(vietnamese)
def test_composed_and_decomposed_are_the_same(text: str) -> None:
    assert normalize(unicodedata.normalize("NFD", text)) == text
    assert normalize(unicodedata.normalize("NFC", text)) == text


@given(anything | messy)
def test_alignment_gives_the_normalized_text_and_where_it_came_from(text: str) -> None:
    aligned = align(text)

    assert aligned.clean == normalize(text)
    for index in range(len(aligned.clean)):
        start, end = aligned.span(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert aligned.clean[index] in normalize(text[start:end])
