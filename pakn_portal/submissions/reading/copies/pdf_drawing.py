"""What a PDF draws: each drawing is followed, checked and written anew, and what none of them uses goes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from math import hypot
from typing import Any, Final, NamedTuple

from pypdf import PdfWriter
from pypdf.generic import (
    ContentStream,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from pakn_portal.submissions.reading.copies.covers.inks import Glyphs, TextLook, glyphs_of
from pakn_portal.submissions.reading.copies.covers.lines import Lines
from pakn_portal.submissions.reading.copies.covers.masks import bars, is_masked, takes_away
from pakn_portal.submissions.reading.copies.covers.pdf import (
    LEAST_SEEN,
    Covers,
    is_legible,
    placed,
    thickness,
)
from pakn_portal.submissions.reading.copies.pdf_clip import UNTOUCHED, Matrix, Outline, Path, joined, share
from pakn_portal.submissions.reading.copies.pdf_fonts import Reads, reads
from pakn_portal.submissions.reading.copies.pdf_kept import WORDS
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Operators of a drawing (ISO 32000-2, annex A). Others say nothing to a viewer, and might to a reader.
_PATHS: Final = (b"m", b"l", b"c", b"v", b"y", b"re")
_SHOWING: Final = (b"Tj", b"TJ", b"'", b'"')
_PAINTING: Final = (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n")
_FILLING: Final = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_STROKING: Final = (b"S", b"s", b"B", b"B*", b"b", b"b*")
_INLINE: Final = b"INLINE IMAGE"
_DRAWN: Final = frozenset(
    {*_PATHS, *_SHOWING, *_PAINTING, _INLINE, b"q", b"Q", b"cm", b"h", b"W", b"W*", b"Do", b"sh", b"gs"}
    | {b"w", b"J", b"j", b"M", b"d", b"ri", b"i", b"BT", b"ET", b"Td", b"TD", b"Tm", b"T*", b"d0", b"d1"}
    | {b"Tc", b"Tw", b"Tz", b"TL", b"Tf", b"Tr", b"Ts", b"CS", b"cs", b"SC", b"SCN", b"sc", b"scn"}
    | {b"G", b"g", b"RG", b"rg", b"K", b"k", b"MP", b"DP", b"BMC", b"BDC", b"EMC"}
)
#: Which resource an operator names, and at which place.
_NAMED: Final[dict[bytes, tuple[str, int]]] = {
    b"Do": ("/XObject", -1),
    b"Tf": ("/Font", 0),
    b"gs": ("/ExtGState", -1),
    b"cs": ("/ColorSpace", -1),
    b"CS": ("/ColorSpace", -1),
    b"scn": ("/Pattern", -1),
    b"SCN": ("/Pattern", -1),
    b"sh": ("/Shading", -1),
    b"BDC": ("/Properties", 1),
    b"DP": ("/Properties", 1),
}
_KINDS: Final = frozenset(kind for kind, _ in _NAMED.values())
#: Colours that stand for others without being named.
_DEFAULTS: Final = frozenset({"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"})
#: Of a picture inside a drawing, in full and in short.
_OF_INLINE: Final = frozenset(
    {"/W", "/Width", "/H", "/Height", "/BPC", "/BitsPerComponent", "/CS", "/ColorSpace", "/F", "/Filter"}
    | {"/D", "/Decode", "/DP", "/DecodeParms", "/IM", "/ImageMask", "/I", "/Interpolate", "/L", "/Length"}
)
_MOST_STEPS: Final = 3_000_000
_DEEPEST: Final = 20
#: Of a picture, so much must be within what cuts it: a line drawn around it, or the edge of the sheet,
#: over which printers let pictures run.
_LEAST_SHOWN: Final = 0.97
_LEAST_ON_SHEET: Final = 0.9
#: Dots of a picture that is only a colour.
_TINY: Final = 64
#: As far as any sheet goes, in points.
_EVERYWHERE: Final = Outline.box((-20_000, -20_000, 20_000, 20_000))


class _State(NamedTuple):
    by: Matrix = UNTOUCHED
    cutting: tuple[Outline, ...] = ()
    reads: Reads | None = None
    #: How much of what is filled shows, and how much of what is drawn as a line, which has this width.
    alpha: float = 1
    stroked: float = 1
    width: float = 1
    #: Whether a mask of its own lies over all that is drawn.
    masked: bool = False
    #: How much shows of all that the form drawn here shows; and how its words are set.
    veil: float = 1
    look: TextLook = TextLook()


class Drawings:
    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._steps = 0
        self._read: dict[int, list[Any]] = {}
        self._fonts: dict[int, Reads] = {}
        #: The names that are used of each list of resources; the lists are held, for their ids are asked.
        self._used: dict[int, tuple[DictionaryObject, set[tuple[str, str]]]] = {}
        self._followed: dict[int, Any] = {}
        self._covers = Covers()
        self._lines = Lines(is_counted=False)
        self._glyphs: dict[int, Glyphs] = {}

    def follow_pages(self) -> None:
        """Raises Refused for what is not seen, and for what cannot be searched."""
        for page in self._writer.pages:
            resources = _inherited(page, "/Resources")
            self._covers = Covers()
            left, low, right, high = sheet = _sheet(page)
            self._lines = Lines(sheet, float(page.user_unit))
            self._follow_page(page, resources)
            self._lines.is_mark = True
            for mark in _of(page, "/Annots") or ():
                for form in streams(_of(mark.get_object(), "/AP")):
                    self._follow_form(form, resources, _State(_place_of(mark.get_object(), form)), None, 0)
            self._lines.close((right - left) * (high - low))
        for resources, used in self._used.values():
            _keep_used(resources, used)

    def _use_name(self, resources: Any, kind: str, name: Any) -> Any:
        """The thing of this name, which stays."""
        if not isinstance(name, NameObject) or not isinstance(resources, DictionaryObject):
            return None
        self._used.setdefault(id(resources), (resources, set()))[1].add((kind, str(name)))
        return _of(_of(resources, kind), name)

    def _follow_page(self, page: Any, resources: Any) -> None:
        content = page.get("/Contents")
        if content is None:
            page[NameObject("/Resources")] = DictionaryObject()
            return
        drawing = self._operations(content.get_object())
        box = Outline.box([float(each) for each in page.cropbox])
        sheet = Outline.box([float(each) for each in page.mediabox])
        self._follow(drawing, resources, _State(), (box, sheet), 0)
        anew = EncodedStreamObject()
        self._write(anew, drawing)
        page[NameObject("/Contents")] = self._writer._add_object(anew)

    def _operations(self, stream: Any) -> list[Any]:
        key = id(stream)
        if key not in self._read:
            try:
                found = ContentStream(stream, self._writer, "bytes").operations
            except NotImplementedError:
                raise Refused(Reason.UNSEARCHED) from None
            self._read[key] = [_plain(*each) for each in found if each[1] in _DRAWN]
            self._followed[key] = stream
        return self._read[key]

    def _write(self, stream: Any, drawing: list[Any]) -> None:
        """Without remarks, and without what stood behind the end of the drawing."""
        anew = ContentStream(None, self._writer, "bytes")
        anew.operations = drawing
        data = anew.get_data()
        if isinstance(stream, EncodedStreamObject):
            data = zlib.compress(data)
            stream[NameObject("/Filter")] = NameObject("/FlateDecode")
            stream.decoded_self = None
        stream._data = data
        stream.pop("/DecodeParms", None)

    def _follow_form(self, form: Any, outer: Any, state: _State, sheet: Any, depth: int) -> None:
        is_first = id(form) not in self._read
        drawing = self._operations(form)
        matrix = _numbers(_of(form, "/Matrix"), 6) or UNTOUCHED
        by = joined(matrix, state.by)  # type: ignore[arg-type]
        box = _numbers(_of(form, "/BBox"), 4)
        cutting = (*state.cutting, Outline.box(box, by)) if box else state.cutting
        resources = _of(form, "/Resources")
        resources = outer if resources is None else resources
        veil = state.veil if _of(form, "/Group") is None else min(state.veil, state.alpha)
        within = state._replace(by=by, cutting=cutting, reads=None, veil=veil)
        self._follow(drawing, resources, within, sheet, depth + 1)
        if is_first:
            self._write(form, drawing)

    def _follow(self, drawing: list[Any], resources: Any, state: _State, sheet: Any, depth: int) -> None:
        self._use_name(resources, "/Font", NameObject("/"))  # what is never used of these goes too
        self._steps += len(drawing)
        if self._steps > _MOST_STEPS or depth > _DEEPEST:
            raise Refused(Reason.COMPLEX)
        kept, path, cut = [], Path(), None
        for operands, operator in drawing:
            if operator == b"q":
                kept.append(state)
            elif operator == b"Q":
                state = kept.pop() if kept else state
            elif operator == b"cm":
                state = state._replace(by=joined(_numbers(operands, 6) or UNTOUCHED, state.by))  # type: ignore[arg-type]
            elif operator in _PATHS:
                path.add(operator, [float(each) for each in operands], state.by)
            elif operator in (b"W", b"W*"):
                cut = path.outline(operator == b"W*")
            elif operator in _PAINTING:
                self._paint(operator, path, state)
                if cut is not None and cut not in state.cutting:
                    state = state._replace(cutting=(*state.cutting, cut))
                path, cut = Path(), None
            elif operator == b"w":
                state = state._replace(width=float(operands[0]))
            elif operator == _INLINE:
                settings = operands["settings"]
                for name in ("/CS", "/ColorSpace"):
                    self._use_name(resources, "/ColorSpace", settings.get(name))
                dots = _dots(settings, ("/W", "/Width"), ("/H", "/Height"))
                is_stencil = any(settings.get(name) for name in ("/IM", "/ImageMask"))
                self._look_at_picture(dots, state, sheet, is_solid=not is_stencil)
            elif operator in _SHOWING:
                _look_at_words(operands, state.reads)
                state = self._show(operator, operands, state)
            elif operator in _NAMED:
                state = self._use(operator, operands, resources, state, sheet, depth)
            else:
                state = state._replace(look=state.look.told(operator, operands))
                self._lines.move(operator, operands, state.look)

    def _show(self, operator: bytes, operands: Any, state: _State) -> _State:
        state = state._replace(look=state.look.told(operator, operands))
        self._lines.move(operator, operands, state.look)
        alphas = min(state.veil, state.alpha), min(state.veil, state.stroked)
        self._lines.show(operands, state.look, state.by, state.cutting, alphas)
        return state

    def _use(
        self, operator: bytes, operands: Any, resources: Any, state: _State, sheet: Any, depth: int
    ) -> _State:
        kind, at = _NAMED[operator]
        thing = self._use_name(resources, kind, operands[at] if operands else None)
        if operator == b"Tf":
            look = state.look.in_font(thing, operands)
            return state._replace(
                reads=self._reads(thing), look=look._replace(glyphs=self._glyphs[id(thing)])
            )
        if operator == b"gs":
            if _of(thing, "/Font") is not None:
                raise Refused(Reason.UNSEARCHED)  # the words would be read with another font
            form = _of(_of(thing, "/SMask"), "/G")
            if isinstance(form, StreamObject):
                with self._apart():
                    self._follow_form(form, resources, state._replace(cutting=(), masked=False), None, depth)
            return _as_told(state, thing)
        if operator == b"sh":
            everywhere = state.cutting[-1] if state.cutting else _EVERYWHERE
            self._covers.paint(everywhere, state.cutting, state.alpha)
            self._lines.ground(everywhere, state.cutting, state.alpha, is_pale=False)
        elif operator in (b"cs", b"CS"):
            return state._replace(look=state.look.spaced(operator, thing, operands[at] if operands else None))
        elif operator in (b"scn", b"SCN"):
            if isinstance(thing, StreamObject):
                with self._apart():
                    self._follow_form(thing, resources, _State(), None, depth)
            return state._replace(look=state.look.told(operator, operands))
        elif operator == b"Do" and isinstance(thing, StreamObject):
            if thing.get("/Subtype") == "/Form":
                self._follow_form(thing, resources, state, sheet, depth)
            elif thing.get("/Subtype") != "/Image":
                raise Refused(Reason.UNSEARCHED)
            else:
                self._look_at_object(thing, state, sheet)
        return state

    def _reads(self, font: Any) -> Reads:
        if not isinstance(font, DictionaryObject):
            raise Refused(Reason.UNSEARCHED)
        if id(font) not in self._fonts:
            self._fonts[id(font)] = reads(font)
            self._glyphs[id(font)] = glyphs_of(font)
            self._followed[id(font)] = font
            if _of(font, "/Subtype") == "/Type3":
                self._follow_glyphs(font)
        return self._fonts[id(font)]

    def _follow_glyphs(self, font: DictionaryObject) -> None:
        """A glyph that shows words, or draws others, would show what its own letter does not tell."""
        for glyph in streams(_of(font, "/CharProcs")):
            drawing = self._operations(glyph)
            if any(operator in _SHOWING for _, operator in drawing):
                raise Refused(Reason.UNSEARCHED)
            with self._apart():
                self._follow(drawing, _of(font, "/Resources"), _State(), None, _DEEPEST - 2)
            self._write(glyph, drawing)

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """What is drawn within lies in no place of the page."""
        outer = self._covers, self._lines
        self._covers, self._lines = Covers(), Lines(is_counted=False)
        yield
        self._covers, self._lines = outer

    def _paint(self, operator: bytes, path: Path, state: _State) -> None:
        if operator in _FILLING:
            filled, is_pale = path.outline(operator.endswith(b"*")), state.look.fill.is_pale
            self._covers.paint(filled, state.cutting, state.alpha)
            self._lines.ground(filled, state.cutting, state.alpha, is_pale=is_pale)
        if operator in _STROKING:
            drawn, thick, is_pale = (
                path.outline(False),
                thickness(state.width, state.by),
                state.look.line.is_pale,
            )
            self._covers.stroke(drawn, state.cutting, thick, state.stroked)
            self._lines.bar(drawn, state.cutting, thick, state.stroked, is_pale=is_pale)

    def _look_at_object(self, picture: StreamObject, state: _State, sheet: Any) -> None:
        """A stencil, and what shows through a mask, paints no more than it shows."""
        dots, by = _dots(picture, ("/Width",), ("/Height",)), state.by
        is_stencil = bool(_of(picture, "/ImageMask")) and dots > _TINY
        if dots > _TINY and not is_stencil and is_legible(dots, by) and takes_away(picture):
            raise Refused(Reason.COVERED)
        if dots > _TINY and _is_masked_away(_of(picture, "/SMask")):
            raise Refused(Reason.COVERED)
        if is_stencil or is_masked(picture):
            for bar in bars(picture, hypot(by[0], by[1]), hypot(by[2], by[3])):
                self._covers.paint(Outline.box(bar, by), state.cutting, state.alpha)
        if dots > _TINY or not is_masked(picture):
            self._look_at_picture(dots, state, sheet, is_solid=not (is_stencil or is_masked(picture)))

    def _look_at_picture(self, dots: int, state: _State, sheet: Any, *, is_solid: bool) -> None:
        """A picture that is a colour alone is paint; any other lies over those before it."""
        if is_solid or dots <= _TINY:
            self._covers.paint(Outline.box((0, 0, 1, 1), state.by), state.cutting, state.alpha)
        is_page = dots > _TINY and is_legible(dots, state.by)
        self._lines.picture(state.by, state.cutting, is_legible=is_page)
        if dots <= _TINY:
            return
        if state.masked and is_legible(dots, state.by):
            raise Refused(Reason.COVERED)
        self._covers.draw(dots, state.by, state.alpha)
        if share(state.by, state.cutting) < _LEAST_SHOWN:
            raise Refused(Reason.HIDDEN)
        if sheet is not None and share(state.by, sheet) < _LEAST_ON_SHEET:
            raise Refused(Reason.HIDDEN)


def _sheet(page: Any) -> tuple[float, float, float, float]:
    """What a viewer shows of a page."""
    boxes = [[float(each) for each in box] for box in (page.cropbox, page.mediabox)]
    left, low = (max(min(box[at], box[at + 2]) for box in boxes) for at in (0, 1))
    right, high = (min(max(box[at], box[at + 2]) for box in boxes) for at in (0, 1))
    return left, low, right, high


def _place_of(mark: Any, form: StreamObject) -> Matrix:
    box, rect = _numbers(_of(form, "/BBox"), 4), _numbers(_of(mark, "/Rect"), 4)
    matrix = _numbers(_of(form, "/Matrix"), 6) or UNTOUCHED
    return placed(box, matrix, rect) if box and rect else UNTOUCHED  # type: ignore[arg-type]


def _as_told(state: _State, thing: Any) -> _State:
    """The state with what a dictionary of it says (ISO 32000-2, 8.4.5)."""
    told = [_of(thing, name) for name in ("/ca", "/CA", "/LW")]
    kept = (state.alpha, state.stroked, state.width)
    alpha, stroked, width = (
        float(new) if isinstance(new, (int, float)) else old for new, old in zip(told, kept, strict=True)
    )
    mask = _of(thing, "/SMask")
    masked = state.masked if mask is None else isinstance(mask, DictionaryObject)
    return state._replace(alpha=alpha, stroked=stroked, width=width, masked=masked)


def _is_masked_away(mask: Any) -> bool:
    """Whether the mask of a picture lets nothing of it show. One that is packed as a
    picture is not opened.
    """
    if not isinstance(mask, StreamObject) or _of(mask, "/BitsPerComponent") != 8 or _of(mask, "/Decode"):
        return False
    try:
        return max(mask.get_data(), default=0) < LEAST_SEEN * 255
    except NotImplementedError:
        return False


def _plain(operands: Any, operator: bytes) -> tuple[Any, bytes]:
    """Of what is written between the lines, only what a screen reader needs. All layers are shown, so that
    none need be told apart.
    """
    if operator == _INLINE:
        settings = operands["settings"]
        for name in [name for name in settings if name not in _OF_INLINE]:
            del settings[name]
    if operator not in (b"BDC", b"DP") or len(operands) != 2:
        return operands, operator
    tag, told = operands
    if tag == "/OC":
        return [NameObject("/Span")], b"BMC" if operator == b"BDC" else b"MP"
    if isinstance(told, DictionaryObject):
        told = DictionaryObject({name: told.raw_get(name) for name in told if name in WORDS})
    return [tag, told], operator


def _look_at_words(operands: Any, read: Reads | None) -> None:
    for operand in operands:
        parts = operand if isinstance(operand, list) else [operand]
        for part in parts:
            if isinstance(part, bytes) and part and (read is None or not read(bytes(part))):
                raise Refused(Reason.UNSEARCHED)


def _keep_used(resources: DictionaryObject, used: set[tuple[str, str]]) -> None:
    for kind in _KINDS:
        things = _of(resources, kind)
        if isinstance(things, DictionaryObject):
            kept = {
                name: things.raw_get(name)
                for name in things
                if (kind, str(name)) in used or name in _DEFAULTS
            }
            resources[NameObject(kind)] = DictionaryObject(kept)


def _of(thing: Any, name: str) -> Any:
    found = thing.get(name) if isinstance(thing, DictionaryObject) else None
    return None if found is None else found.get_object()


def _inherited(page: Any, name: str) -> Any:
    """Of the page itself, or of the branches above it; from then on the page has it itself."""
    node, above = page, 0
    while isinstance(node, DictionaryObject) and above < _DEEPEST:
        if _of(node, name) is not None:
            page[NameObject(name)] = node.raw_get(name)
            return _of(node, name)
        node, above = _of(node, "/Parent"), above + 1
    return None


def _numbers(value: Any, count: int) -> tuple[float, ...] | None:
    if not isinstance(value, list) or len(value) != count:
        return None
    return tuple(float(each.get_object()) for each in value)


def _dots(settings: Any, *sides: tuple[str, ...]) -> int:
    """Width by height; a picture that does not tell is looked at as a large one."""
    dots = 1
    for names in sides:
        side = next((found for name in names if (found := _of(settings, name)) is not None), None)
        dots *= int(side) if isinstance(side, NumberObject) else _TINY + 1
    return dots


def streams(value: Any) -> Iterator[StreamObject]:
    """An appearance is a stream, or one for each state."""
    waiting, depth = [value], 0
    while waiting and depth < 4:
        things = [None if each is None else each.get_object() for each in waiting]
        yield from (each for each in things if isinstance(each, StreamObject))
        waiting = [
            each.raw_get(name)
            for each in things
            if isinstance(each, DictionaryObject) and not isinstance(each, StreamObject)
            for name in each
        ]
        depth += 1
