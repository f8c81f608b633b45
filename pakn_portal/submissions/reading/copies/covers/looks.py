"""How a drawing of an office file is seen: its sizes and colours, in the words of the two formats."""

from __future__ import annotations

import re
from typing import Final

#: English Metric Units of each measure.
_UNITS: Final = {
    "pt": 12_700,
    "in": 914_400,
    "cm": 360_000,
    "mm": 36_000,
    "px": 9_525,
    "pc": 152_400,
    "": 12_700,
}
_SIZE: Final = re.compile(r"(-?\d*\.?\d+)([a-z]*)")
#: Of the light of a picture; to wash one out for a ground takes less.
_WASHED: Final = 0.9
_WASHED_OLD: Final = 0.45
_LEAST_SEEN: Final = 0.1
#: The sheet, and about its margin, in each direction.
_SHEET: Final = {"H": 297 * 36_000, "V": 420 * 36_000}
_MARGIN: Final = 25 * 36_000
#: Outlines that take no more than corners.
_WHOLE: Final = re.compile(r"rect|round\w*Rect|snip\w*Rect|flowChart(Alternate)?Process|bevel|frame|plaque")


def size(words: str) -> float:
    found = _SIZE.fullmatch(words.strip().lower())
    return float(found[1]) * _UNITS.get(found[2], 0) if found else 0


def share(words: str) -> float:
    """`50000`, `50%`, `.5` and `32768f` are one half."""
    found = re.match(r"-?\d*\.?\d+", words.strip())
    number = float(found[0]) if found else 0.0
    if words.endswith("%"):
        return number / 100
    if words.endswith("f"):
        return number / 65536
    return number if abs(number) <= 1 else number / 100_000


def opacity(told: dict[str, str], name: str = "val") -> float:
    return share(told[name]) if name in told else 1


def is_faded(name: str, told: dict[str, str]) -> bool:
    """Whether this makes one colour of a picture, or nothing."""
    if name == "alphaModFix":
        return opacity(told, "amt") < _LEAST_SEEN
    if name == "lum":
        return abs(share(told.get("bright", "0"))) >= _WASHED or share(told.get("contrast", "0")) <= -_WASHED
    if name == "biLevel":
        return not _LEAST_SEEN / 2 < share(told.get("thresh", "0")) < 1 - _LEAST_SEEN / 2
    if name == "imagedata":
        is_flat = "gain" in told and share(told["gain"]) < _LEAST_SEEN
        return is_flat or abs(share(told.get("blacklevel", "0"))) >= _WASHED_OLD
    return name in ("clrRepl", "alphaRepl")


def is_shaped(name: str, told: dict[str, str]) -> bool:
    """Whether a picture of this outline loses more than its corners."""
    return name == "custGeom" or _WHOLE.fullmatch(told.get("prst", "rect")) is None


def is_off(axis: str, whence: str, start: float, measures: list[float]) -> bool:
    """Whether what stands there is on no sheet."""
    long = measures[axis == "V"] if len(measures) > 1 else 0
    margin = 0 if whence == "page" else _MARGIN
    if whence in ("paragraph", "line"):
        margin = _SHEET["V"]
    return start + long < -margin or start > _SHEET[axis]
