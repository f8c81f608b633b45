"""Known values as people shorten them: each find is unsure, for what is left is often a word as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pakn_portal.text.folding import fold
from pakn_portal.text.letters import UPPER_LETTERS
from pakn_portal.text.personal.view import HIDDEN, FindCandidate, View
from pakn_portal.text.tones import move_tones

_TITLES: Final = (
    "ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|mợ|thím|cụ|thầy|bạn|con|mẹ|bố|má|vợ|chồng|tôi|tên|là|mình"
    "|em là|tôi là|"
    "tên là|tên tôi là|bé|ô\\.|b\\."
)
_PEOPLE: Final = "ông|bà|anh|chị|cô|chú|bác|cháu|tên|tên là"
#: What a person does, behind their name.
_DOES: Final = (
    "đã|đang|sẽ|vừa|có|hỏi|nói|gửi|nộp|báo|gọi|viết|phản ánh|cho biết|cho rằng|đề nghị|kiến nghị|yêu cầu"
    "|trình bày|thắc mắc|khiếu nại|muốn|cần|chưa|không|bị|được|vẫn|cũng|kể|ký|làm việc|sinh sống"
    "|thường trú|cư trú"
)
_TO: Final = (
    "trả lời|kính gửi|thân gửi|gửi tới|gửi đến|gửi|chào|cảm ơn|cám ơn|mời|hướng dẫn|thông báo cho|báo cho"
    "|theo|của|với"
)
_DOUBT: Final = 1
_LEFT: Final = f"(?<![^\\W\\d_])(?<!{HIDDEN})"
_RIGHT: Final = r"(?![^\W_])"
_LONGEST_NAME: Final = 8

_LEGAL_FORM: Final = re.compile(
    r"^(?:chi nhánh|văn phòng đại diện|tổng công ty|công ty|cty|doanh nghiệp|dn|dntn|htx|hợp tác xã|hộ"
    r" kinh doanh|"
    r"tập đoàn|xí nghiệp|nhà máy|cơ sở|cửa hàng|trung tâm|liên danh|tnhh|cổ phần|cp|hợp danh|tư nhân|một"
    r" thành viên|"
    r"hai thành viên|mtv|1tv|2tv|trách nhiệm hữu hạn|jsc|co|ltd)(?=[\s.,]|\Z)[\s.,]{0,9}",
    re.I,
)
_LEGAL_END: Final = re.compile(r"[\s,]{1,9}(?:jsc|co|ltd|co\.,? ?ltd|tnhh|inc|corp|việt nam)\.?\Z", re.I)
_TRADE: Final = re.compile(
    r"^(?:sản xuất|thương mại|dịch vụ|đầu tư|xây dựng|xuất nhập khẩu|xnk|phát triển|tư vấn|vận tải|du"
    r" lịch|may mặc|may|"
    r"dệt may|dệt|giày da|giày|thực phẩm|công nghệ|kỹ thuật|cơ khí|điện tử|và|&|-|,|tm|dv|sx|xd|quốc tế"
    r"|giáo dục|nhân lực|"
    r"cung ứng)(?=[\s,]|\Z)[\s,]{0,9}",
    re.I,
)


_HAS_INITIALS: Final = re.compile(f"[{UPPER_LETTERS}][^\\W\\d_]{{0,2}}\\.|[{UPPER_LETTERS}]{{2}}")


def find_shortened(view: View, kind: str, value: str) -> Iterator[FindCandidate]:
    """Shorter forms of one known value, by its kind."""
    if kind == "name":
        patterns = _of_name(view, value)
    elif kind == "organisation":
        patterns = _of_organisation(view, value)
    elif kind == "email":
        patterns = _of_mailbox(view, value)
    else:
        return
    for pattern, where in patterns:
        for match in pattern.finditer(getattr(view, where)):
            yield FindCandidate(*match.span(1), kind, _DOUBT, False)


def _of_name(view: View, value: str) -> Iterator[tuple[re.Pattern[str], str]]:
    syllables = [move_tones(each) for each in re.findall(r"[^\W\d_]+", value)][:_LONGEST_NAME]
    if len(syllables) < 2:
        return
    if _HAS_INITIALS.search(view.typed):
        yield from _of_initials(syllables)
    if fold(syllables[-1]) not in view.folded:
        return
    given, last_two = syllables[-1], " ".join(syllables[-2:])
    yield from _after_a_title(given)
    yield from _in_a_sentence(given)
    yield from _like_a_mailbox(fold(given), fold(syllables[0]))
    if len(syllables) > 2:
        yield re.compile(f"{_LEFT}({_as_written(last_two)}){_RIGHT}"), "typed"
        yield re.compile(f"{_LEFT}(?i:{_TITLES}) {{1,2}}({_loose(last_two.lower())}){_RIGHT}"), "lowered"
        bare = _loose(fold(last_two))
        yield (
            re.compile(f"(?<![a-z])(?:ong|ba|anh|chi|em|chau|co|chu|bac|ten|la) ({bare})(?![a-z0-9])"),
            "folded",
        )


def _after_a_title(given: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """Chị Hoa, CHỊ HOA; in small letters (chị hoa) only after a title of a person and at the end of a"
    " clause."""
    yield re.compile(f"{_LEFT}(?i:{_TITLES}) {{1,2}}({_as_written(given)}){_RIGHT}"), "typed"
    closed = "(?= ?(?:[.,;:!?\n)]|\\Z))"
    yield re.compile(f"{_LEFT}(?:{_PEOPLE}) {{1,2}}({re.escape(given.lower())}){closed}"), "lowered"


