"""Whether something lies over a picture of an office file, or the picture is drawn so that nobody sees it.

A letter does not tell where its parts come to lie; what may lie over a picture counts as lying there, unless
the places of both can be compared.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pakn_portal.submissions.reading.copies.covers.looks import is_faded, is_off, is_shaped, opacity, size
from pakn_portal.submissions.reading.markup import Attributes, local
from pakn_portal.submissions.reading.verdict import Reason, Refused

Stretch = tuple[float, float]

#: What a drawing stands in: of letters, of books, old ones.
_HOLDERS: Final = frozenset(
    {"anchor", "inline", "pict", "object", "twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
)
_OLD_SHAPES: Final = frozenset(
    {"shape", "rect", "roundrect", "oval", "line", "polyline", "curve", "arc", "image"}
)
_SHAPES: Final = _OLD_SHAPES | {"wsp", "sp", "cxnSp", "pic", "graphicFrame", "contentPart"}
#: Those that hide what is below them without telling of a filling: charts, diagrams, what a pen drew.
_SOLID: Final = frozenset({"graphicFrame", "contentPart", "chart", "relIds", "inkml"})
_FILLINGS: Final = frozenset({"solidFill", "gradFill", "pattFill", "blipFill", "grpFill"})
_GROUPS: Final = frozenset({"wgp", "grpSp", "wpc", "lockedCanvas", "group"})
#: English Metric Units of a point; a thinner shape is a line, and a line of so many is a bar.
_POINT: Final = 12_700
_THIN, _BAR = 3 * _POINT, 4 * _POINT
#: A picture at the head of every page, so large that what is written may lie on it.
_LARGE: Final = 150 * _POINT
_SHOWS_THROUGH: Final = 0.6
_BLOCKS: Final = re.compile("[\u2580-\u2593\u25a0\u25ac\u25ae]{2}")
_NO_SHADE: Final = ("", "auto", "none", "clear")


@dataclass
class _Shape:
    """One thing that is drawn."""

    name: str
    is_picture: bool = False
    hides: bool = False
    #: Whether it says itself how it is filled; else its style does.
    tells: bool = False
    #: Whether its outline takes away more than corners.
    is_cut: bool = False
    bar: float = 0
    place: list[float] = field(default_factory=list)
    measures: list[float] = field(default_factory=list)

    @property
    def box(self) -> tuple[Stretch, Stretch] | None:
        if len(self.place) < 2 or len(self.measures) < 2:
            return None
        (x, y), (wide, high) = self.place[:2], self.measures[:2]
        return (x, x + wide), (y, y + high)

    @property
    def is_cover(self) -> bool:
        is_thin = len(self.measures) > 1 and min(self.measures[:2]) < _THIN
        return (self.hides and not is_thin) or self.bar >= _BAR


@dataclass
class _Holder:
    part: str
    paragraph: int
    shapes: list[_Shape] = field(default_factory=list)
    floats: bool = False
    is_behind: bool = False
    #: Whether the text goes around it.
    is_wrapped: bool = False
    height: int = 0
    groups: int = 0
    measures: list[float] = field(default_factory=list)
    #: Where it stands, across and down, each from where.
    spans: dict[str, tuple[str, float]] = field(default_factory=dict)
    cells: dict[str, float] = field(default_factory=dict)

    @property
    def is_head(self) -> bool:
        return re.match(r"word/(header|footer)", self.part) is not None

    @property
    def is_large(self) -> bool:
        return not self.measures or min(self.measures) >= _LARGE

    @property
    def has_picture(self) -> bool:
        return any(shape.is_picture for shape in self.shapes)

    @property
    def is_cover(self) -> bool:
        return any(shape.is_cover for shape in self.shapes)

    @property
    def layer(self) -> tuple[bool, bool, int]:
        return not self.is_head, not self.is_behind, self.height

    def span(self, axis: str, other: _Holder) -> Stretch | None:
        """From where to where; None if that cannot be compared with the other."""
        if axis not in self.spans or axis not in other.spans or len(self.measures) < 2:
            return None
        (whence, start), (others, _) = self.spans[axis], other.spans[axis]
        if whence != others or (whence in ("paragraph", "line") and self.paragraph != other.paragraph):
            return None
        return start, start + self.measures[axis == "V"]


class Overlays:
    """Told of each element of the file, part by part."""

    def __init__(self) -> None:
        self._holders: list[_Holder] = []
        self._open: list[str] = []
        self._shapes: list[tuple[int, _Shape]] = []
        self._holder: tuple[int, _Holder] | None = None
        self._part = ""
        self._paragraph = 0
        self._axis = self._whence = ""
        self._is_shaded = False

    def part(self, name: str) -> None:
        self._part, self._open, self._shapes, self._holder = name, [], [], None

    def start(self, name: str, attributes: Attributes) -> None:
        told = {local(key): value for key, value in attributes.items()}
        self._paragraph += name == "p" and self._holder is None
        if self._holder is None and (name in _HOLDERS or name in _SHAPES):
            self._hold(name, told)
        self._open.append(name)
        ground = {"shd": "fill", "highlight": "val"}.get(name)
        if ground and "style" not in self._open and told.get(ground, "").lower() not in _NO_SHADE:
            self._shade()
        if self._holder is not None:
            self._within(self._holder[1], name, told)

    def words(self, words: str) -> None:
        if _BLOCKS.search(words):
            self._shade()

    def end(self) -> None:
        if self._shapes and self._shapes[-1][0] == len(self._open):
            self._shapes.pop()
        if self._holder is not None and self._holder[0] == len(self._open):
            holder = self._holder[1]
            self._holder = None
            if holder.shapes:
                _look_inside(holder)
                if "off" in holder.spans:
                    raise Refused(Reason.HIDDEN)
                self._holders.append(holder)
        if self._open:
            self._open.pop()

    def close(self) -> None:
        pictures = [holder for holder in self._holders if holder.has_picture]
        for holder in pictures:
            lies_low = holder.is_behind or (holder.is_head and holder.is_large)
            if self._is_shaded and lies_low and holder.floats:
                raise Refused(Reason.COVERED)
        covers = [holder for holder in self._holders if holder.is_cover or holder.has_picture]
        for at, (picture, cover) in enumerate(itertools.product(pictures, covers)):
            if at > 200_000:
                raise Refused(Reason.COMPLEX)
            if picture is not cover and _lies_over(cover, picture):
                raise Refused(Reason.COVERED)

    def _hold(self, name: str, told: dict[str, str]) -> None:
        holder = _Holder(self._part, self._paragraph)
        self._holder = len(self._open) + 1, holder
        holder.floats = name not in ("inline", "pict", "object") and name not in _OLD_SHAPES
        if name == "anchor":
            holder.is_behind = told.get("behindDoc", "0") in ("1", "true", "on")
            holder.height = _whole(told.get("relativeHeight", ""))
        elif name.endswith("Anchor"):
            holder.height = len(self._holders)

    def _shade(self) -> None:
        """Words on a ground of their own; in a box they fill it."""
        boxed = next((shape for _, shape in reversed(self._shapes) if shape.name != "pic"), None)
        if boxed is None:
            self._is_shaded = True
        else:
            boxed.hides = True

    def _within(self, holder: _Holder, name: str, told: dict[str, str]) -> None:
        above = self._open[-2] if len(self._open) > 1 else ""
        if name in _GROUPS:
            holder.groups += 1
        if name in _SHAPES:
            shape = _Shape(name, hides=name in _SOLID or (name in _OLD_SHAPES and _is_filled(name, told)))
            shape.tells = name not in ("wsp", "sp", "cxnSp")
            holder.shapes.append(shape)
            self._shapes.append((len(self._open), shape))
        if name in ("shape", "rect", "roundrect", "oval", "image", "group", "line", "polyline"):
            self._old(holder, name, told)
        self._place(holder, name, told, above)
        if not self._shapes and name in _SOLID:
            holder.shapes.append(_Shape(name, hides=True))
        if self._shapes:
            self._look(self._shapes[-1][1], name, told, above)

    def _place(self, holder: _Holder, name: str, told: dict[str, str], above: str) -> None:
        """What an anchor tells of its own place."""
        if name in ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom") or (
            name == "wrap" and told.get("type", "none") != "none"
        ):
            holder.is_wrapped = True
        elif name == "extent" and not holder.measures:
            holder.measures = [_number(told.get("cx", "")), _number(told.get("cy", ""))]
        elif name in ("positionH", "positionV") and above == "anchor":
            self._axis = name[-1]
            self._whence = "margin" if told.get("relativeFrom") == "column" else told.get("relativeFrom", "")
        elif name == "posOffset":
            holder.spans.setdefault(self._axis, (self._whence, 0))

    def number(self, name: str, words: str) -> None:
        """What stands in an element that tells a place."""
        if self._holder is None:
            return
        holder = self._holder[1]
        if name == "posOffset" and self._axis in holder.spans and self._open.count("anchor") == 1:
            holder.spans[self._axis] = self._whence, _number(words)
            if is_off(self._axis, *holder.spans[self._axis], holder.measures) and self._axis:
                holder.spans["off"] = "off", 0
        elif name in ("col", "row") and len(self._open) > 1:
            holder.cells[f"{self._open[-2]} {name}"] = _number(words)

    def _old(self, holder: _Holder, name: str, told: dict[str, str]) -> None:
        """How an old drawing tells its place: as a web page does."""
        style = dict(part.partition(":")[::2] for part in re.sub(r"\s", "", told.get("style", "")).split(";"))
        is_outer = len([1 for each in self._open if each in _OLD_SHAPES or each == "group"]) == 1
        sides = [size(style[side]) for side in ("width", "height") if side in style]
        if is_outer:
            holder.floats = holder.floats or style.get("position") == "absolute"
            holder.height = _whole(style.get("z-index", ""))
            holder.is_behind = holder.height < 0
            holder.measures = sides
            if any(is_off(axis, "", size(style.get(key, "")), sides) for axis, key in _MARGINS):
                holder.spans["off"] = "off", 0
        if not self._shapes:
            return
        shape = self._shapes[-1][1]
        if is_outer:
            shape.measures = sides
        elif {"left", "top"} <= style.keys():
            shape.place = [_number(style["left"]), _number(style["top"])]
            shape.measures = [max(_number(style.get(side, "")), 0) * _POINT for side in ("width", "height")]
            shape.place = [each * _POINT for each in shape.place]

    def _look(self, shape: _Shape, name: str, told: dict[str, str], above: str) -> None:
        if name in ("blip", "imagedata") or (name == "fill" and ("id" in told or "relid" in told)):
            shape.is_picture = True
        if is_faded(name, told) and (shape.is_picture or "blip" in self._open):
            raise Refused(Reason.COVERED)
        if name in ("prstGeom", "custGeom"):
            shape.is_cut = is_shaped(name, told)
        if above in ("spPr", "grpSpPr"):
            if name in _FILLINGS:
                shape.hides, shape.tells = True, True
            elif name == "noFill":
                shape.hides, shape.tells = False, True
            elif name == "ln":
                shape.bar = _number(told.get("w", ""))
        elif name == "noFill" and above == "ln":
            shape.bar = 0
        elif name == "fillRef" and not shape.tells:
            shape.hides = told.get("idx", "0") != "0"
        elif name == "alpha" and {"solidFill", "spPr"} <= set(self._open) and "ln" not in self._open:
            shape.hides = shape.hides and opacity(told) > _SHOWS_THROUGH
        elif name == "fill" and opacity(told, "opacity") <= _SHOWS_THROUGH:
            shape.hides = False
        elif name == "xfrm" or above == "xfrm":
            if name == "off":
                shape.place = [_number(told.get("x", "")), _number(told.get("y", ""))]
            elif name == "ext":
                shape.measures = [_number(told.get("cx", "")), _number(told.get("cy", ""))]


_MARGINS: Final = (("H", "margin-left"), ("V", "margin-top"))


def _look_inside(holder: _Holder) -> None:
    """Raises Refused where parts of one drawing lie over each other, or a picture is not to be seen."""
    for at, picture in enumerate(holder.shapes):
        if not picture.is_picture:
            continue
        if picture.is_cut:
            raise Refused(Reason.CROPPED)
        sides = [*(holder.measures or picture.measures), *picture.measures]
        if "off" in holder.spans or (sides and min(sides) < _POINT):
            raise Refused(Reason.COVERED)
        for over in holder.shapes[at + 1 :]:
            is_known = picture.box is not None and over.box is not None
            if (over.is_cover or (over.is_picture and is_known)) and _touch(picture, over, holder.groups):
                raise Refused(Reason.COVERED)


def _touch(one: _Shape, other: _Shape, groups: int) -> bool:
    """Places in different groups have different measures."""
    if one.box is None or other.box is None or groups != 1:
        return groups > 1 or other.is_cover
    return all(_common(*pair) for pair in zip(one.box, other.box, strict=True))


def _lies_over(cover: _Holder, picture: _Holder) -> bool:
    if cover.part != picture.part and not (picture.is_head and picture.is_large and not cover.is_head):
        return False
    if cover.cells and picture.cells:
        return cover.height > picture.height and all(_share_cells(cover, picture))
    if not cover.floats:  # a picture behind it, on the ground of the text
        return cover.is_cover and picture.floats and (picture.is_behind or picture.is_head)
    if not picture.floats:
        return not cover.is_behind and not cover.is_wrapped
    if cover.layer < picture.layer:
        return False
    for axis in ("H", "V"):
        one, other = cover.span(axis, picture), picture.span(axis, cover)
        if one is not None and other is not None and not _common(one, other):
            return False
    return True


def _share_cells(one: _Holder, other: _Holder) -> Iterator[bool]:
    for side in ("col", "row"):
        spans = [
            (holder.cells.get(f"from {side}", 0), holder.cells.get(f"to {side}", float("inf")) + 1)
            for holder in (one, other)
        ]
        yield _common(spans[0], spans[1], least=0)


def _common(one: Stretch, other: Stretch, least: float = _THIN) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > least


def _is_filled(name: str, told: dict[str, str]) -> bool:
    is_line = name in ("line", "arc", "curve") or told.get("type", "").endswith(("_t32", "_t20", "_t75"))
    return told.get("filled", "f" if is_line else "t").lower() not in ("f", "false", "0")


def _number(words: Any) -> float:
    found = re.match(r"\s*-?\d+(\.\d+)?", words)
    return float(found[0]) if found else 0


def _whole(words: str) -> int:
    return int(_number(words))
