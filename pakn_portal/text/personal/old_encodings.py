"""Vietnamese in the fonts of before Unicode: TCVN3 (`.VnTime`) and VNI, whose letters are stored as others.

`NguyÔn ThÞ B×nh` is read as `Nguyễn Thị Bình` by whoever has the font, and by no search.
"""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.text.folding import fold
from pakn_portal.text.letters import ACCENTED, NO_TONE, TONED
from pakn_portal.text.syllable_shapes import is_syllable

#: TCVN 5712:1993 (VN3). Letter by letter.
_TCVN3: Final = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
#: VNI-Windows: what stands behind a vowel, by vowel; then letters that stand for themselves.
_VNI_MARKS: Final = {
    "a": ("ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "u": ("ùøûõï", "úùủũụ"),
    "y": ("ùøûõ", "ýỳỷỹ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "ö": ("ùøûõï", "ứừửữự"),
}
_VNI_ALONE: Final = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}
_VNI: Final = _VNI_ALONE | {
    vowel + mark: letter
    for vowel, (marks, letters) in _VNI_MARKS.items()
    for mark, letter in zip(marks, letters, strict=True)
}
_VNI_PIECES: Final = re.compile(f"[aeouyôö][{''.join(sorted({key[-1] for key in _VNI}))}]|[æóòôöîñ]")

#: What a font of these may have made of a word. `µ` has two codes, and some programs change one to the other.
_WORDS: Final = re.compile("[A-Za-z\u00a1-\u00ff\u03bc]++")
_OLD: Final = re.compile("[A-Za-z][\u00a1-\u00ff\u03bc]|[\u00a1-\u00ff\u03bc][A-Za-z]")
_UNICODE: Final = frozenset("abcdefghijklmnopqrstuvwxyz") | ACCENTED
_LONGEST_WORD: Final = 12
#: Syllables that end so have one of two tones: sắc and nặng. French `coût` is none.
_STOPS: Final = ("c", "ch", "p", "t")
_OF_STOPS: Final = (TONED["á"][1], TONED["ạ"][1])
_NONE: Final = ("", NO_TONE)
#: So many different words, or two side by side: one alone may be of another language.
_ENOUGH: Final = 3


def is_in_old_letters(text: str) -> bool:
    """Whether words of this text are Vietnamese in TCVN3 or VNI; a few among others are enough."""
    for read in (_from_tcvn3, _from_vni):
        found: set[str] = set()
        behind = -1
        for match in _WORDS.finditer(text):
            if not _OLD.search(match[0]) or not _is_old(match[0], read(match[0])):
                continue
            between = text[behind : match.start()] if behind >= 0 else "."
            if between.isspace() and "\n" not in between:
                return True
            behind = match.end()
            found.add(match[0].lower())
            if len(found) >= _ENOUGH:
                return True
    return False


def _is_old(word: str, meant: str) -> bool:
    """It is no Vietnamese as it stands, and is when it is read so."""
    meant = meant.lower()
    return (
        len(word) <= _LONGEST_WORD
        and not _is_vietnamese(word)
        and _is_vietnamese(meant)
        and (not meant.endswith(_STOPS) or any(TONED.get(letter, _NONE)[1] in _OF_STOPS for letter in meant))
    )


def _is_vietnamese(word: str) -> bool:
    lowered = word.lower()
    return (
        _UNICODE.issuperset(lowered)
        and sum(letter in TONED for letter in lowered) <= 1
        and (word in (lowered, word.upper(), word.capitalize()))
        and is_syllable(fold(lowered))
    )


def _from_tcvn3(word: str) -> str:
    """Capitals have a font of their own, with the codes of the small letters."""
    return word.replace("\u03bc", "µ").translate(_TCVN3)


def _from_vni(word: str) -> str:
    return _VNI_PIECES.sub(lambda piece: _VNI.get(piece[0], piece[0]), word.lower())
