"""Where the tone mark stands: ``hòa, thủy, khỏe`` (old) or ``hoà, thuỷ, khoẻ`` (new).

Both are in use, also within one document, so search compares one of them (see :func:`unify_tones`). Marks on
a letter where neither style has them (``cuả``, ``thúôc``, ``qúy``) are put right as well.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from pakn_portal.text.letters import TONED, VOWELS, WITH_TONE
from pakn_portal.text.normalize import compose

ToneStyle = Literal["new", "old"]

_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_SYLLABLE: Final = len("nghiêng")


def _listed(groups: str) -> tuple[str, ...]:
    return tuple(groups.split())


_ONSETS: Final = {"", *_listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")}
_CODAS: Final = _listed("c ch m n ng nh p t")

# Vowel groups by the letter that bears the tone. "qu" and "gi" are onsets, so their u and i are not in here.
_ON_FIRST: Final = _listed("ai ao au ay âu ây eo êu ia iu oi ôi ơi ua ui ưa ưi ưu")
_ON_SECOND: Final = _listed("uê uơ oai oay oao oeo uya uyu uây uêu iêu yêu uôi ươi ươu")
_ON_SECOND_BEFORE_CODA: Final = _listed("oa oe oă oo uâ uê uy uô ươ iê yê")
_ON_THIRD_BEFORE_CODA: Final = _listed("uyê")
_BY_STYLE: Final = _listed("oa oe uy")


def _rhymes(style: ToneStyle) -> dict[str, int]:
    """Each rhyme of Vietnamese (without tone) → index of the letter that bears the tone."""
    bearers = dict.fromkeys(VOWELS, 0) | {vowel + coda: 0 for vowel in VOWELS for coda in _CODAS}
    bearers |= dict.fromkeys(_ON_FIRST, 0) | dict.fromkeys(_ON_SECOND, 1)
    bearers |= {group + coda: 1 for group in _ON_SECOND_BEFORE_CODA for coda in _CODAS}
    bearers |= {group + coda: 2 for group in _ON_THIRD_BEFORE_CODA for coda in _CODAS}
    return bearers | dict.fromkeys(_BY_STYLE, 1 if style == "new" else 0)


_RHYMES: Final[dict[ToneStyle, dict[str, int]]] = {"new": _rhymes("new"), "old": _rhymes("old")}


def place_tones(text: str, style: ToneStyle = "new") -> str:
    """Put each tone mark on the letter where the style wants it; a word that is no Vietnamese syllable stays.

    The text is composed first; apart from that its length stays. ``ValueError`` for an unknown style.
    """
    if style not in _RHYMES:
        raise ValueError(f"unknown style of tone placement: {style!r}")
    return move_tones(compose(text), style)


def unify_tones(text: str) -> str:
    """The one tone placement that search compares (the new style)."""
    return place_tones(text, "new")


def move_tones(composed: str, style: ToneStyle = "new") -> str:
    """:func:`place_tones` for text that is composed already: returns exactly as many characters."""
    if composed.isascii():
        return composed
    return _LETTERS.sub(lambda match: _place(match[0], style), composed)


def _place(word: str, style: ToneStyle) -> str:
    if len(word) > _LONGEST_SYLLABLE or len(word) < 2 or word.isascii():
        return word
    return _place_in_syllable(word, style)


@lru_cache(maxsize=32768)
def _place_in_syllable(word: str, style: ToneStyle) -> str:
    marked = [index for index, letter in enumerate(word) if letter in TONED]
    if len(marked) != 1:
        return word
    at = marked[0]
    letter, tone = TONED[word[at]]
    plain = f"{word[:at]}{letter}{word[at + 1 :]}"
    bearer = bearer_of(plain.lower(), style)
    if bearer is None:
        return word
    return f"{plain[:bearer]}{WITH_TONE[plain[bearer], tone]}{plain[bearer + 1 :]}"


def bearer_of(plain: str, style: ToneStyle = "new") -> int | None:
    """Index of the letter that bears the tone; None where this is no syllable of Vietnamese."""
    for length in (3, 2, 1, 0):
        if plain[:length] in _ONSETS and len(plain) > length:
            index = _RHYMES[style].get(plain[length:])
            if index is not None:
                return length + index
    return None
