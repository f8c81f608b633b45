"""Names of people in text, known by the words before them: titles, kin, offices, labels of forms.

A name looks like a place, a street or an office, so each find here is unsure: a person
confirms it or masks it.
Offices (ông Bộ trưởng), people at large (bà con, anh em) and honoured names of history are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pakn_portal.text.folding import fold
from pakn_portal.text.letters import UPPER_LETTERS, is_accented
from pakn_portal.text.personal_name_words import (
    NEVER,
    NEVER_FIRST,
    NEVER_TOGETHER,
    OFFICE,
    PERSON,
    SURNAMES,
)
from pakn_portal.text.personal_view import HIDDEN, Candidate, View

_MOST_SYLLABLES: Final = 5
_NAME_DOUBT: Final = 2

_CAPITAL: Final = f"(?:[{UPPER_LETTERS}]['’])?[{UPPER_LETTERS}][^\\W\\d_]{{1,9}}(?![\\w@])"
_INITIAL: Final = f"[{UPPER_LETTERS}][a-zđ]?\\."
_RUN: Final = (
    f"(?:{_CAPITAL}|{_INITIAL})(?:[ \u00a0-]{{0,2}}(?:{_CAPITAL}|{_INITIAL})){{0,{_MOST_SYLLABLES - 1}}}"
)
_LEFT: Final = f"(?<![\\w{HIDDEN}])"

_MIDDLE_SURE: Final = "(?:Văn|Thị|VĂN|THỊ|Van|Thi)"

_SHORT: Final = "Ô|B|Mr|Mrs|Ms|Miss"
_KIN: Final = (
    "(?:vợ|chồng|con|cháu|em|anh|chị|mẹ|bố|ba|má|cha|bà|ông|dì|chú|bác|cô|cậu)"
    "(?: (?:gái|trai|ruột|dâu|rể|út|đầu|cả|nội|ngoại|họ|đẻ|chồng|vợ))?(?: (?:của )?(?:tôi|em|mình|cháu"
    "|con|chúng tôi|anh ấy|chị ấy))?"
)
_LINK: Final = "(?:,? (?:là|tên|tên là|tên gọi|có tên|có tên là|họ tên là)|,|:)?"

_TITLED = re.compile(f"{_LEFT}(?i:({PERSON})){_LINK}[ \u00a0]{{1,2}}({_RUN})")
_OF_OFFICE = re.compile(f"{_LEFT}(?i:({OFFICE}))(?: là| tên| tên là)?\\.?:?[ \u00a0]{{1,2}}({_RUN})")
_SHORTENED = re.compile(f"{_LEFT}(?:{_SHORT})\\.? ?({_RUN})")
_OF_KIN = re.compile(f"{_LEFT}(?i:{_KIN}){_LINK}[ \u00a0]{{1,2}}({_RUN})")
_NAMED = re.compile(f"{_LEFT}(?i:tên|tên là|tên gọi)(?: là)?:?[ \u00a0]{{1,2}}({_RUN})")
#: A surname, Văn or Thị, and what follows, without any word before it.
_PLAIN = re.compile(f"{_LEFT}({_CAPITAL}) {_MIDDLE_SURE} ({_CAPITAL})(?: ({_CAPITAL}))?(?: ({_CAPITAL}))?")
#: A name with what tells that it is a person's.
_TOLD_AFTER = re.compile(
    f"{_LEFT}({_CAPITAL}(?: {_CAPITAL}){{1,4}})(?=,? ?\\(?(?i:sinh năm|sinh ngày|sinh|sn|cccd|cmnd|căn"
    f" cước|mã số bhxh|"
    f"mã bhxh|số điện thoại|sđt|đt)(?![^\\W\\d_]))"
)
#: A signature: nothing else in its line.
_SIGNED = re.compile(
    f"(?:^|(?<=\n))[ \t]{{0,4}}({_CAPITAL}(?: {_CAPITAL}){{1,4}})[ \t]{{0,4}}[.,]?(?=\n|\\Z)"
)
_SMALL_SURNAMES: Final = "|".join(sorted(SURNAMES - {"h", "y", "la", "co", "do", "cha", "van"}))
_COMMON_MIDDLE: Final = (
    "thu|ngoc|thanh|hong|kim|minh|bich|my|phuong|anh|hai|duc|quang|xuan|bao|gia|tuyet|mong|nhat"
)
_IN_SMALL = re.compile(
    f"{_LEFT}(?:ong|ba|anh|chi|co|chu|bac|em|chau|con|vo|chong|me|bo|ten|ten la|la|gap)(?: toi| em)?"
    f"(?: la| ten| ten la)? ((?:{_SMALL_SURNAMES}) (?:van (?!phong|ban|thu|hoa|minh)|thi )[a-z]{{1,7}}"
    f"(?: (?=(?:{_COMMON_MIDDLE})(?![a-z]))[a-z]{{1,7}} [a-z]{{1,7}})?)(?![a-z])"
)

#: What stands before is part of another word or says that people at large are meant.
_BEFORE = re.compile("(?:trẻ|chị|anh|các|những|thân|tiếng|nước|bà|ông|mọi|nhiều|mỗi|cô|thầy)\\Z", re.I)
_PEOPLE: Final = frozenset({"em", "con", "cháu", "chị", "bà", "anh", "bác"})
_OF_HISTORY: Final = frozenset(("lao", "ho chi minh", "bac ho", "ho chu", "mac le", "le nin", "ho"))
#: Streets, schools and wards are called after people.
_CALLED_AFTER = re.compile(
    "(?:đường|phố|ngõ|ngách|hẻm|kiệt|trường|thpt|thcs|tiểu học|mầm non|đại học|cao đẳng|bệnh viện|học"
    " viện|phường|xã|quận|huyện|"
    "thành phố|tp|tp\\.|tỉnh|nghiệp|quỹ|giải thưởng|chợ|cầu|sân bay|công viên|quảng trường|nhà hát|tượng"
    "|đền|lăng|công ty|cty|"
    "tư nhân|tnhh|số \\d{1,4}\\w?)\\Z",
    re.I,
)


def find_names(view: View) -> Iterator[Candidate]:
    """Names after titles, offices, kin and labels; each of them unsure."""
    for match in _TITLED.finditer(view.typed):
        if not _is_of_people(view, match):
            is_listed = view.typed[match.end(1) : match.start(2)].strip() in (":", ",")
            yield from _name(view, match, 2, least=2 if is_listed else 1, needs_surname=is_listed)
    for pattern in (_SHORTENED, _OF_KIN, _NAMED):
        for match in pattern.finditer(view.typed):
            if not _is_of_people(view, match):
                yield from _name(view, match, 1, least=1 if pattern is _SHORTENED else 2)
    for match in _OF_OFFICE.finditer(view.typed):
        yield from _name(view, match, 2, least=2, needs_surname=True)
    yield from _without_title(view)


def _without_title(view: View) -> Iterator[Candidate]:
    for match in _PLAIN.finditer(view.typed):
        if fold(match[1]) in SURNAMES and not _is_called_after(view, match.start()):
            yield from _name(view, match, 0, least=3, needs_surname=True)
    for pattern in (_TOLD_AFTER, _SIGNED):
        for match in pattern.finditer(view.typed):
            is_heading = pattern is _SIGNED and match[1].isupper()
            if not is_heading and not _is_called_after(view, match.start()):
                yield from _name(view, match, 1, least=2, needs_surname=True)
    for match in _IN_SMALL.finditer(view.folded):
        middle = view.lowered[match.start(1) : match.end(1)].split(" ")[1]
        if middle in ("văn", "thị") or not is_accented(view.typed[match.start() : match.end()]):
            yield Candidate(*match.span(1), "name", _NAME_DOUBT, False)


def _is_of_people(view: View, match: re.Match[str]) -> bool:
    before = view.lowered[max(0, match.start() - 8) : match.start()].rstrip()
    title = view.lowered[match.start() :].split(" ", 1)[0]
    return title in _PEOPLE and _BEFORE.search(before) is not None


def _is_called_after(view: View, start: int) -> bool:
    return _CALLED_AFTER.search(view.typed[max(0, start - 16) : start].rstrip()) is not None


def _name(
    view: View, match: re.Match[str], group: int, *, least: int, needs_surname: bool = False
) -> Iterator[Candidate]:
    """The run of capitalised words up to the first that belongs to no name."""
    start = match.start(group)
    words = [(word[0], start + word.start(), start + word.end()) for word in _WORD.finditer(match[group])]
    length = _length(words, view, match.end(group))
    kept = words[:length]
    if len(kept) < least or _is_shouted(kept, view):
        return
    if needs_surname and fold(kept[0][0]).strip(".") not in SURNAMES:
        return
    if not _VOWEL.search(fold(kept[0][0])) and len(kept[0][0].strip(".")) > 1:
        return  # bà Th of the examples in laws
    if kept[0][0] in ("Trưng", "Triệu") and len(kept) == 1:
        return
    if fold(" ".join(word for word, _start, _end in kept)) in _OF_HISTORY or len(kept[0][0].strip(".")) > 12:
        return
    kind = "name" if len(kept) > 1 else "given_name"
    yield Candidate(kept[0][1], kept[-1][2], kind, _NAME_DOUBT, False)


_VOWEL = re.compile("[aeiouy]")
_WORD = re.compile(f"{_CAPITAL}|{_INITIAL}")
_NEXT = re.compile(r"[ \u00a0]([^\W\d_]{1,8})")


def _length(words: list[tuple[str, int, int]], view: View, end: int) -> int:
    """How many of the words are the name's."""
    follower = _NEXT.match(view.typed, end)
    after = [*(word for word, _start, _end in words[1:]), follower[1] if follower else ""]
    for index, ((word, _start, _end), following) in enumerate(zip(words, after, strict=True)):
        lowered = word.lower()
        if (
            lowered in NEVER
            or (not index and lowered in NEVER_FIRST)
            or f"{fold(word)} {fold(following)}" in NEVER_TOGETHER
        ):
            return index
    return len(words)


def _is_shouted(words: list[tuple[str, int, int]], view: View) -> bool:
    """Capitals throughout: an abbreviation, or a heading, unless a surname begins it."""
    if not any(word.isupper() and len(word.strip(".")) > 1 for word, _start, _end in words):
        return False
    return len(words) < 2 or fold(words[0][0]) not in SURNAMES
