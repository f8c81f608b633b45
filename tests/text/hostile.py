"""Hostile texts, and what reads them. `make bench` measures them long; the tests count what is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pakn_portal import text as vietnamese
from pakn_portal.templatetags.pakn_text import pakn_paragraphs
from pakn_portal.text.variables import check_variables, render_variables

Reader = Callable[[str], object]

READERS: Final[dict[str, Reader]] = {
    "normalize": vietnamese.normalize,
    "unify_tones": vietnamese.unify_tones,
    "fold": vietnamese.fold,
    "search_form": vietnamese.search_form,
    "syllable_spans": vietnamese.syllable_spans,
    "document_numbers": vietnamese.document_numbers,
    "is_in_old_letters": vietnamese.is_in_old_letters,
    "secret_markings": vietnamese.secret_markings,
    "mask_all": vietnamese.mask_all,
    "find_known": lambda text: vietnamese.find_personal_data(
        text, [("name", "A A A A"), ("phone", "0000000000")]
    ),
    "check_variables": lambda text: check_variables(text, ["a"]),
    "render_variables": lambda text: render_variables(text, {"a": "b"}),
    "paragraphs": lambda text: pakn_paragraphs(text, "/a/"),
}

PIECES: Final = [
    "0", "/", "a", "a@", "@", "số ", "-", " ", "0 ", "0.", "1/", "1/2025/", "15/2025/TT-",
    "TT-BTC-", "(", "[", "[số ", "\n", "\r", " \n", "- a\n", "1/2020/NĐ-CP ", "\n \t",
    "a.", "ế", "e\u0302\u0301", "\u0301", "\u0301\u0323", "\u200b", "0\u200b", "A ", "A, ",
    "thôn A, ", "số nhà 1 ", "địa chỉ ",
    "số tài khoản ", "STK BHXH CMND ", "sinh ngày ", "30A-", "+84", "(0", "12 34 ", "không ",
    "MẬT_", "TỐI ", "\x00", "&", "a&",
    "0912345678", "thon a, ", "pakn-2026-", "ﾞ", "\ud800", "가", "\u1100\u1161", "😀", "[số điện thoại]",
    "{{ a }}", "{% het %} ", "{%", "{{ a",
]  # fmt: skip


def hostile(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]
