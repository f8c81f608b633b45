"""Whether the words of a letter (DOCX) are set so that nobody reads them: white on white, as small as a dot,
squeezed to a line, or off the sheet.
"""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.markup import Attributes, local

#: Half points; percent of the width of a letter; half points above or below the line; twentieths of a point.
_LEAST_SIZE: Final = 6
_LEAST_WIDTH: Final = 10
_MOST_RAISED: Final = 1_000
_MOST_ASIDE: Final = 20_000
#: White, or as good as.
_PALE: Final = re.compile(r"(?:[F][0-9A-F]){3}", re.IGNORECASE)
_NO_GROUND: Final = ("", "auto", "none", "ffffff")
#: What words may stand on.
_GROUNDS: Final = ("tbl", "tc", "p", "r")
#: How such words are set; of a style, of a run or of a paragraph.
_ASIDE: Final = frozenset({"left", "start", "right", "end", "firstLine", "x", "y"})


class Unseen:
    """Told of each element of a letter."""

    def __init__(self) -> None:
        self._open: list[str] = []
        #: What each open table, cell, paragraph and run stands on, and whether its words are not to be seen.
        self._grounds: list[tuple[str, bool]] = []
        self._is_unseen = {"p": False, "r": False}
        self._is_pale = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._open.append(name)
        if name in _GROUNDS:
            self._grounds.append((name, False))
        if name in ("p", "r"):
            self._is_unseen[name], self._is_pale = False, False
        if "style" in self._open or "rPrChange" in self._open:
            return
        told = {local(key): value for key, value in attributes.items()}
        if name in ("shd", "highlight", "tblStyle") and self._grounds:
            ground = told.get("fill", told.get("val", ""))
            if ground.lower() not in _NO_GROUND:
                self._grounds[-1] = self._grounds[-1][0], True
        # of the mark that ends a paragraph, the size is no word's
        elif "rPr" in self._open and "pPr" not in self._open and "lvl" not in self._open:
            self._is_pale = self._is_pale or (name == "color" and _is_pale(told))
            self._is_unseen["r"] = self._is_unseen["r"] or is_unseen(name, told)
        elif "pPr" in self._open and "rPr" not in self._open:
            self._is_unseen["p"] = self._is_unseen["p"] or is_unseen(name, told)

    def end(self) -> None:
        if self._open and self._open.pop() in _GROUNDS and self._grounds:
            self._grounds.pop()

    def hides(self, words: str) -> bool:
        """Whether these words, within all that is open, are seen by nobody."""
        if not words.strip():
            return False
        has_ground = any(is_dark for _, is_dark in self._grounds) or "txbxContent" in self._open
        return any(self._is_unseen.values()) or (self._is_pale and not has_ground)


def is_unseen(name: str, told: dict[str, str]) -> bool:
    """Whether a property alone keeps words from being seen."""
    value = _number(told.get("val", ""))
    if name in ("sz", "szCs"):
        return name == "sz" and 0 <= value < _LEAST_SIZE and "val" in told
    if name == "w":
        return "val" in told and value < _LEAST_WIDTH
    if name == "position":
        return abs(value) > _MOST_RAISED
    if name in ("ind", "framePr"):
        return any(abs(_number(told[side])) > _MOST_ASIDE for side in _ASIDE & told.keys())
    return False


def _is_pale(told: dict[str, str]) -> bool:
    is_theme = told.get("themeColor") in ("background1", "light1")
    return is_theme or _PALE.fullmatch(told.get("val", "")) is not None


def _number(words: str) -> float:
    found = re.match(r"-?\d+(\.\d+)?", words.strip())
    return float(found[0]) if found else 0
