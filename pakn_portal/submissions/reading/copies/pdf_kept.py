"""What the objects of a PDF may hold in a copy: the entries a viewer needs (ISO 32000-2), and no others."""

from __future__ import annotations

from typing import Any, Final

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
)

#: Numbers, names, texts and lists of them. No object stands there.
_PLAIN: Final = "plain"
#: An object that must be reached from elsewhere; if it is not, it goes.
_OTHER: Final = "other"
#: Where a link leads, told by a page. By a name only until here: names of places are free words.
_PLACE: Final = "place"
#: A list of things by names.
_EACH: Final = "each "


def _entries(plain: str, **others: str) -> dict[str, str]:
    """The names of the plain entries; of the others, what stands there."""
    return {
        **{f"/{name}": _PLAIN for name in plain.split()},
        **{f"/{name}": kind.replace("_", " ") for name, kind in others.items()},
    }


_FUNCTION: Final = _entries(
    "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds", Functions="function"
)
_OF_STREAMS: Final = _entries("Length Filter", DecodeParms="parameters")
_KEPT: Final[dict[str, dict[str, str]]] = {
    "catalog": _entries(
        "Type Version Lang PageLayout PageMode",
        Pages="node",
        MarkInfo="marked",
        StructTreeRoot="tree",
        Outlines="outline",
        AcroForm="fields",
        PageLabels="numbers",
        ViewerPreferences="viewer",
        OutputIntents="intent",
    ),
    "marked": _entries("Marked UserProperties Suspects"),
    "viewer": _entries(
        "HideToolbar HideMenubar HideWindowUI FitWindow CenterWindow DisplayDocTitle Direction "
        "ViewArea ViewClip PrintArea PrintClip PrintScaling Duplex PickTrayByPDFSize "
        "NonFullScreenPageMode"
    ),
    "intent": _entries("Type S", DestOutputProfile="colour"),
    "numbers": _entries("Limits", Nums="numbered", Kids="numbers"),
    #: A label of pages, or an element of the tree.
    "numbered": _entries(
        "Type S St P ID C R T Lang Alt E ActualText MCID",
        P="element",
        K="element",
        A="attributes",
        Pg=_OTHER,
        Obj=_OTHER,
        Stm=_OTHER,
        StmOwn=_OTHER,
    ),
    "tree": _entries(
        "Type ParentTreeNextKey",
        K="element",
        ParentTree="numbers",
        RoleMap="each_plain",
        ClassMap="each_attributes",
    ),
    "attributes": _entries(
        "O Placement WritingMode BackgroundColor BorderColor BorderStyle BorderThickness Padding "
        "Color SpaceBefore SpaceAfter StartIndent EndIndent TextIndent TextAlign BBox Width Height "
        "BlockAlign InlineAlign TBorderStyle TPadding BaselineShift LineHeight TextDecorationColor "
        "TextDecorationThickness TextDecorationType RubyAlign RubyPosition "
        "GlyphOrientationVertical ColumnCount ColumnGap ColumnWidths ListNumbering Role checked "
        "Desc RowSpan ColSpan Headers Scope Summary"
    ),
    "node": _entries(
        "Type Count MediaBox CropBox BleedBox TrimBox ArtBox Rotate Tabs StructParents UserUnit",
        Kids="node",
        Parent=_OTHER,
        Resources="resources",
        Contents="stream",
        Group="group",
        Annots="mark",
    ),
    #: Above pages. What they draw with stands at each of them.
    "branch": _entries("Type Count MediaBox CropBox Rotate", Kids="node", Parent=_OTHER),
    "resources": _entries(
        "",
        XObject="each_drawn",
        Font="each_font",
        ExtGState="each_state",
        ColorSpace="each_colour",
        Pattern="each_pattern",
        Shading="each_shading",
        Properties="each_words",
    ),
    "words": _entries("Type Subtype MCID ActualText Alt E Lang BBox Attached"),
    "group": _entries("Type S I K", CS="colour"),
    "stream": {},
    "parameters": _entries(
        "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows "
        "EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform",
        JBIG2Globals="stream",
    ),
    "image": _entries(
        "Type Subtype Name Width Height BitsPerComponent ImageMask Decode Interpolate SMaskInData "
        "Matte Intent StructParent",
        ColorSpace="colour",
        Mask="image",
        SMask="image",
    ),
    "form": _entries(
        "Type Subtype Name FormType BBox Matrix StructParent StructParents",
        Resources="resources",
        Group="group",
    ),
    "font": _entries(
        "Type Subtype Name BaseFont FirstChar LastChar Widths DW W DW2 W2 FontBBox FontMatrix",
        FontDescriptor="face",
        Encoding="encoding",
        ToUnicode="encoding",
        DescendantFonts="font",
        CIDSystemInfo="system",
        CIDToGIDMap="stream",
        CharProcs="each_stream",
        Resources="resources",
    ),
    "system": _entries("Registry Ordering Supplement"),
    "encoding": _entries("Type BaseEncoding Differences CMapName WMode", CIDSystemInfo="system"),
    "face": _entries(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent "
        "Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet",
        FontFile="program",
        FontFile2="program",
        FontFile3="program",
        CIDSet="stream",
    ),
    "program": _entries("Type Subtype Length1 Length2 Length3"),
    "state": _entries(
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK UseBlackPtComp",
        SMask="mask",
        **dict.fromkeys(("BG", "BG2", "UCR", "UCR2", "TR", "TR2"), "function"),
        HT="halftone",
    ),
    "halftone": _entries("Type HalftoneType Frequency Angle SpotFunction AccurateScreens"),
    "mask": _entries("Type S BC", G="form", TR="function"),
    "function": _FUNCTION,
    "colour": {
        **_FUNCTION,
        **_entries(
            "N Range WhitePoint BlackPoint Gamma Matrix Subtype", Alternate="colour", Colorants="each_colour"
        ),
        **_entries("Components", Colorants="each_colour", ColorSpace="colour", Process="colour"),
    },
    "pattern": _entries(
        "Type PatternType PaintType TilingType BBox XStep YStep Matrix",
        Resources="resources",
        Shading="shading",
    ),
    "shading": _entries(
        "ShadingType Background BBox AntiAlias Coords Domain Extend Matrix BitsPerCoordinate "
        "BitsPerComponent BitsPerFlag Decode VerticesPerRow",
        ColorSpace="colour",
        Function="function",
    ),
    "outline": _entries(
        "Type Title Count C F",
        **dict.fromkeys(("First", "Last", "Next", "Prev", "Parent"), "outline"),
        Dest=_PLACE,
        A="action",
        SE=_OTHER,
    ),
    "action": _entries("Type S URI IsMap N", D=_PLACE),
    "mark": _entries(
        "Type Subtype Rect F AS Border C H QuadPoints StructParent FT V DV Ff T TU MaxLen Opt TI I "
        "Q DA DS IC RD CA ca CL LE IT Name Rotate Lang BM",
        AP="looks",
        BS="border",
        BE="border",
        A="action",
        Dest=_PLACE,
        Parent="mark",
        Kids="mark",
        MK="caption",
        P=_OTHER,
    ),
    "border": _entries("Type W S D I"),
    "caption": _entries("R BC BG CA RC AC TP"),
    "looks": _entries("", N="look", D="look", R="look"),
    "fields": _entries("NeedAppearances DA Q", Fields="mark", DR="fonts"),
    "fonts": _entries("", Font="each_font"),
}
_KEPT["element"] = _KEPT["numbered"]
_OF_PLACES: Final = (IndirectObject, NameObject, NumberObject, FloatObject, NullObject)
#: What a drawing may say of its parts.
WORDS: Final = frozenset(_KEPT["words"])
_ACTIONS: Final = frozenset({"/URI", "/GoTo", "/Named"})


