"""The Vietnamese alphabet: twelve vowels, each with six tones, and đ."""

from __future__ import annotations

from typing import Final

NO_TONE: Final = 0

# One row for each vowel; columns: no tone, huyền, sắc, hỏi, ngã, nặng.
_ROWS: Final = (
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
)
_ALL_ROWS: Final = (*_ROWS, *(row.upper() for row in _ROWS))

#: letter → (the same letter without its tone, the tone's column), for toned letters only
TONED: Final[dict[str, tuple[str, int]]] = {
    letter: (row[0], tone) for row in _ALL_ROWS for tone, letter in enumerate(row) if tone != NO_TONE
}
#: (letter without tone, tone's column) → letter
WITH_TONE: Final[dict[tuple[str, int], str]] = {
    (row[0], tone): letter for row in _ALL_ROWS for tone, letter in enumerate(row)
}
VOWELS: Final = "".join(row[0] for row in _ROWS)

#: every upper-case letter of Vietnamese text, for use inside a regular expression's brackets
UPPER_LETTERS: Final = "A-ZĐ" + "".join(row.upper() for row in _ROWS)

#: letters that no unaccented text has
ACCENTED: Final = frozenset("".join(_ALL_ROWS)) - frozenset("aeiouyAEIOUY") | frozenset("đĐ")


def is_accented(text: str) -> bool:
    """Whether the (normalized) text has any letter that only Vietnamese typed with diacritics has."""
    return not ACCENTED.isdisjoint(text)
