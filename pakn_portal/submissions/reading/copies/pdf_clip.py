"""How much of a picture shows where it is drawn: what is cut off stays in the file, and nobody sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from pakn_portal.submissions.reading.verdict import Reason, Refused

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

UNTOUCHED: Final[Matrix] = (1, 0, 0, 1, 0, 0)
#: So many rows and columns of points are looked at.
_POINTS: Final = 50
#: Steps of a curve; sides of all outlines together against which points are held.
_STEPS: Final = 8
_MOST_SIDES: Final = 4_000


def joined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    u, v, w, x, y, z = outer
    return a * u + b * w, a * v + b * x, c * u + d * w, c * v + d * x, e * u + f * w + y, e * v + f * x + z


def moved(x: float, y: float, by: Matrix) -> Point:
    a, b, c, d, e, f = by
    return a * x + c * y + e, b * x + d * y + f


class Outline(NamedTuple):
    """A path that cuts off what is outside it."""

    parts: tuple[tuple[Point, ...], ...]
    is_even_odd: bool = False

    @classmethod
    def box(cls, corners: Sequence[float], by: Matrix = UNTOUCHED) -> Self:
        left, low, right, high = corners
        points = ((left, low), (right, low), (right, high), (left, high))
        return cls((tuple(moved(*point, by) for point in points),))

    @property
    def sides(self) -> int:
        return sum(map(len, self.parts))

    def covers(self, points: Sequence[Point]) -> bool:
        """Surely, as a rectangle does; the others are looked at point by point."""
        if len(self.parts) != 1 or len(set(self.parts[0])) != 4:
            return False
        xs, ys = sorted({x for x, _ in self.parts[0]}), sorted({y for _, y in self.parts[0]})
        is_upright = len(xs) == len(ys) == 2
        return is_upright and all(xs[0] <= x <= xs[1] and ys[0] <= y <= ys[1] for x, y in points)

    def holds(self, x: float, y: float) -> bool:
        winding = crossings = 0
        for part in self.parts:
            before = part[-1]
            for point in part:
                (x1, y1), (x2, y2) = before, point
                if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                    crossings += 1
                    winding += 1 if y2 > y1 else -1
                before = point
        return bool(crossings % 2) if self.is_even_odd else winding != 0


class Path:
    """The path under way, as the operators of a page build it."""

    def __init__(self) -> None:
        self._parts: list[list[Point]] = []
        self._at: Point = (0, 0)

    def add(self, operator: bytes, at: Sequence[float], by: Matrix) -> None:
        if operator == b"re":
            x, y, width, height = at
            self._parts.append(list(Outline.box((x, y, x + width, y + height), by).parts[0]))
            self._at = (x, y)
            return
        points = list(zip(at[::2], at[1::2], strict=True))
        if operator == b"m" or not self._parts:
            self._parts.append([])
        if operator in (b"c", b"v", b"y"):
            points = _flat(self._at, operator, points)
        self._parts[-1] += [moved(*point, by) for point in points]
        self._at = points[-1] if points else self._at

    def outline(self, is_even_odd: bool) -> Outline:
        return Outline(tuple(tuple(part) for part in self._parts if part), is_even_odd)


def _flat(start: Point, operator: bytes, points: list[Point]) -> list[Point]:
    if operator == b"v":
        points = [start, *points]
    elif operator == b"y":
        points = [*points, points[-1]]
    first, second, last = points
    found = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        corners = (start, first, second, last)
        found.append(
            (
                sum(weight * x for weight, (x, _) in zip(weights, corners, strict=True)),
                sum(weight * y for weight, (_, y) in zip(weights, corners, strict=True)),
            )
        )
    return found


def share(by: Matrix, outlines: Sequence[Outline]) -> float:
    """Of a picture drawn by this matrix, what all these outlines leave."""
    corners = Outline.box((0, 0, 1, 1), by).parts[0]
    cutting = [each for each in outlines if not each.covers(corners)]
    if not cutting:
        return 1
    if sum(each.sides for each in cutting) > _MOST_SIDES:
        raise Refused(Reason.HIDDEN)
    steps = [(at + 0.5) / _POINTS for at in range(_POINTS)]
    points = [moved(x, y, by) for x in steps for y in steps]
    for outline in cutting:
        points = [point for point in points if outline.holds(*point)]
    return len(points) / _POINTS**2
