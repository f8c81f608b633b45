"""Whether a picture is painted over, or drawn so that nobody sees it: its dots stay in the file whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from math import hypot
from typing import Final, NamedTuple

from pakn_portal.submissions.reading.copies.pdf_clip import Matrix, Outline, Point, moved
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: What shows through more than this hides nothing; of a picture that shows less nobody sees anything.
_HIDES: Final = 0.6
LEAST_SEEN: Final = 0.1
#: Dots of a picture on a square point, so many that nobody can see them: some 7000 on an inch.
_MOST_DOTS: Final = 10_000
#: Dots on an inch below which no words can be read; and its points.
_LEGIBLE: Final = 40
_INCH: Final = 72
#: Lines and frames are thinner (points), and no name is hidden under less (square points).
_THICK: Final = 3.0
_LEAST_AREA: Final = 20.0
#: So many rows and columns of points are looked at; so many pictures and outlines at most.
_POINTS: Final = 20
_MOST: Final = 200_000
#: A frame lies over the edge of its picture.
_EDGE: Final = 0.01

Box = tuple[float, float, float, float]


class Picture(NamedTuple):
    outline: Outline
    box: Box


class Covers:
    """The pictures that a page has drawn so far, and what is painted after them."""

    def __init__(self) -> None:
        self._pictures: list[Picture] = []
        self._looks = 0

    def draw(self, dots: int, by: Matrix, alpha: float) -> None:
        """Raises Refused for a picture that nobody sees."""
        area = abs(by[0] * by[3] - by[1] * by[2])
        if alpha < LEAST_SEEN or area * _MOST_DOTS < dots:
            raise Refused(Reason.COVERED)
        if not is_legible(dots, by):
            return
        outline = Outline.box((_EDGE, _EDGE, 1 - _EDGE, 1 - _EDGE), by)
        self._pictures.append(Picture(outline, _box(outline.parts[0])))

    def paint(self, painted: Outline, cutting: Sequence[Outline], alpha: float) -> None:
        """Raises Refused where this hides something of a picture."""
        if alpha <= _HIDES:
            return
        for part in painted.parts:
            around = _box(part)
            for picture in self._pictures:
                self._looks += 1
                if self._looks > _MOST:
                    raise Refused(Reason.COMPLEX)
                self._look(_common(around, picture.box), (picture.outline, painted, *cutting))

    def stroke(self, drawn: Outline, cutting: Sequence[Outline], thick: float, alpha: float) -> None:
        """A thick line is a bar."""
        for bar in bars_along(drawn, thick):
            self.paint(bar, cutting, alpha)

    def _look(self, box: Box, outlines: Sequence[Outline]) -> None:
        left, low, right, high = box
        if min(right - left, high - low) < _THICK:
            return
        steps = [(at + 0.5) / _POINTS for at in range(_POINTS)]
        points = [(left + x * (right - left), low + y * (high - low)) for x in steps for y in steps]
        for outline in outlines:
            points = [point for point in points if outline.holds(*point)]
        if len(points) / _POINTS**2 * (right - left) * (high - low) >= _LEAST_AREA:
            raise Refused(Reason.COVERED)


def thickness(width: float, by: Matrix) -> float:
    return width * max(hypot(by[0], by[1]), hypot(by[2], by[3]))


def bars_along(drawn: Outline, thick: float) -> Iterator[Outline]:
    """A thick line, piece by piece."""
    if thick < _THICK:
        return
    for part in drawn.parts:
        for start, end in itertools.pairwise(part):
            bar = _bar(start, end, thick)
            if bar is not None:
                yield Outline((bar,))


def is_legible(dots: int, by: Matrix) -> bool:
    """Whether so many dots, drawn so large, could show words."""
    area = abs(by[0] * by[3] - by[1] * by[2])
    return dots * _INCH**2 >= _LEGIBLE**2 * area


def placed(box: Sequence[float], matrix: Matrix, rect: Sequence[float]) -> Matrix:
    """How a form of this box is drawn into the rectangle of its mark (ISO 32000-2, 12.5.5)."""
    left, low, right, high = _box([moved(x, y, matrix) for x in box[::2] for y in box[1::2]])
    x1, y1, x2, y2 = (
        min(rect[0], rect[2]),
        min(rect[1], rect[3]),
        max(rect[0], rect[2]),
        max(rect[1], rect[3]),
    )
    across = (x2 - x1) / (right - left) if right > left else 1
    up = (y2 - y1) / (high - low) if high > low else 1
    return across, 0, 0, up, x1 - left * across, y1 - low * up


def _bar(start: Point, end: Point, thick: float) -> tuple[Point, ...] | None:
    (x1, y1), (x2, y2) = start, end
    long = hypot(x2 - x1, y2 - y1)
    if not long:
        return None
    aside, up = (y2 - y1) / long * thick / 2, (x2 - x1) / long * thick / 2
    return (x1 - aside, y1 + up), (x2 - aside, y2 + up), (x2 + aside, y2 - up), (x1 + aside, y1 - up)


def _box(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
