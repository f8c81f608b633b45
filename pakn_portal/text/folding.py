"""Two forms of a text that search compares: the exact one (with diacritics) and the folded one (without)."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from pakn_portal.text.normalize import compose, normalize
from pakn_portal.text.tones import move_tones

_NO_DECOMPOSITION: Final = {"đ": "d", "ð": "d", "ɖ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t"}
_FULL_WIDTH: Final = {0xFF01 + offset: chr(0x21 + offset).lower() for offset in range(0x5E)}
_STRAY_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")


def _letter_table() -> dict[int, str]:
    """Lower-case letters of Latin, Greek and Cyrillic → the letter without its marks."""
    table = {ord(letter): plain for letter, plain in _NO_DECOMPOSITION.items()} | _FULL_WIDTH
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].lower()
        if base != letter and base.isalpha() and letter == letter.lower():
            table[code] = base
    return table


_LETTER_TABLE: Final = _letter_table()
#: What nearly every Vietnamese text is made of, in at most 256 characters: tables of that size are many times
#: faster than a dictionary.
_COMMON: Final = (
    "".join(map(chr, range(0x80)))
    + "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    + "\u00a0«»°²³·×§–—―‘’“”„•…′″€→−≤≥"
).ljust(256, "\ufffe")
_COMMON_CODES: Final = codecs.charmap_build(_COMMON)
_COMMON_FOLDED: Final = _COMMON.translate(_LETTER_TABLE)


def search_form(text: str) -> str:
    """The exact form: normalized, tone placement unified, lower case. Idempotent."""
    return compose(move_tones(lower(normalize(text))))


def fold(text: str) -> str:
    """Lower case without tones and diacritics, đ→d, full-width letters and digits made ordinary. Idempotent.

    Of normalized Vietnamese each character gives exactly one, so offsets in ``fold(text)`` are offsets in
    ``text`` (highlighting relies on it). Marks that compose with no letter are dropped; where such
    may occur and offsets matter, use :func:`fold_aligned`.
    """
    return compose(_STRAY_MARKS.sub("", fold_aligned(compose(text))))


def fold_aligned(text: str) -> str:
    """Like :func:`fold`, but character by character: the result has the length of any text given."""
    lowered = lower(text)
    try:
        coded, _length = codecs.charmap_encode(lowered, "strict", _COMMON_CODES)
    except UnicodeEncodeError:
        return lowered.translate(_LETTER_TABLE)
    return codecs.charmap_decode(coded, "strict", _COMMON_FOLDED)[0]


def lower(text: str) -> str:
    """Lower case of the same length: ``İ`` gives one letter, and a final sigma is a sigma."""
    return text.replace("İ", "i").lower().replace("ς", "σ")
