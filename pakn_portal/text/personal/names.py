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
from pakn_portal.text.personal.name_words import (
    CALLED_AFTER_PEOPLE,
    COMMON_SURNAMES,
    COMMUNES,
    FOLDED_SURNAMES,
    LEADER,
    LEVELS,
    NEVER,
    NEVER_FIRST,
    NEVER_TOGETHER,
    NO_GIVEN_NAMES,
    NO_NAMES_IF_SMALL,
    OF_HISTORY,
    OF_WHAT,
    OFFICE,
    PEOPLES,
    PERSON,
    SURNAMES,
)
from pakn_portal.text.personal.view import HIDDEN, FindCandidate, View
from pakn_portal.text.tones import move_tones

_MOST_SYLLABLES: Final = 7
_NAME_DOUBT: Final = 2

#: Hạnh, H'Hen, K' Wấu, Mai-cơn
_CAPITAL: Final = (
    f"(?:[{UPPER_LETTERS}]['’] ?)?[{UPPER_LETTERS}][^\\W\\d_]{{1,9}}"
    f"(?:-(?![{UPPER_LETTERS}])[^\\W\\d_]{{1,8}}){{0,3}}(?![\\w@])"
)
_INITIAL: Final = f"[{UPPER_LETTERS}][ghr]?\\."
_RUN: Final = (
    "(?:[YA] (?=[^\\W\\d_]{2}))?"
    f"(?:{_INITIAL}|{_CAPITAL})"
    f"(?:[ \u00a0-]{{0,2}}(?:{_INITIAL}|{_CAPITAL}|[AY](?= [{UPPER_LETTERS}][^\\W\\d_]))"
    f"){{0,{_MOST_SYLLABLES - 1}}}"
    f"(?:(?<=\\.) ?[{UPPER_LETTERS}](?![\\w.]))?"
)
_LEFT: Final = f"(?<![\\w{HIDDEN}])"

_MIDDLE_SURE: Final = "(?:Văn|Thị|VĂN|THỊ|Van|Thi|VAN|THI)"

_SHORT: Final = "[ÔB]\\.|(?:Mr|Mrs|Ms|Miss)\\.? "
_KIN: Final = (
    "(?:vợ|chồng|con|cháu|em|anh|chị|mẹ|bố|ba|má|cha|bà|ông|dì|chú|bác|cô|cậu)"
    "(?: (?:gái|trai|ruột|dâu|rể|út|đầu|cả|nội|ngoại|họ|đẻ|chồng|vợ))?(?: (?:của )?(?:tôi|em|mình|cháu"
    "|con|chúng tôi|anh ấy|chị ấy))?"
)
_LINK: Final = "(?:,? (?:cũ|là|tên|tên là|tên gọi|có tên|có tên là|họ tên là)|,|:)?"

