"""Hostile text: twice the length takes about twice the time, and 200 kB never more than a few seconds."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from time import perf_counter

import pytest

from pakn_portal import text as vietnamese

pytestmark = [pytest.mark.slow, pytest.mark.timing]

LENGTH = 200_000
#: linear is 2, quadratic 4; in between is room for a busy machine
MOST_GROWTH = 3.2
MOST_SECONDS = 8.0
# Below this a measurement says nothing about growth.
NEGLIGIBLE = 0.02

FUNCTIONS: list[Callable[[str], object]] = [
    vietnamese.normalize,
    vietnamese.unify_tones,
    vietnamese.fold,
    vietnamese.search_form,
    vietnamese.syllable_spans,
    vietnamese.document_numbers,
    vietnamese.secret_markings,
    vietnamese.mask_all,
    lambda text: vietnamese.find_personal_data(text, [("name", "A A A A"), ("phone", "0000000000")]),
]
NAMES = [*(function.__name__ for function in FUNCTIONS[:-1]), "find_known"]

HOSTILE = [
    "0", "/", "a", "a@", "@", "số ", "-", " ", "0 ", "0.", "1/", "1/2025/", "15/2025/TT-",
    "TT-BTC-", "(", "[", "[số ", "\n", "\r",
    "a.", "ế", "e\u0302\u0301", "\u0301", "\u0301\u0323", "\u200b", "0\u200b", "A ", "A, ",
    "thôn A, ", "số nhà 1 ", "địa chỉ ",
    "số tài khoản ", "STK BHXH CMND ", "sinh ngày ", "30A-", "+84", "(0", "12 34 ", "không ",
    "MẬT_", "TỐI ", "\x00", "&", "a&",
    "0912345678", "thon a, ", "pakn-2026-", "ﾞ", "\ud800", "가", "\u1100\u1161", "😀", "[số điện thoại]",
]  # fmt: skip


def _seconds(function: Callable[[str], object], text: str, runs: int = 1) -> float:
    best = float("inf")
    for _ in range(runs):
        start = perf_counter()
        function(text)
        best = min(best, perf_counter() - start)
    return best


@pytest.fixture(autouse=True)
def _no_garbage_collection() -> Iterator[None]:
    """The collector's rounds depend on all objects of the test process, not on the function measured."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_a_hostile_text_of_twenty_kilobytes_is_no_trouble(piece: str) -> None:
    whole = (piece * (LENGTH // len(piece) + 1))[: LENGTH // 10]
    for function in FUNCTIONS:
        assert _seconds(function, whole) < MOST_SECONDS / 10


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
@pytest.mark.parametrize("function", FUNCTIONS, ids=NAMES)
def test_time_grows_with_length(function: Callable[[str], object], piece: str) -> None:
    whole = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    full = _seconds(function, whole)
    assert full < MOST_SECONDS
    if full > NEGLIGIBLE:
        half = _seconds(function, whole[: LENGTH // 2], runs=2)
        growth = min(full, _seconds(function, whole)) / half
        assert growth < MOST_GROWTH


def test_a_word_of_a_megabyte_and_a_hundred_thousand_lines() -> None:
    for whole in ("á" * 1_000_000, "dòng\n" * 100_000):
        assert len(vietnamese.syllables(whole)) >= 10_000
        assert vietnamese.mask_all(whole) == whole
