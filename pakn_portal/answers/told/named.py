"""Whom the words of an answer to many tell of: what surely names one of them or tells how to reach somebody,
and what may do so, for a person to judge.

People state whatever they like about themselves, so what is called as they are is not sure by that alone: a
sender may be called "Người Lao Động", or live at the address of an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pakn_portal.answers.finds import finds_in, fingerprint, is_of_office
from pakn_portal.answers.texts import paragraph_at
from pakn_portal.submissions.known import known_values
from pakn_portal.submissions.models import Sender
from pakn_portal.text import Find, fold, normalize
from pakn_portal.text.personal.name_words import FOLDED_SURNAMES

_WORDS: Final = re.compile(r"[^\W_]+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]{1,3}\. ?){1,7}[^\W\d_]?|[^\W\d_]{2,8}")
#: Numbers that an office has none of.
_OF_PEOPLE: Final = frozenset({"id_number", "insurance_number"})
#: What a person's name stands behind where it is no person's.
_CALLED_AFTER: Final = re.compile(
    r"(?:đường|phố|thành phố|tp|trường|quận|huyện|tỉnh|xã|phường|thôn|quảng trường|công viên|đại lộ|giải|báo)"
    r"[ .]{1,2}\Z",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(r"(?:cong ty|cty|doanh nghiep|hop tac xa|htx|ho kinh doanh) ")
_LEAST_OF_A_NAME: Final = 3


class Named(NamedTuple):
    """A place in the words of an answer that tells of somebody."""

    find: Find
    paragraph: int

    @property
    def fingerprint(self) -> str:
        return fingerprint("answer", self.find)


def named_in(words: str, senders: Iterable[Sender]) -> list[Named]:
    """Every such place, sure or not."""
    text = _Text.of(words)
    known = [pair for sender in senders for pair in _spoken_of(sender, text)]
    forms = {(kind, _squeezed(value)) for kind, value in known}
    found = []
    for find in finds_in("answer", words, known):
        if _is_common(find, forms):
            continue
        before = words[: find.start]
        is_sure = find.is_sure and _is_sure(find, before, forms)
        found.append(Named(find._replace(is_sure=is_sure), paragraph_at(words, find.start)))
    return found


def _is_sure(find: Find, before: str, known: set[tuple[str, str]]) -> bool:
    if find.kind in _OF_PEOPLE:
        return True
    if find.kind == "phone":
        return not is_of_office(find)
    squeezed = _squeezed(find.text)
    is_known = any(kind == find.kind and value in squeezed for kind, value in known)
    if find.kind == "email":
        return not find.text.casefold().endswith(".gov.vn" if is_known else ".vn")
    if find.kind == "name":
        return is_known and _is_written_as_a_name(find.text) and not _CALLED_AFTER.search(before[-20:])
    if find.kind == "address":
        return is_known and any(char.isdigit() for char in find.text)
    if find.kind == "organisation":
        return is_known and _COMPANY.match(fold(find.text)) is not None
    return is_known


def _is_common(find: Find, known: set[tuple[str, str]]) -> bool:
    """The words "hồ sơ", though some sender is called so."""
    words = _WORDS.findall(fold(normalize(find.text)))
    if find.kind != "name" or not find.text.islower() or ("name", "".join(words)) not in known:
        return False
    return len(words) < _LEAST_OF_A_NAME or FOLDED_SURNAMES.isdisjoint((words[0], words[-1]))


def _is_written_as_a_name(text: str) -> bool:
    """With capitals, a family name at one end, and no fewer words than most names have: what has two is a
    place or a common word as often.
    """
    words = _WORDS.findall(normalize(text))
    if len(words) < _LEAST_OF_A_NAME or not all(word[0].isupper() for word in words):
        return False
    return not FOLDED_SURNAMES.isdisjoint(map(fold, words))


class _Text(NamedTuple):
    """What is asked of a text for each of many senders, of whom nearly all stand nowhere in it."""

    words: frozenset[str]
    digits: str
    initials: str

    @classmethod
    def of(cls, text: str) -> _Text:
        clean = normalize(text)
        initials = (re.sub(r"[\W\d_]|(?<=\w)[a-zà-ỹđ]", "", match[0]) for match in _INITIALS.finditer(clean))
        return cls(
            frozenset(_WORDS.findall(fold(clean))),
            "".join(char for char in clean if char.isdigit()),
            " ".join(each for each in initials if len(each) > 1),
        )


def _spoken_of(sender: Sender, text: _Text) -> Iterator[tuple[str, str]]:
    """What may stand in the text of all that a sender states, names in other orders too."""
    for kind, value in known_values(sender):
        words = _WORDS.findall(fold(normalize(value)))
        if kind == "name":
            initials = "".join(word[0].upper() for word in _WORDS.findall(normalize(value)))
            if initials in text.initials or not text.words.isdisjoint(words[-2:]):
                yield from ((kind, each) for each in _orders(value))
        elif kind in ("phone", "tax_code"):
            if "".join(words)[-8:] in text.digits:
                yield kind, value
        elif kind == "address" and len(words) < _LEAST_OF_A_NAME and not any(map(str.isdigit, words)):
            continue  # a province is nobody's address
        elif kind == "organisation" or not text.words.isdisjoint(words):
            yield kind, value


def _orders(name: str) -> list[str]:
    """As it is said, from behind, and with the given name first."""
    words = normalize(name).split()
    if len(words) < 2:
        return [name]
    return list(dict.fromkeys([name, " ".join(reversed(words)), " ".join([words[-1], *words[:-1]])]))


def _squeezed(text: str) -> str:
    return "".join(_WORDS.findall(fold(normalize(text))))