_TITLED = re.compile(f"{_LEFT}(?i:({PERSON})){_LINK}[ \u00a0]{{1,2}}({_RUN})")
_AND = re.compile(f" và ({_RUN})")
_OF_OFFICE = re.compile(f"{_LEFT}(?i:({OFFICE}))(?: là| tên| tên là)?\\.?:?[ \u00a0]{{1,2}}({_RUN})")
_OF_LEADER = re.compile(
    f"{_LEFT}(?i:{LEADER})((?: (?i:{OF_WHAT})(?!\\w)){{1,5}})(?: là)?[ \u00a0]{{1,2}}({_RUN})"
)
#: Names of the highlands that nothing else is written like: H'Lim Ayun, K'Brểu.
_HIGHLAND = re.compile(f"{_LEFT}([HK]['’] ?{_CAPITAL}(?: {_CAPITAL}){{0,3}})")
_SHORTENED = re.compile(f"{_LEFT}(?:{_SHORT}) ?({_RUN})")
_OF_KIN = re.compile(f"{_LEFT}(?i:{_KIN}){_LINK}[ \u00a0]{{1,2}}({_RUN})")
_NAMED = re.compile(f"{_LEFT}(?i:tên|tên là|tên gọi)(?: là)?:?[ \u00a0]{{1,2}}({_RUN})")
#: A surname, Văn or Thị, and what follows, without any word before it.
_PLAIN = re.compile(f"{_LEFT}({_CAPITAL}) {_MIDDLE_SURE} ({_CAPITAL})(?: ({_CAPITAL}))?(?: ({_CAPITAL}))?")
#: Three syllables and more, of which the first is a common surname.
_BARE = re.compile(f"{_LEFT}({_CAPITAL})(?: {_CAPITAL}){{2,4}}")
#: A name with what tells that it is a person's.
_TOLD_AFTER = re.compile(
    f"{_LEFT}({_CAPITAL}(?: {_CAPITAL}){{1,4}})(?=,? ?\\(?(?i:sinh năm|sinh ngày|sinh|sn|cccd|cmnd|căn"
    f" cước|mã số bhxh|"
    f"mã bhxh|số điện thoại|sđt|đt)(?![^\\W\\d_]))"
)
#: Written into a form, whatever the label says.
_LABELLED = re.compile(f"(?<=[^\\W\\d_]): ?({_CAPITAL}(?: {_CAPITAL}){{1,4}})")
#: A signature: nothing else in its line.
_SIGNED = re.compile(
    f"(?:^|(?<=\n))[ \t]{{0,4}}({_CAPITAL}(?: {_CAPITAL}){{1,4}})[ \t]{{0,4}}[.,]?(?=\n|\\Z)"
)
_SMALL_SURNAMES: Final = "|".join(sorted(FOLDED_SURNAMES - {"y", "a", "la", "co", "do", "cha", "van"}))
_COMMON_MIDDLE: Final = (
    "thu|ngoc|thanh|hong|kim|minh|bich|my|phuong|anh|hai|duc|quang|xuan|bao|gia|tuyet|mong|nhat"
)
#: What follows a name in a sentence and is no part of it.
_NO_SYLLABLES: Final = (
    "chua|da|khong|dang|o|la|va|co|bi|duoc|cung|noi|goi|nha|hen|lam|den|di|ve|nop|gui|xin|hoi|sinh|bao|ky"
)
_MIDDLE_MARKED: Final = move_tones(
    "xuân|đức|hữu|quang|ngọc|minh|thanh|đình|công|quốc|hồng|kim|thu|bá|tiến|trọng|duy|mạnh|gia|thế|viết|huy"
    "|phước|tấn|hoàng|bích|mỹ|thuỳ|khánh|diệu|phương|hải"
)
_IN_SMALL = re.compile(
    f"{_LEFT}(?:ong|ba|anh|chi|co|chu|bac|em|chau|con|vo|chong|me|bo|ten|ten la|la|gap)(?: toi| em)?"
    f"(?: la| ten| ten la)? ((?:{_SMALL_SURNAMES}) (?:van (?!(?:phong|ban|thu|hoa|minh)(?![a-z]))|thi )"
    f"(?:(?:{_COMMON_MIDDLE}) (?!(?:{_NO_SYLLABLES})(?![a-z])))?[a-z]{{1,7}}"
    f"(?: (?=(?:{_COMMON_MIDDLE})(?![a-z]))[a-z]{{1,7}} [a-z]{{1,7}})?)(?![a-z])"
)
#: In small letters with their marks, a common surname and a common middle name: ông đào xuân khải.
_IN_SMALL_MARKED = re.compile(
    f"{_LEFT}(?:ông|bà|anh|chị|cô|chú|bác|em|cháu|tên|tên là) ((?:{'|'.join(sorted(COMMON_SURNAMES))})"
    f" (?:{_MIDDLE_MARKED}) [^\\W\\d_]{{2,7}})(?![^\\W_])"
)

#: A form filled in with small letters, with marks or without: Họ tên: trần thị thu hiền.
_LABELLED_IN_SMALL = re.compile(
    f"{_LEFT}(?:ho(?: va|,)? ten|ten toi|chu ho|nguoi (?:gui|ky|khai|nhan|dung don|lam don|yeu cau|nop don))"
    "(?: (?:nguoi|chu|cua|toi|em|chong|vo|con|me|bo|khai sinh|day du|don|ho|gui|nop|ky|la)){0,4} ?[:=] ?"
    f"((?!ly do )(?:{'|'.join(sorted(FOLDED_SURNAMES))})"
    f"(?: (?!(?:{_NO_SYLLABLES})(?![a-z]))[a-z]{{1,7}}){{1,4}})"
    f"(?= ?(?:[.,;:!?()\\n/\\-]|(?:{_NO_SYLLABLES})(?![a-z])|\\Z))"
)

