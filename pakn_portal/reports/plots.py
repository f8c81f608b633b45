"""Where the shapes of a plot stand, in units of its own view box: pure functions, drawn by a template.

Numbers are texts, for a template would write 12.5 and 1000 as the language does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Five shades, told apart in grey as well; the first is the worst.
SHADES: Final = (60, 75, 85, 95)
_ROW, _CELL, _NAMES, _HEAD = 26, 50, 250, 24
_BAR, _GROUP, _HEIGHT, _TOP, _FOOT = 22, 66, 130, 22, 22
#: Longer names are cut; the table beneath has them whole.
LONGEST_NAME: Final = 38


@dataclass(frozen=True)
class Label:
    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Shape:
    """A rectangle with a text, and where it leads."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    text: str
    text_x: str
    text_y: str
    url: str
    title: str


@dataclass(frozen=True)
class Plot:
    width: str
    height: str
    #: Above or below the columns.
    labels: tuple[Label, ...]
    shapes: tuple[Shape, ...]
    #: Of the rows, in a part of the drawing of their own, so wide.
    names: tuple[Label, ...] = ()
    names_width: str = "0"

    @property
    def drawn_width(self) -> str:
        return str(int(self.width) - int(self.names_width))

    @property
    def names_share(self) -> str:
        """Of the whole width."""
        return _share(self.names_width, self.width)

    @property
    def drawn_share(self) -> str:
        return _share(self.drawn_width, self.width)


@dataclass(frozen=True)
class Cell:
    """`share` in per cent, None where there is nothing to tell."""

    share: int | None
    text: str
    url: str
    title: str


@dataclass(frozen=True)
class Bar:
    number: int
    kind: str
    url: str
    title: str
    #: A line across at this height: the same of the span before. None draws nothing.
    before: Before | None = None


@dataclass(frozen=True)
class Before:
    number: int
    url: str
    title: str


def shade(share: int) -> int:
    """0 (worst) to 4."""
    return sum(share >= edge for edge in SHADES)


def heat_map(names: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Plot:
    """A row for each name, a column for each head."""
    labels = [
        Label(str(_NAMES + place * _CELL + _CELL // 2), str(_HEAD - 8), head)
        for place, head in enumerate(heads)
    ]
    own = [Label("0", str(_HEAD + place * _ROW + 17), cut(name)) for place, name in enumerate(names)]
    shapes = [
        _cell(cell, _NAMES + column * _CELL, _HEAD + line * _ROW)
        for line, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell.share is not None
    ]
    width, height = _NAMES + len(heads) * _CELL, _HEAD + len(names) * _ROW
    return Plot(str(width), str(height), tuple(labels), tuple(shapes), tuple(own), str(_NAMES))


def bars(heads: Sequence[str], groups: Sequence[Sequence[Bar]]) -> Plot:
    """Bars beside one another for each head, the number above each; the tallest fills the height."""
    drawn = [bar for group in groups for bar in group]
    heights = [bar.number for bar in drawn] + [bar.before.number for bar in drawn if bar.before]
    tallest = max(heights, default=0) or 1
    shapes, labels = [], []
    for place, (head, group) in enumerate(zip(heads, groups, strict=True)):
        left = place * _GROUP + (_GROUP - len(group) * _BAR) // 2
        labels.append(Label(str(place * _GROUP + _GROUP // 2), str(_TOP + _HEIGHT + _FOOT - 6), head))
        for number, bar in enumerate(group):
            shapes.append(_bar(bar, left + number * _BAR, tallest))
            if bar.before is not None and bar.before.number:
                shapes.append(_line(bar.before, left + number * _BAR, tallest))
    return Plot(str(len(heads) * _GROUP), str(_TOP + _HEIGHT + _FOOT), tuple(labels), tuple(shapes))


def _share(part: str, whole: str) -> str:
    return f"{int(part) / int(whole):.4%}"


def cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _cell(cell: Cell, x: int, y: int) -> Shape:
    return Shape(
        x=str(x + 1), y=str(y + 1), width=str(_CELL - 2), height=str(_ROW - 2),
        kind=f"heat-{shade(cell.share or 0)}", text=cell.text, text_x=str(x + _CELL // 2), text_y=str(y + 17),
        url=cell.url, title=cell.title,
    )  # fmt: skip


def _line(before: Before, x: int, tallest: int) -> Shape:
    top = _TOP + _HEIGHT - max(1, before.number * _HEIGHT // tallest)
    return Shape(
        x=str(x - 1), y=str(top - 1), width=str(_BAR - 1), height="3", kind="before", text="",
        text_x=str(x), text_y=str(top), url=before.url, title=before.title,
    )  # fmt: skip


def _bar(bar: Bar, x: int, tallest: int) -> Shape:
    height = max(1, bar.number * _HEIGHT // tallest) if bar.number else 0
    top = _TOP + _HEIGHT - height
    return Shape(
        x=str(x), y=str(top), width=str(_BAR - 3), height=str(height), kind=bar.kind, text=str(bar.number),
        text_x=str(x + (_BAR - 3) // 2), text_y=str(top - 5), url=bar.url, title=bar.title,
    )  # fmt: skip
