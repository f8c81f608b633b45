"""Home addresses in text.

Law and answers are full of communes and provinces that are nobody's address. An address begins with something
small and named (house, alley, hamlet, street with a number) or follows words that say that somebody lives
there; from there it goes on through the larger units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pakn_portal.text.letters import UPPER_LETTERS
from pakn_portal.text.personal_view import HIDDEN, Candidate, View

_WORD: Final = f"[{UPPER_LETTERS}]\\w{{0,9}}"
_NAME: Final = f"{_WORD}(?:[ \\-]{_WORD}){{0,4}}(?: [0-9]{{1,2}}(?![0-9/.]))?"
_NUMBER: Final = r"[0-9]{1,5}[A-Za-zĐđ]?(?:[/\-][A-Za-z]?[0-9]{1,4}[A-Za-z]?){0,4}(?!\w)"
_VALUE: Final = f"(?:số )?(?:{_NUMBER}|{_NAME})"
_START: Final = f"(?<![\\w{HIDDEN}])"

_STREET: Final = f"(?i:đường|phố|đại lộ|quốc lộ|tỉnh lộ|hương lộ) {_VALUE}"
_HOUSE: Final = f"(?i:số nhà|nhà số|ngõ|ngách|hẻm|hẽm|kiệt|căn hộ|căn|phòng số) ?(?:số )?:? ?(?:{_NUMBER})"
_NUMBERED_STREET: Final = f"(?:(?i:số) )?(?:{_NUMBER}),? ?{_STREET}"
_HAMLET: Final = (
    f"(?:(?i:thôn|ấp|xóm|buôn|khóm|tổ dân phố|tdp|khu phố|kp) ?{_VALUE}"
    "|(?i:tổ|đội) ?(?:số )?[0-9]{1,3}(?!\\w))"
)
_MAYBE_HAMLET: Final = f"(?i:bản|làng|khu|cụm|sóc|phum|khu tập thể|chung cư|toà nhà|kđt|khu đô thị) {_VALUE}"
_LOCAL: Final = (
    f"(?:(?i:xã|phường|thị trấn|thị xã|quận|huyện|đặc khu) {_VALUE}|(?:P|Q|H|X|TT|TX)\\. ?{_VALUE})"
)
_LARGE: Final = f"(?:(?i:tỉnh|thành phố|tp) {_VALUE}|(?:(?i:tp)|T)\\.? ?{_NAME})"
_ANY: Final = f"(?:{_HOUSE}|{_NUMBERED_STREET}|{_STREET}|{_HAMLET}|{_MAYBE_HAMLET}|{_LOCAL}|{_LARGE})"
_REST: Final = f"(?:(?:\\s?[,;\\-–]\\s{{0,2}}|\\s){_ANY}|\\s?[,\\-–]\\s?(?:{_NAME}))"
_ALL_THE_REST: Final = f"{_REST}{{0,8}}"

_BY_ITSELF = re.compile(
    f"{_START}(?:{_HOUSE}|{_NUMBERED_STREET}){_ALL_THE_REST}"
    f"|{_START}{_HAMLET}{_REST}{{1,8}}"
    f"|{_START}(?i:thôn|ấp|xóm|khóm|số nhà) {_VALUE}"
    f"|{_START}{_MAYBE_HAMLET}\\s?[,\\-–]?\\s{_LOCAL}{_ALL_THE_REST}"
)
_LIVING: Final = (
    "(?i:địa chỉ|thường trú|tạm trú|trú tại|trú quán|cư trú|cư ngụ|ngụ tại|ngụ|hộ khẩu|quê quán|nguyên quán|"
    "nơi ở|chỗ ở|sinh sống|sống tại|ở tại|quê tôi|quê em|quê)"
)
_FILLER: Final = (
    "(?:[\\s:\\-]{0,3}(?i:tại|ở|hiện nay|hiện tại|hiện|của tôi|tôi|em|là|liên hệ|thường trú)(?!\\w)){0,3}"
    "[\\s:\\-]{1,3}"
)
_WHERE_SOMEBODY_LIVES = re.compile(
    f"{_START}{_LIVING}{_FILLER}"
    f"((?:{_ANY}|(?:(?i:số) )?(?:{_NUMBER}),? {_NAME}|(?!Việt Nam){_NAME}(?=,)){_ALL_THE_REST})"
    f"|{_START}(?i:tôi ở|em ở|mình ở|nhà ở|sống ở|ở) ({_LOCAL}{_ALL_THE_REST})"
)

# In small letters a name cannot be told from a word, so three levels with commas between are asked for.
_NAME_IN_SMALL: Final = (
    "(?!(?:đặc|nghèo|an toàn|đảo|biên|khó|thuộc|của|và|hoặc|nơi|được|đó|này|khu vực|có|là|"
    "dac|ngheo|dao|bien|kho|thuoc|cua|va|hoac|noi|duoc|do|nay|co|la)(?!\\w))(?:\\w{1,7} ){0,3}\\w{1,7}"
)
_SMALL_LETTERS = re.compile(
    f"{_START}(?:số nhà|thôn|ấp|xóm|bản|buôn|khóm|tổ dân phố|tổ|khu phố|"
    f"so nha|thon|ap|xom|ban|buon|khom|to dan pho|to|khu pho) {_NAME_IN_SMALL}"
    f", ?(?:xã|phường|thị trấn|xa|phuong|thi tran) {_NAME_IN_SMALL}"
    f"(?:, ?(?:huyện|quận|thị xã|thành phố|tp|tỉnh|huyen|quan|thi xa|thanh pho|tinh) {_NAME_IN_SMALL}){{1,2}}"
)


def find_addresses(view: View) -> Iterator[Candidate]:
    """Home addresses, each as one find from the house to the province."""
    for match in _BY_ITSELF.finditer(view.typed):
        yield Candidate(*match.span(), "address", 1)
    for match in _WHERE_SOMEBODY_LIVES.finditer(view.typed):
        yield Candidate(*match.span(1 if match[1] else 2), "address", 1)
    for match in _SMALL_LETTERS.finditer(view.lowered):
        yield Candidate(*match.span(), "address", 1)
