"""Vietnamese typed with the input method switched off: ``tieefn luwowng`` (Telex), ``tien62 luong7`` (VNI).

The keys stand in the text as they were struck. They are read only where a syllable of Vietnamese comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from pakn_portal.text.letters import WITH_TONE
from pakn_portal.text.tones import bearer_of

#: key → column of the tone in `letters`
_TELEX_TONES: Final = {"f": 1, "s": 2, "r": 3, "x": 4, "j": 5}
_VNI_TONES: Final = {"2": 1, "1": 2, "3": 3, "4": 4, "5": 5}
_TELEX_LETTERS: Final = (
    ("uwow", "ươ"),
    ("uow", "ươ"),
    ("dd", "đ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
#: key → what it makes of which letters, the longest first
_VNI_LETTERS: Final = {
    "6": (("a", "â"), ("e", "ê"), ("o", "ô")),
    "7": (("uo", "ươ"), ("o", "ơ"), ("u", "ư")),
    "8": (("a", "ă"),),
    "9": (("d", "đ"),),
}
#: The longest syllable, ``nghiêng``, and the keys of its marks.
_TOKEN: Final = re.compile("(?<![^\\W_])[A-Za-z][A-Za-z0-9]{1,10}(?![^\\W_])")
_VNI: Final = re.compile("([a-z]+?)([1-9]{0,3})([a-z]*)([1-9]{0,3})")
_AFTER_VOWEL: Final = re.compile("([^aeiouy]*[aeiouy]+)(.*)")
_READ_TONES: Final = re.compile("[fsrxj]")


def read_keystrokes(text: str) -> str:
    """The text with its Telex and VNI keys read; what is none, or has its diacritics, stays."""
    return _TOKEN.sub(lambda match: _read(match[0]), text)


def _read(token: str) -> str:
    lowered = token.lower()
    reader: Callable[[str], tuple[str, list[int]]] = _vni if re.search("[0-9]", lowered) else _telex
    letters, tones = reader(lowered)
    bearer = bearer_of(letters) if len(tones) < 2 else None
    if bearer is None or not letters.isalpha() or (letters == lowered and not tones):
        return token
    if not tones:
        return letters
    return f"{letters[:bearer]}{WITH_TONE[letters[bearer], tones[0]]}{letters[bearer + 1 :]}"


def _telex(token: str) -> tuple[str, list[int]]:
    """No tone's letter ends a syllable, so each after the vowel is a key."""
    match = _AFTER_VOWEL.fullmatch(token)
    if match is None:
        return token, []
    tones = [_TELEX_TONES[key] for key in _READ_TONES.findall(match[2])]
    letters = match[1] + _READ_TONES.sub("", match[2])
    for keys, letter in _TELEX_LETTERS:
        letters = letters.replace(keys, letter)
    return letters, tones


def _vni(token: str) -> tuple[str, list[int]]:
    match = _VNI.fullmatch(token)
    if match is None:
        return token, []
    letters, keys = match[1] + match[3], match[2] + match[4]
    for key in keys:
        for plain, marked in _VNI_LETTERS.get(key, ()):
            if plain in letters:
                letters = letters.replace(plain, marked)
                break
    return letters, [_VNI_TONES[key] for key in keys if key in _VNI_TONES]
