"""Text as it should be stored and compared: composed, without anything invisible.

Normalizing is linear in hostile input. That is less easy than it looks: composing (NFC) sorts stacked marks,
and the sort is quadratic in the length of one stack, so stacks are cut before they are composed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pakn_portal.text.letters import TONED, WITH_TONE

#: marks that may stand on one letter; Vietnamese needs two, the most demanding living scripts four
MOST_MARKS: Final = 4

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls (but not \t and \n), soft hyphen, joiners and fillers that show nothing, zero-width and
# bidirectional characters, byte-order mark, lone surrogates, tags, noncharacters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
# Stacked marks lie within these runs; ordinary text has none of this length, so the slow look is rare.
_MAYBE_STACKED = re.compile(f"[^\x00-\u02ff\u1e00-\u1eff\u2000-\u206f]{{{MOST_MARKS + 1},}}")
# A circumflex or breve typed after the tone does not compose by itself, though it looks the same.
_LATE_MARK = re.compile("[àáảãạèéẻẽẹòóỏõọÀÁẢÃẠÈÉẺẼẸÒÓỎÕỌ][\u0302\u0306]")
_WITH_LATE_MARK: Final = {
    ("a", "\u0302"): "â",
    ("a", "\u0306"): "ă",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("A", "\u0302"): "Â",
    ("A", "\u0306"): "Ă",
    ("E", "\u0302"): "Ê",
    ("O", "\u0302"): "Ô",
}


def normalize(text: str) -> str:
    """Composed text (NFC) without invisible characters; line ends are ``\\n``; at most four marks a letter.

    Idempotent. What a reader sees stays: spaces, emoji (though not joined ones), other scripts.
    """
    if text.isascii() and text.isprintable():
        return text
    return compose(_INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))


def compose(text: str) -> str:
    """NFC in linear time; stacks of marks are cut, marks in an unusual order are put right."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", _MAYBE_STACKED.sub(_cut_stacks, text))
    composed = _LATE_MARK.sub(_reorder, composed)
    return _MAYBE_STACKED.sub(_cut_stacks, composed)


def is_mark(char: str) -> bool:
    """Whether the character is drawn on the letter before it."""
    return char > "\u02ff" and unicodedata.category(char)[0] == "M"


def is_invisible(char: str) -> bool:
    """Whether :func:`normalize` drops the character."""
    return _INVISIBLE.match(char) is not None and _LINE_ENDS.match(char) is None


def _cut_stacks(run: re.Match[str]) -> str:
    kept: list[str] = []
    height = 0
    for char in run[0]:
        height = height + 1 if is_mark(char) else 0
        if height <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _reorder(match: re.Match[str]) -> str:
    letter, mark = match[0][0], match[0][1]
    base, tone = TONED[letter]
    marked = _WITH_LATE_MARK.get((base, mark))
    return WITH_TONE[marked, tone] if marked else match[0]
