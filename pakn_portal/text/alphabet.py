"""The order of the Vietnamese alphabet, as a reader looks for a name in a list."""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.text.letters import NO_TONE, TONED
from pakn_portal.text.normalize import normalize

_RANKS: Final = {letter: rank for rank, letter in enumerate("0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
#: Of the columns in `letters`: no tone, huyền, hỏi, ngã, sắc, nặng.
_TONE_RANKS: Final = {0: 0, 1: 1, 3: 2, 4: 3, 2: 4, 5: 5}
_WORD: Final = re.compile(r"\w+")

Key = tuple[tuple[tuple[tuple[int, ...], int], ...], str]


def alphabet_key(name: str) -> Key:
    """To sort names by: syllable by syllable, by letters (a ă â b …) and where these are alike by tone."""
    text = normalize(name)
    return tuple(map(_syllable_key, _WORD.findall(text.lower()))), text


def _syllable_key(syllable: str) -> tuple[tuple[int, ...], int]:
    letters, tone = [], NO_TONE
    for char in syllable:
        letter, own_tone = TONED.get(char, (char, NO_TONE))
        letters.append(_RANKS.get(letter, len(_RANKS) + ord(letter)))
        tone = own_tone or tone
    return tuple(letters), _TONE_RANKS[tone]
