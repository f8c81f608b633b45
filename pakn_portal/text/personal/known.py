"""Known personal values (the sender's name, e-mail address, telephone …), found however they are typed.

What is left of a value when people shorten it (the given name after a title, initials, a company without its
legal form, the name of a mailbox) may be a common word, so it is found unsurely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pakn_portal.text.folding import fold
from pakn_portal.text.normalize import normalize
from pakn_portal.text.personal.numbers import GAP
from pakn_portal.text.personal.shortened import find_shortened
from pakn_portal.text.personal.view import HIDDEN, FindCandidate, View
from pakn_portal.text.tones import move_tones

_MOST_CHARACTERS: Final = 300
_WORDS = re.compile(r"[^\W_]++")
_BETWEEN: Final = f"[^a-z0-9{HIDDEN}]{{0,3}}"
# Letters may follow upon digits (0912345678Nguyễn Văn An), but are not within a word.
_LEFT_OF_LETTERS: Final = r"(?<![^\W\d_])"
_LEFT_OF_DIGITS: Final = r"(?<![^\W_])"
_RIGHT: Final = r"(?![^\W_])"
_TITLES: Final = "ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|tôi|tên|là|mình|con|tên là"


def find_known(view: View, known: Iterable[tuple[str, str]]) -> Iterator[FindCandidate]:
    """Where the (kind, value) pairs occur, regardless of case, diacritics, tone placement and spaces."""
    has_digits = sum(char.isdigit() for char in view.folded) >= 8
    for kind, value in known:
        clean = normalize(value[:_MOST_CHARACTERS]).strip()
        if _is_single_syllable(clean):
            yield from _after_a_title(view, kind, clean)
            continue
        pattern = _pattern(clean) if _may_hold(view, clean, has_digits=has_digits) else ""
        if pattern:
            for match in re.finditer(pattern, view.folded):
                yield FindCandidate(*match.span(), kind, -1)
        yield from find_shortened(view, kind, clean)


def _may_hold(view: View, value: str, *, has_digits: bool) -> bool:
    """Quickly no, for most of what is looked through: a pattern costs more to make than to find nothing."""
    words = _WORDS.findall(fold(value))
    return has_digits if "".join(words).isdigit() else all(word in view.folded for word in words)


def _is_single_syllable(value: str) -> bool:
    return value.isalpha() and len(value) <= 7


def _after_a_title(view: View, kind: str, value: str) -> Iterator[FindCandidate]:
    """A name of one syllable is a word as well (An: an toàn), so it needs a capital and a title before it."""
    name = re.escape(move_tones(value[0].upper() + value[1:]))
    pattern = f"{_LEFT_OF_LETTERS}(?i:{_TITLES}) {{1,2}}({name}|{name.upper()}){_RIGHT}"
    for match in re.finditer(pattern, view.typed):
        yield FindCandidate(*match.span(1), kind, -1)


def _pattern(value: str) -> str:
    words = _WORDS.findall(fold(value))
    letters = "".join(words)
    if len(letters) < 2:
        return ""
    if letters.isascii() and letters.isdigit() and len(letters) >= 8 and not re.search("[/]", value):
        return _digits_pattern(letters)
    left = _LEFT_OF_DIGITS if letters[0].isdigit() else _LEFT_OF_LETTERS
    return left + _BETWEEN.join(map(re.escape, words)) + _RIGHT


def _digits_pattern(digits: str) -> str:
    """A number with anything between its digits; a telephone number also with the country's code."""
    gap = GAP.replace("[ ", "[() ")
    if digits.startswith("0"):
        return f"(?<![0-9])(?:0|\\(?\\+?{gap}84{gap}0?){gap}{gap.join(digits[1:])}(?![0-9])"
    return f"(?<![0-9]){gap.join(digits)}(?![0-9])"