#: What stands before is part of another word or says that people at large are meant.
_BEFORE = re.compile(
    "(?:trẻ|chị|anh|các|những|thân|tiếng|nước|bà|ông|mọi|nhiều|mỗi|cô|thầy|tuyên|công|phân|ban)\\Z", re.I
)
_PEOPLE: Final = frozenset({"bố", "em", "con", "cháu", "chị", "bà", "anh", "bác"})
#: Streets, schools and wards are called after people.
_CALLED_AFTER = re.compile(
    "(?:đường|phố|ngõ|ngách|hẻm|kiệt|trường|thpt|thcs|tiểu học|mầm non|đại học|cao đẳng|bệnh viện|học"
    " viện|phường|xã|quận|huyện|"
    "thành phố|tp|tp\\.|tỉnh|nghiệp|quỹ|giải thưởng|chợ|cầu|sân bay|công viên|quảng trường|nhà hát|tượng"
    "|đền|lăng|công ty|cty|"
    "dự án|ngã ba|ngã tư|ngã năm|trung tâm|tập đoàn|tuyến|học bổng|sân vận động|thư viện|bảo tàng|hồ|"
    "sông|chùa|nhà thờ|phòng khám|tư nhân|tnhh|số \\d{1,4}\\w?)\\Z",
    re.I,
)


def find_names(view: View) -> Iterator[FindCandidate]:
    """Names after titles, offices, kin and labels; each of them unsure."""
    for match in _TITLED.finditer(view.typed):
        if not _is_of_people(view, match):
            is_listed = view.typed[match.end(1) : match.start(2)].strip() in (":", ",")
            yield from _name(view, match, 2, least=2 if is_listed else 1, needs_surname=is_listed)
            if second := _AND.match(view.typed, match.end()):
                yield from _name(view, second, 1, least=2)
    for pattern in (_SHORTENED, _OF_KIN, _NAMED):
        for match in pattern.finditer(view.typed):
            if not _is_of_people(view, match):
                is_short = pattern is _SHORTENED or (pattern is _NAMED and _is_of_somebody(view, match))
                yield from _name(view, match, 1, least=1 if is_short else 2)
    for match in _OF_OFFICE.finditer(view.typed):
        yield from _name(view, match, 2, least=2, needs_surname=True)
        if second := _AND.match(view.typed, match.end()):
            yield from _name(view, second, 1, least=2, needs_surname=True)
    for match in _OF_LEADER.finditer(view.typed):
        if match[2].lower() not in COMMUNES:
            yield from _name(view, match, 2, least=_least_behind(match[1].lower()), needs_surname=True)
    for match in _HIGHLAND.finditer(view.typed):
        if match[1].lower().split()[0][2:].strip(" ") not in PEOPLES:
            yield from _name(view, match, 1, least=1)
    yield from _without_title(view)


def _without_title(view: View) -> Iterator[FindCandidate]:
    for match in _PLAIN.finditer(view.typed):
        if _is_surname(match[1]) and not _is_called_after(view, match.start()):
            yield from _name(view, match, 0, least=3, needs_surname=True)
    for pattern in (_TOLD_AFTER, _SIGNED, _LABELLED):
        for match in pattern.finditer(view.typed):
            is_heading = pattern is _SIGNED and match[1].isupper()
            if not is_heading and not _is_called_after(view, match.start()):
                yield from _name(view, match, 1, least=2, needs_surname=True)
    for match in _BARE.finditer(view.typed):
        if match[1].lower() in COMMON_SURNAMES and not _is_called_after(view, match.start()):
            yield from _name(view, match, 0, least=3)
    for match in _IN_SMALL_MARKED.finditer(view.lowered):
        if view.typed[match.start(1) : match.end(1)].islower():
            yield FindCandidate(*match.span(1), "name", _NAME_DOUBT, False)
    for match in _LABELLED_IN_SMALL.finditer(view.folded):
        if _is_surname(view.typed[match.start(1) : match.end(1)].split(" ")[0]):
            yield FindCandidate(*match.span(1), "name", _NAME_DOUBT, False)
    for match in _IN_SMALL.finditer(view.folded):
        middle = view.lowered[match.start(1) : match.end(1)].split(" ")[1]
        if middle in ("văn", "thị") or not is_accented(view.typed[match.start(1) : match.end(1)]):
            yield FindCandidate(*match.span(1), "name", _NAME_DOUBT, False)


def _least_behind(office: str) -> int:
    """How many syllables tell a name from that of a commune or a school: phó chủ tịch xã Hoà Vang."""
    last = office.split()[-1]
    return 4 if last in CALLED_AFTER_PEOPLE else 3 if last in LEVELS else 2


def _is_of_people(view: View, match: re.Match[str]) -> bool:
    before = view.lowered[max(0, match.start() - 8) : match.start()].rstrip()
    title = view.lowered[match.start() :].split(" ", 1)[0]
    return title in _PEOPLE and _BEFORE.search(before) is not None


def _is_surname(word: str) -> bool:
    """Typed with the marks it has, or with none (Đồng, Dong; not Động); H' and K' are as good."""
    lowered = word.lower()
    if lowered[1:2] in ("'", "’") or lowered in _SHORT_SURNAMES:
        return True
    return lowered in SURNAMES or (not is_accented(lowered) and lowered in FOLDED_SURNAMES)


