"""Whether the words of a page of a PDF are drawn so that nobody reads them: without ink, white on white,
as small as a dot, squeezed to a line, cut away or off the sheet.

Under the picture of a whole page stand the words that were read off it, drawn without ink: these stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import hypot
from typing import Any, Final, NamedTuple

from pakn_portal.submissions.reading.copies.covers.inks import Glyph, TextLook
from pakn_portal.submissions.reading.copies.covers.pdf import Box, bars_along
from pakn_portal.submissions.reading.copies.pdf_clip import UNTOUCHED, Matrix, Outline, Point, joined, moved
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Points; the words of a mark fit into its box, however small. Parts of a letter's height.
_LEAST_SIZE: Final = 3.0
_LEAST_IN_MARK: Final = 1.0
_LEAST_WIDTH: Final = 0.1
#: Parts of the page that pictures cover where words were read off them.
_SCANNED: Final = 0.5
#: What shows less is not seen, and what shows more is a ground.
_LEAST_SEEN: Final = 0.03
_LEAST_GROUND: Final = 0.3
#: So many letters off the sheet are no end of a line; by so much (points) widths may be told wrong.
_MOST_OFF: Final = 3
_ASIDE: Final = 2.0
#: The middle of a letter above its line, in parts of its height.
_MIDDLE: Final = 0.3
_MOST_LOOKS: Final = 5_000_000


class _Ground(NamedTuple):
    outline: Outline
    cutting: tuple[Outline, ...]
    is_pale: bool


class Lines:
    """The words of one page, told operator by operator."""

    def __init__(self, sheet: Box | None = None, unit: float = 1, *, is_counted: bool = True) -> None:
        #: What is drawn for a mask or a pattern lies in no place of the page.
        self._is_counted = is_counted
        self._sheet, self._unit = sheet, unit
        self.is_mark = False
        self._line: Matrix = UNTOUCHED
        self._at: Matrix = UNTOUCHED
        self._pictures = 0.0
        #: The words without ink, and where each of the others stands.
        self._unseen: list[tuple[bytes, Point, float]] = []
        self._read: dict[bytes, list[Point]] = {}
        self._grounds: list[_Ground] = []
        self._boxes: list[Box] = []
        self._looks = 0
        #: What cut the words before, and the line of them that was seen.
        self._seen: tuple[tuple[Outline, ...], Point] | None = None

    def picture(self, by: Matrix, cutting: tuple[Outline, ...], *, is_legible: bool) -> None:
        self._pictures += abs(by[0] * by[3] - by[1] * by[2]) if is_legible else 0
        self.ground(Outline.box((0, 0, 1, 1), by), cutting, 1, is_pale=False)

    def ground(self, outline: Outline, cutting: tuple[Outline, ...], alpha: float, *, is_pale: bool) -> None:
        if self._is_counted and alpha >= _LEAST_GROUND:
            self._grounds.append(_Ground(outline, cutting, is_pale))

    def bar(
        self, drawn: Outline, cutting: tuple[Outline, ...], thick: float, alpha: float, *, is_pale: bool
    ) -> None:
        """A thick line is a ground, too."""
        for each in bars_along(drawn, thick):
            self.ground(each, cutting, alpha, is_pale=is_pale)

    def move(self, operator: bytes, operands: Sequence[Any], look: TextLook) -> None:
        numbers = [float(each) for each in operands if isinstance(each, (int, float))]
        if operator == b"BT":
            self._line = UNTOUCHED
        elif operator == b"Tm" and len(numbers) == 6:
            self._line = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
        elif operator in (b"Td", b"TD") and len(numbers) == 2:
            self._line = joined((1, 0, 0, 1, numbers[0], numbers[1]), self._line)
        elif operator in (b"T*", b"'", b'"'):
            self._line = joined((1, 0, 0, 1, 0, -look.lead), self._line)
        else:
            return
        self._at = self._line

    def show(
        self,
        operands: Sequence[Any],
        look: TextLook,
        by: Matrix,
        cutting: tuple[Outline, ...],
        alphas: Sequence[float],
    ) -> None:
        """Raises Refused for words off the sheet, cut away, or as small as a dot."""
        places = [
            joined((1, 0, 0, 1, middle, look.raised), self._at) for middle in self._letters(operands, look)
        ]
        if not places or not self._is_counted:
            return
        points = [moved(0, look.size * _MIDDLE, joined(place, by)) for place in places]
        is_inked = _is_inked(look, alphas)
        if is_inked and self._is_small(look, joined(self._at, by)):
            raise Refused(Reason.HIDDEN)
        if self._sheet is not None and sum(not self._is_on_sheet(point) for point in points) > min(
            _MOST_OFF, len(points) - 1
        ):
            raise Refused(Reason.HIDDEN)
        size = abs(look.size) * hypot(*joined(self._at, by)[2:4])
        self._look_at_cut(points, cutting, size)
        if not is_inked or (_is_pale(look) and not self._has_ground(points)):
            self._unseen.append((_joined(operands), points[0], size))
        else:
            self._read.setdefault(_joined(operands), []).append(points[0])

    def _letters(self, operands: Sequence[Any], look: TextLook) -> Iterator[float]:
        """Where on the line the middle of each letter is; thereafter the line goes on behind them."""
        along = 0.0
        for part in _parts(operands):
            if isinstance(part, (int, float)):
                along -= float(part) / 1000 * look.size * look.across
                continue
            for glyph in look.glyphs(part) if look.glyphs else ():
                step = _step(glyph, look)
                if not glyph.is_blank:
                    yield along + glyph.width * look.size * look.across / 2
                along += step
        self._at = joined((1, 0, 0, 1, along, 0), self._at)

    def _is_small(self, look: TextLook, place: Matrix) -> bool:
        if look.draws_itself:
            return False
        long = hypot(place[0], place[1])
        flat = abs(place[0] * place[3] - place[1] * place[2]) / long if long else 0
        high, wide = abs(look.size) * flat * self._unit, abs(look.size * look.across) * long * self._unit
        return high < (_LEAST_IN_MARK if self.is_mark else _LEAST_SIZE) or wide < _LEAST_WIDTH * high

    def _is_on_sheet(self, point: Point) -> bool:
        left, low, right, high = self._sheet or (0, 0, 0, 0)
        x, y = point
        return left - _ASIDE <= x <= right + _ASIDE and low - _ASIDE <= y <= high + _ASIDE

    def _look_at_cut(self, points: Sequence[Point], cutting: tuple[Outline, ...], size: float) -> None:
        """What runs over the edge of its cell is cut there, as every printer of tables does."""
        if not cutting:
            return
        few = (points[0], points[len(points) // 2], points[-1])
        if any(self._holds(cutting, point) for point in few) or any(
            self._holds(cutting, point) for point in points
        ):
            self._seen = cutting, points[0]
            return
        before, place = self._seen or ((), points[0])
        aside = min(abs(there - here) for there, here in zip(place, points[0], strict=True))
        if before != cutting or aside > size:
            raise Refused(Reason.HIDDEN)

    def _holds(self, cutting: Iterable[Outline], point: Point) -> bool:
        for outline in cutting:
            self._look(outline.sides + 1)
            if not outline.holds(*point):
                return False
        return True

    def _look(self, much: int) -> None:
        self._looks += much
        if self._looks > _MOST_LOOKS:
            raise Refused(Reason.COMPLEX)

    def _has_ground(self, points: Sequence[Point]) -> bool:
        """Whether the topmost that lies under most letters is not white itself."""
        some = (points[0], points[len(points) // 2], points[-1])
        return sum(self._is_on_ground(point) for point in some) * 2 > len(some)

    def _is_on_ground(self, point: Point) -> bool:
        self._boxes += [_box(ground.outline) for ground in self._grounds[len(self._boxes) :]]
        x, y = point
        for ground, (left, low, right, high) in zip(
            reversed(self._grounds), reversed(self._boxes), strict=True
        ):
            self._look(1)
            if (
                left <= x <= right
                and low <= y <= high
                and self._holds((ground.outline, *ground.cutting), point)
            ):
                return not ground.is_pale
        return False

    def close(self, area: float) -> None:
        """The page has ended."""
        if self._pictures < _SCANNED * area and not all(self._is_shadow(*each) for each in self._unseen):
            raise Refused(Reason.HIDDEN)

    def _is_shadow(self, words: bytes, place: Point, size: float) -> bool:
        """Whether the same words are seen there, with these as their shadow or their edge."""
        others = self._read.get(words, [])
        self._look(len(others))
        return any(hypot(x - place[0], y - place[1]) <= size for x, y in others)


def _box(outline: Outline) -> Box:
    points = [point for part in outline.parts for point in part] or [(0, 0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _parts(operands: Sequence[Any]) -> Iterator[Any]:
    for operand in operands:
        if isinstance(operand, list):
            yield from operand
        elif isinstance(operand, bytes):
            yield operand


def _joined(operands: Sequence[Any]) -> bytes:
    return b"".join(part for part in _parts(operands) if isinstance(part, bytes))


def _step(glyph: Glyph, look: TextLook) -> float:
    between = look.between if glyph.is_space else 0
    return (glyph.width * look.size + look.apart + between) * look.across


def _inks(look: TextLook) -> tuple[bool, bool]:
    """Whether the letters are filled, and whether they are drawn as lines (ISO 32000-2, table 104)."""
    return look.mode in (0, 2, 4, 6), look.mode in (1, 2, 5, 6)


def _is_inked(look: TextLook, alphas: Sequence[float]) -> bool:
    return any(has and alpha > _LEAST_SEEN for has, alpha in zip(_inks(look), alphas, strict=True))


def _is_pale(look: TextLook) -> bool:
    if look.draws_itself:
        return False
    return all(ink.is_pale for has, ink in zip(_inks(look), (look.fill, look.line), strict=True) if has)