def _in_a_sentence(given: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """Hùng đã gửi đơn, trả lời Hùng: without a title, where no longer name ends or begins with it."""
    name = _as_written(given)
    alone = f"(?:(?<![^\\W_] )|(?<!\\w)(?![{UPPER_LETTERS}])[^\\W\\d_]{{1,7}} )"
    yield re.compile(f"{_LEFT}{alone}({name})(?= {{1,2}}(?:{_DOES})(?!\\w))"), "typed"
    yield re.compile(f"{_LEFT}(?i:{_TO}) {{1,2}}({name})(?= ?(?:[.,:;!?)\\n]|\\Z))"), "typed"


def _like_a_mailbox(given: str, surname: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """hung.dang, dang_hung: whatever address it begins."""
    both = f"{given}[._\\-]{surname}|{surname}[._\\-]{given}"
    yield re.compile(f"(?<![a-z0-9._%+\\-])({both})(?![a-z0-9_%+\\-]|\\.[a-z0-9]| ?@)"), "folded"


def _loose(words: str) -> str:
    """With more than one blank between, as well."""
    return "[ \u00a0]{1,3}".join(map(re.escape, words.split()))


def _as_written(words: str) -> str:
    titled = " ".join(word[:1].upper() + word[1:].lower() for word in words.split())
    return f"{_loose(titled)}|{_loose(words.upper())}"


def _of_initials(syllables: list[str]) -> Iterator[tuple[re.Pattern[str], str]]:
    """N.V.A, N. V. A., NVA for three and more, and N.V.An, Ng. V. An with the given name in full."""
    initials = [each[:1].upper() for each in syllables]
    dotted = r"\.? ?".join(initials)
    if len(syllables) > 2:
        yield re.compile(f"{_LEFT}({dotted}\\.?){_RIGHT}"), "typed"
    else:
        yield re.compile(f"{_LEFT}({initials[0]}\\. ?{initials[1]}\\.?){_RIGHT}"), "typed"
    first = f"(?:{initials[0]}[^\\W\\d_]{{0,2}}\\. ?|(?:{_as_written(syllables[0])}) )"
    middle = "".join(rf"{letter}[^\W\d_]{{0,1}}\. ?" for letter in initials[1:-1])
    yield re.compile(f"{_LEFT}({first}{middle}(?:{_as_written(syllables[-1])})){_RIGHT}"), "typed"


def _of_organisation(view: View, value: str) -> Iterator[tuple[re.Pattern[str], str]]:
    core = _LEGAL_END.sub("", _stripped(_LEGAL_FORM, value.strip()))
    names = {core, _stripped(_TRADE, core)}
    for name in names:
        words = re.findall(r"[^\W_]+", fold(name))
        if (
            name != value
            and all(word in view.folded for word in words)
            and (len(words) > 1 or len("".join(words)) > 5)
        ):
            yield (
                re.compile(f"(?<![a-z0-9])({'[^a-z0-9]{1,3}'.join(map(re.escape, words))})(?![a-z0-9])"),
                "folded",
            )


def _stripped(pattern: re.Pattern[str], text: str) -> str:
    """Without every word of the kind that stands at its beginning."""
    while (match := pattern.match(text)) and match[0]:
        text = text[match.end() :]
    return text


def _of_mailbox(view: View, value: str) -> Iterator[tuple[re.Pattern[str], str]]:
    mailbox = fold(value.partition("@")[0])
    if len(mailbox) >= 5 and mailbox in view.folded:
        left, right = r"(?<![a-z0-9._%+\-])", r"(?![a-z0-9_%+\-]|\.[a-z0-9]| ?@)"
        yield re.compile(f"{left}({re.escape(mailbox)}){right}"), "folded"
    parts = [part for part in re.split(r"[._\-]", mailbox) if part]
    if len(parts) == 2 and min(map(len, parts)) > 1 and all(part in view.folded for part in parts):
        left, right = r"(?<![a-z0-9._%+\-])", r"(?![a-z0-9_%+\-]|\.[a-z0-9]| ?@)"
        yield re.compile(f"{left}({re.escape(parts[1])}[._\\-]{re.escape(parts[0])}){right}"), "folded"
