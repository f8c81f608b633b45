from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from pakn_portal.text import Span, pairs, search_form, syllable_spans, syllables
from pakn_portal.text.syllables import LONGEST_TOKEN
from tests.text.strategies import anything, messy, vietnamese


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("Thuế thu nhập cá nhân", ["thuế", "thu", "nhập", "cá", "nhân"]),
        ("Sức KHỎE, hòa giải!", ["sức", "khoẻ", "hoà", "giải"]),
        ("bhxh 1 lần", ["bhxh", "1", "lần"]),
        (
            "theo Thông tư 15/2025/TT BLĐTBXH quy định",
            ["theo", "thông", "tư", "15_2025_tt_bldtbxh", "quy", "định"],
        ),
        ("mã PAKN-2026-000123.", ["mã", "pakn_2026_000123"]),
        ("ngày 05/03/2026", ["ngày", "05", "03", "2026"]),
        ("snake_case", ["snake", "case"]),
        ("từ\u200bngữ", ["từngữ"]),
        ("😀 … —", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert syllables(text) == tokens


def test_spans_point_into_the_text_as_typed() -> None:
    text = unicodedata.normalize("NFD", "Hòa giải") + " số 91/2015/qh13"
    spans = syllable_spans(text)
    assert [span.token for span in spans] == ["hoà", "giải", "số", "91_2015_qh13"]
    assert unicodedata.normalize("NFC", text[spans[0].start : spans[0].end]) == "Hòa"
    assert text[spans[-1].start : spans[-1].end] == "91/2015/qh13"
    assert syllable_spans("a b") == [Span(0, 1, "a"), Span(2, 3, "b")]


def test_pairs_never_reach_across_a_document_number() -> None:
    tokens = ["thông", "tư", "15_2025_tt_bldtbxh", "thai", "sản", "nữ"]
    assert pairs(tokens) == ["thông_tư", "thai_sản", "sản_nữ"]
    assert pairs([]) == pairs(["một"]) == []


def test_an_endless_word_is_cut() -> None:
    tokens = syllables("a" * (3 * LONGEST_TOKEN + 1))
    assert [len(token) for token in tokens] == [LONGEST_TOKEN] * 3 + [1]


@given(anything | messy)
def test_spans_are_in_order_within_the_text_and_have_the_tokens(text: str) -> None:
    spans = syllable_spans(text)
    assert [span.token for span in spans] == syllables(text)
    ends = [0, *(span.end for span in spans)]
    assert all(
        before <= span.start < span.end <= len(text) for before, span in zip(ends, spans, strict=False)
    )


@given(vietnamese)
def test_a_text_and_its_search_form_have_the_same_tokens(text: str) -> None:
    assert syllables(search_form(text)) == syllables(text)
    assert syllables(unicodedata.normalize("NFD", text)) == syllables(text)


@given(anything)
def test_no_token_is_empty_or_has_spaces(text: str) -> None:
    assert all(token and not any(char.isspace() for char in token) for token in syllables(text))
