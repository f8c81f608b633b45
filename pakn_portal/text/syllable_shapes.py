"""Which letters make a syllable of Vietnamese, and which syllables stand a slip of the finger away.

Without diacritics, as everything is found. The words of a spelling suggestion are taken from here and from
what the archive holds, so that no other word can come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_FRONT: Final = "e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu"
_OTHERS: Final = (
    "a ac ach ai am an ang anh ao ap at au ay o oa oac oach oai oam oan oang oanh oao oat oay oc oe oen oeo "
    "oet oi om on ong ooc oong op ot u ua uan uang uat uay uc ue uech uen uenh ui um un ung uo uoc uoi uom "
    "uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu"
)
#: `y` stands for `i` where people and places are used to it.
_WITH_Y: Final = "y yem yen yet yeu"
_AFTER_Q: Final = (
    "ua uac uach uai uan uang uanh uao uat uau uay uc ue uen uenh uet ui "
    "uoc uon uot uy uych uyen uyet uynh uyt"
)
#: Before e and i only, before the others only, before any of them.
_BEFORE_FRONT: Final = "gh k ngh"
_BEFORE_OTHERS: Final = "c g ng"
_BEFORE_ANY: Final = "b ch d h kh l m n nh p ph r s t th tr v x"
_SHORT_Y: Final = "h k l m s t"
_LETTERS: Final = "abcdeghiklmnopqrstuvxyfjwz"


def _syllables() -> Iterator[str]:
    front, others = _FRONT.split(), _OTHERS.split()
    yield from (*front, *others, *_WITH_Y.split())
    yield from (onset + rhyme for onset in _BEFORE_FRONT.split() for rhyme in front)
    yield from (onset + rhyme for onset in _BEFORE_OTHERS.split() for rhyme in others)
    yield from (onset + rhyme for onset in _BEFORE_ANY.split() for rhyme in (*front, *others))
    yield from (f"gi{rhyme}" for rhyme in ("", "n", *others, *_FRONT.split("i ", 1)[0].split()))
    yield from (f"g{rhyme}" for rhyme in front if rhyme.startswith("i"))
    yield from (f"q{rhyme}" for rhyme in _AFTER_Q.split())
    yield from (f"{onset}y" for onset in _SHORT_Y.split())


_SYLLABLES: Final = frozenset(_syllables())
_LONGEST: Final = max(map(len, _SYLLABLES))


def is_syllable(folded: str) -> bool:
    """Whether these letters, without diacritics, can be a syllable at all."""
    return folded in _SYLLABLES


@lru_cache(maxsize=512)
def near_syllables(folded: str) -> tuple[str, ...]:
    """Syllables one slip away: a letter too many, too few, another, or two neighbours swapped."""
    if len(folded) > _LONGEST + 1:
        return ()
    return tuple(sorted(_SYLLABLES.intersection(_slips(folded)) - {folded}))


@lru_cache(maxsize=512)
def farther_syllables(folded: str) -> tuple[str, ...]:
    """Syllables two slips away, one of them a letter too many: what a key that stuck leaves behind."""
    if len(folded) > _LONGEST + 2:
        return ()
    shorter = {folded[:at] + folded[at + 1 :] for at in range(len(folded))}
    twice = {one for less in shorter for one in _slips(less)}
    return tuple(sorted(_SYLLABLES.intersection(twice) - {folded, *near_syllables(folded)}))


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        yield from (f"{left}{letter}{right}" for letter in _LETTERS)
        if right:
            yield left + right[1:]
            yield from (f"{left}{letter}{right[1:]}" for letter in _LETTERS)
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