def _is_of_somebody(view: View, match: re.Match[str]) -> bool:
    """Người môi giới tên Tuấn, unlike a form or a project of this name."""
    return _SOMEBODY.search(view.lowered[max(0, match.start() - 24) : match.start()]) is not None


def _is_called_after(view: View, start: int) -> bool:
    return _CALLED_AFTER.search(view.typed[max(0, start - 16) : start].rstrip()) is not None


def _name(
    view: View, match: re.Match[str], group: int, *, least: int, needs_surname: bool = False
) -> Iterator[FindCandidate]:
    """The run of capitalised words up to the first that belongs to no name."""
    start = match.start(group)
    words = [(word[0], start + word.start(), start + word.end()) for word in _WORD.finditer(match[group])]
    length = _length(words, view, match.end(group))
    kept = words[:length]
    if len(kept) < least or _is_shouted(kept, view):
        return
    if needs_surname and not _is_surname(kept[0][0].strip(".")):
        return
    is_short = kept[0][0].lower() in _SHORT_SURNAMES and len(kept) > 2
    if not (is_short or kept[0][0].endswith(".") or len(kept[0][0]) < 2 or _VOWEL.search(fold(kept[0][0]))):
        return  # bà Th of the examples in laws
    if kept[0][0] in ("Trưng", "Triệu") and len(kept) == 1:
        return
    if " ".join(word for word, _start, _end in kept).lower() in OF_HISTORY or len(kept[0][0].strip(".")) > 12:
        return
    if len(kept) == 1 and (len(kept[0][0].strip(".")) < 2 or kept[0][0].lower() in NO_GIVEN_NAMES):
        return
    kind = "name" if len(kept) > 1 else "given_name"
    yield FindCandidate(kept[0][1], kept[-1][2], kind, _NAME_DOUBT, False)


_SOMEBODY = re.compile(
    "(?<!\\w)(?:cán bộ|công chức|viên chức|nhân viên|chuyên viên|công an|công an viên|bác sĩ|y tá|giáo viên"
    "|thầy giáo|thầy|cô giáo|bảo vệ|lái xe|tài xế|kế toán|thủ quỹ|thu ngân|hàng xóm|môi giới"
    "|người|anh|chị|em|cháu|ông|bà|bạn|gái|trai|hắn|con|vợ|chồng|tôi|mình|mẹ|bố|cô|chú|bác|cậu)(?!\\w)"
)
_SHORT_SURNAMES: Final = frozenset({"ng", "tr", "ph", "đg", "hg"})
_VOWEL = re.compile("[aeiouy]")
_WORD = re.compile(f"{_INITIAL}|{_CAPITAL}|[YA](?= )|(?<=[. ])[{UPPER_LETTERS}](?!\\w)")
_NEXT = re.compile(r"[ \u00a0]([^\W_]{1,8})")


def _length(words: list[tuple[str, int, int]], view: View, end: int) -> int:
    """How many of the words are the name's."""
    follower = _NEXT.match(view.typed, end)
    after = [*(word for word, _start, _end in words[1:]), follower[1] if follower else ""]
    for index, ((word, _start, _end), following) in enumerate(zip(words, after, strict=True)):
        # Nguyễn Thanh Hóa, for a surname alone is no name
        is_second = index == 1 and following[:1].isupper() and _is_surname(words[0][0])
        if _begins_something_else(word, following, is_first=not index, is_second=is_second):
            return index
    return len(words)


def _begins_something_else(word: str, following: str, *, is_first: bool, is_second: bool) -> bool:
    """A place, an office, an abbreviation that is grown together with the next word (BHYTvà)."""
    lowered = word.lower()
    if lowered in NEVER or (is_first and lowered in NEVER_FIRST):
        return True
    if lowered in ("năm", "tháng", "ngày", "quý") and following[:1].isdigit():
        return True
    if not (word.isupper() or word[1:].islower() or not word[1:].isalpha()):
        return True
    both = f"{fold(word)} {fold(following)}"
    return not is_second and (both in NEVER_TOGETHER or (following.islower() and both in NO_NAMES_IF_SMALL))


def _is_shouted(words: list[tuple[str, int, int]], view: View) -> bool:
    """Capitals throughout: an abbreviation, or a heading, unless a surname begins it."""
    if not any(word.isupper() and len(word.strip(".")) > 1 for word, _start, _end in words):
        return False
    return len(words) < 2 or not _is_surname(words[0][0])
