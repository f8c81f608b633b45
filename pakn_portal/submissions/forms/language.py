"""Guesses whether a text is Vietnamese, only to warn the sender; nothing is refused for it."""

from __future__ import annotations

from typing import Final

from pakn_portal.text import fold, is_accented, syllables

#: The commonest syllables, typed without diacritics, that are no word in English, French or Chinese pinyin.
_COMMON: Final = frozenset(
    [
        "khong",
        "duoc",
        "nguoi",
        "cua",
        "nhung",
        "trong",
        "cho",
        "toi",
        "mot",
        "lam",
        "viec",
        "nay",
        "thi",
        "nhu",
        "den",
        "theo",
        "ve",
        "tren",
        "hoi",
        "chung",
        "luong",
    ]
)
_FEW: Final = 8


def looks_vietnamese(text: str) -> bool:
    """True for a short text, and for one with Vietnamese letters or with the commonest syllables."""
    words = syllables(text)
    if len(words) < _FEW:
        return True
    accented = sum(any(is_accented(char) for char in word) for word in words)
    common = sum(fold(word) in _COMMON for word in words)
    return accented * 5 >= len(words) or common * 12 >= len(words)
