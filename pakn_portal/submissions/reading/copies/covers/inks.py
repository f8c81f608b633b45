"""How a PDF sets its words: size, place on the line, and ink. Part of its graphics state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from pypdf._cmap import get_encoding
from pypdf.generic import ArrayObject, DictionaryObject

from pakn_portal.submissions.reading.verdict import Reason, Refused

#: White, or as good as: of light, and of ink.
_PALE: Final = 0.94
_NO_INK: Final = 0.06
#: In these the number is the ink, not the light.
_OF_INK: Final = ("/Separation", "/DeviceN", "/DeviceCMYK")
#: In these the numbers say no light that could be told here.
_OTHERS: Final = ("/Indexed", "/Lab", "/Pattern")
#: Of a letter whose width no list tells, in parts of its height. A little less than it mostly is.
_WIDTH: Final = 0.45
_MOST_NAMED: Final = 1_000_000
_DIRECT: Final = {b"g": "/DeviceGray", b"rg": "/DeviceRGB", b"k": "/DeviceCMYK"}
_PLAIN: Final = {b"Tc": "apart", b"Tw": "between", b"TL": "lead", b"Ts": "raised"}


class Glyph(NamedTuple):
    #: In parts of the size of the font.
    width: float
    is_blank: bool
    is_space: bool


Glyphs = Callable[[bytes], list[Glyph]]


class Ink(NamedTuple):
    space: str = "/DeviceGray"
    is_pale: bool = False


class TextLook(NamedTuple):
    glyphs: Glyphs | None = None
    size: float = 0
    #: Of the width that the font has; between letters and between words; of the lines, and above them.
    across: float = 1
    apart: float = 0
    between: float = 0
    lead: float = 0
    raised: float = 0
    mode: int = 0
    fill: Ink = Ink()
    line: Ink = Ink()
    #: A font that draws each letter may take any colour and any size for it.
    draws_itself: bool = False

    def told(self, operator: bytes, operands: Sequence[Any]) -> TextLook:
        """The look after an operator that names no resource."""
        numbers = [float(each) for each in operands if isinstance(each, (int, float))]
        if operator in _PLAIN and numbers:
            new: dict[str, Any] = {_PLAIN[operator]: numbers[0]}
            return self._replace(**new)
        if operator == b"TD" and len(numbers) == 2:
            return self._replace(lead=-numbers[1])
        if operator == b'"' and len(numbers) >= 2:
            return self._replace(between=numbers[0], apart=numbers[1])
        if operator == b"Tz" and numbers:
            return self._replace(across=numbers[0] / 100)
        if operator == b"Tr" and numbers:
            return self._replace(mode=int(numbers[0]))
        return self._inked(operator, numbers)

    def spaced(self, operator: bytes, space: Any, name: Any) -> TextLook:
        """After a space of colours was chosen; its first colour is black, or all ink."""
        kind = space[0] if isinstance(space, ArrayObject) and space else name
        if kind == "/ICCBased" and len(space) > 1:
            profile = space[1].get_object()
            inks = profile.get("/N") if isinstance(profile, DictionaryObject) else None
            kind = "/DeviceCMYK" if inks == 4 else kind
        ink = Ink(str(kind))
        return self._replace(fill=ink) if operator == b"cs" else self._replace(line=ink)

    def in_font(self, font: Any, operands: Sequence[Any]) -> TextLook:
        size = operands[1] if len(operands) > 1 else 0
        size = float(size) if isinstance(size, (int, float)) else 0
        is_own = isinstance(font, DictionaryObject) and font.get("/Subtype") == "/Type3"
        return self._replace(size=size, draws_itself=is_own)

    def _inked(self, operator: bytes, numbers: Sequence[float]) -> TextLook:
        kind = operator.lower()
        if kind in _DIRECT:
            space = _DIRECT[kind]
        elif kind in (b"sc", b"scn"):
            space = (self.fill if operator == kind else self.line).space
        else:
            return self
        ink = Ink(space, _is_pale(space, numbers))
        return self._replace(fill=ink) if operator == kind else self._replace(line=ink)


def _is_pale(space: str, numbers: Sequence[float]) -> bool:
    if not numbers or space in _OTHERS:
        return False
    if space in _OF_INK:
        return max(numbers) <= _NO_INK
    return min(numbers) >= _PALE


def glyphs_of(font: DictionaryObject) -> Glyphs:
    """How wide each sign of a text is that this font shows, and whether it is a letter at all."""
    names, letters = get_encoding(font)
    named = names if isinstance(names, dict) else {}
    below = _of(font, "/DescendantFonts")
    many = _of(font, "/Subtype") == "/Type0"
    widths = _of_many(below[0].get_object()) if many and below else _of_few(font)
    if str(_of(font, "/Encoding")).endswith("-V"):
        widths = {-1: 0}  # these lines go down the page
    usual = widths.get(-1, _WIDTH)
    length = 2 if many else 1

    def glyphs(shown: bytes) -> list[Glyph]:
        found = []
        for at in range(0, len(shown), length):
            code = int.from_bytes(shown[at : at + length])
            letter = letters.get(chr(code)) or (named.get(code) or chr(code) if length == 1 else "x")
            is_blank = not letter.strip() or (length == 2 and not code)
            found.append(Glyph(widths.get(code, usual), is_blank, length == 1 and code == 32))
        return found

    return glyphs


def _of_few(font: DictionaryObject) -> dict[int, float]:
    first, told = _of(font, "/FirstChar"), _of(font, "/Widths")
    if not isinstance(first, int) or not isinstance(told, ArrayObject):
        return {}
    scale = 0.001
    if _of(font, "/Subtype") == "/Type3":
        scale = float(_of(font, "/FontMatrix")[0].get_object())
    return {
        int(first) + at: float(each.get_object()) * scale
        for at, each in enumerate(list.__iter__(told))
        if isinstance(each.get_object(), (int, float))
    }


def _of_many(font: Any) -> dict[int, float]:
    """ISO 32000-2, 9.7.4.3; under -1 the width of those that are not named."""
    usual = _of(font, "/DW")
    found = {-1: float(usual) / 1000 if isinstance(usual, (int, float)) else 1.0}
    told = [each.get_object() for each in list.__iter__(_of(font, "/W") or ArrayObject())][::-1]
    named = 0
    while len(told) > 1:
        first, second = told.pop(), told.pop()
        if isinstance(second, ArrayObject):
            many = [each.get_object() for each in list.__iter__(second)]
            found |= {int(first) + at: float(each) / 1000 for at, each in enumerate(many)}
        elif told:
            width = float(told.pop()) / 1000
            codes = range(int(first), min(int(second), 0xFFFF) + 1)
            named += len(codes)
            if named > _MOST_NAMED:
                raise Refused(Reason.COMPLEX)
            found |= dict.fromkeys(codes, width)
    return found


def _of(thing: Any, name: str) -> Any:
    found = thing.get(name) if isinstance(thing, DictionaryObject) else None
    return None if found is None else found.get_object()
