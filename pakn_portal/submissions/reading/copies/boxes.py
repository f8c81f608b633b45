"""Numbers written one or two digits to a box, as forms ask for: a reader sees one in a row of cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

#: What the number is, by the words before it, without accents; and how the finder is told.
_LABELS: Final = {
    "Số CCCD": re.compile(r"\b(cccd|cmnd|cmt|can cuoc|chung minh|dinh danh)\b"),
    "Điện thoại": re.compile(r"\b(dien thoai|di dong|s?dt|so may|phone|tel|mobile|zalo)\b"),
    "Số tài khoản": re.compile(r"\b(so tai khoan|stk|tai khoan ngan hang)\b"),
    "Mã số thuế": re.compile(r"\b(ma so thue|mst)\b"),
    "BHXH": re.compile(r"\b(bhxh|bhyt|so bao hiem|bao hiem (xa hoi|y te))\b"),
    "Hộ chiếu": re.compile(r"\b(ho chieu|passport)\b"),
}
#: Of the words before a row: a label stands right before its boxes.
_NEAR: Final = 80
_BOX: Final = re.compile(r"\d{1,2}")
_BETWEEN: Final = re.compile(r"[-./\s]*")
_FEWEST: Final = 8
#: Without a label, a row may just as well be of counts: these are small, and many of them are none.
_OF_PERSON: Final = re.compile(r"0[35789]\d{8}|0(?!00)(?:[0-8]\d|9[0-6])[0-3]\d{8}")
_SMALL: Final = 4


def boxed(cells: Sequence[str], before: str) -> Iterator[str]:
    """The numbers in the boxes of a row, each behind its label. `before`: the words before the row."""
    label = _label(before[-_NEAR:])
    filled = [cell.strip() for cell in cells if not _BETWEEN.fullmatch(cell)]
    for size, group in groupby(filled, lambda cell: len(cell) if _BOX.fullmatch(cell) else 0):
        row = list(group)
        if not size:
            label = _label(" ".join(row)[-_NEAR:]) or label
            continue
        number = "".join(row)
        if len(number) >= _FEWEST and not _is_counting(row) and (label or _is_of_person(number)):
            yield f"{label} {number}".strip()


def _label(words: str) -> str:
    """The last of those named there."""
    spelt = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    bare = "".join(each for each in spelt if not unicodedata.combining(each))
    ends = {
        name: max((found.end() for found in how.finditer(bare)), default=0) for name, how in _LABELS.items()
    }
    last = max(ends, key=lambda name: ends[name])
    return last if ends[last] else ""


def _is_counting(row: list[str]) -> bool:
    """Whether it numbers columns."""
    return all(int(after) == int(this) + 1 for this, after in pairwise(row))


def _is_of_person(number: str) -> bool:
    many = sum(int(digit) > _SMALL for digit in number)
    return _OF_PERSON.fullmatch(number) is not None and many >= len(number) // _SMALL