class _Keeping:
    def __init__(self, root: DictionaryObject) -> None:
        self._places = _places(root)
        #: What was cleaned; held, for its id is asked.
        self.seen: dict[int, Any] = {}
        self._waiting: list[tuple[Any, str]] = [(root, "catalog")]

    def go(self) -> None:
        while self._waiting:
            thing, kind = self._waiting.pop()
            if id(thing) not in self.seen:
                self.seen[id(thing)] = thing
                self._clean(thing, kind)

    def _clean(self, thing: DictionaryObject, kind: str) -> None:
        allowed, each = self._allowed(thing, kind)
        for name in list(thing):
            inner = each or allowed.get(name)
            raw = thing.raw_get(name)
            kept = None if inner is None else self._keep(raw, inner)
            if kept is None:
                del thing[name]
            elif kept is not raw:
                thing[name] = kept

    def _allowed(self, thing: DictionaryObject, kind: str) -> tuple[dict[str, str], str]:
        if kind == "drawn":
            kind = "image" if thing.get("/Subtype") == "/Image" else "form"
        elif kind == "look":
            kind = "form" if isinstance(thing, StreamObject) else "each look"
        elif kind == "node" and "/Kids" in thing:
            kind = "branch"
        elif kind == "action" and thing.get("/S") not in _ACTIONS:
            return {}, ""
        if kind.startswith(_EACH):
            return {}, kind.removeprefix(_EACH)
        allowed = _KEPT[kind]
        return ({**allowed, **_OF_STREAMS} if isinstance(thing, StreamObject) else allowed), ""

    def _keep(self, raw: Any, kind: str) -> Any:
        """The value as it may stand; None if it may not."""
        value = raw.get_object() if isinstance(raw, IndirectObject) else raw
        if kind == _OTHER or value is None:
            return raw
        if kind == _PLACE:
            return self._place(value)
        if isinstance(value, ArrayObject):
            for at, part in enumerate(list(list.__iter__(value))):
                kept = self._keep(part, kind)
                if kept is not part:
                    value[at] = NullObject() if kept is None else kept
            return raw
        if isinstance(value, DictionaryObject):
            if kind == _PLAIN:
                return None
            self._waiting.append((value, kind))
        return raw

    def _place(self, value: Any) -> Any:
        for _ in range(3):
            if isinstance(value, DictionaryObject):
                value = value.get("/D")
            elif value is not None and not isinstance(value, ArrayObject):
                value = self._places.get(_word(value))
            value = None if value is None else value.get_object()
        if not isinstance(value, ArrayObject):
            return None
        parts = list(list.__iter__(value))
        return ArrayObject([each for each in parts if isinstance(each, _OF_PLACES)])


def _word(name: Any) -> str:
    return name.decode("latin-1") if isinstance(name, bytes) else str(name).removeprefix("/")


def _of(thing: Any, name: str) -> Any:
    found = thing.get(name) if isinstance(thing, DictionaryObject) else None
    return None if found is None else found.get_object()


def _places(root: DictionaryObject) -> dict[str, Any]:
    """The places that have a name."""
    named = _of(root, "/Dests")
    found = {_word(name): named[name] for name in named} if isinstance(named, DictionaryObject) else {}
    waiting, seen = [_of(_of(root, "/Names"), "/Dests")], set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        pairs = [each.get_object() for each in list.__iter__(_of(node, "/Names") or ArrayObject())]
        found |= {_word(name): place for name, place in zip(pairs[::2], pairs[1::2], strict=False)}
        waiting += [each.get_object() for each in list.__iter__(_of(node, "/Kids") or ArrayObject())]
    return found


def keep_known(writer: PdfWriter) -> None:
    """All other entries go, and with them the objects that only they led to."""
    keeping = _Keeping(writer.root_object)
    keeping.go()
    for at, thing in enumerate(writer._objects):
        if isinstance(thing, DictionaryObject) and id(thing) not in keeping.seen:
            writer._objects[at] = None
