"""The words of an office file, wherever they stand in its parts; what a reader does not see is refused.

No list of parts is kept: whatever is XML is read, so that the name of a part hides nothing.
"""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.copies import MOST_TEXT, Gathered
from pakn_portal.submissions.reading.copies.numbers import format_of, identity_number, shown
from pakn_portal.submissions.reading.markup import Attributes, local
from pakn_portal.submissions.reading.verdict import Reason, Refused

_REMARKS: Final = frozenset({"comment", "threadedComment"})
#: Copies of data that stand elsewhere, or no longer anywhere.
_BEHIND: Final = frozenset(
    {"pivotCaches", "pivotCacheDefinition", "pivotCacheRecords", "externalReferences", "externalLink"}
    | {"externalBook", "dataModel", "slicerCacheDefinition", "timelineCacheDefinition", "connections"}
    | {"queryTable", "MapInfo", "scenarios"}
)
#: Attributes that hold words on whatever stands in them, and on those named, however short these are.
_TOLD: Final = frozenset(
    {"descr", "title", "alt", "tooltip", "screenTip", "prompt", "promptTitle", "error", "errorTitle"}
    | {"comment", "user", "userName", "ed", "author", "initials", "caption", "displayName", "displayText"}
    | {"string", "summary", "codeName", "formatCode", "helpText", "statusText", "display", "shortcutKey"}
)
_TOLD_OF: Final = frozenset(
    (element, "name")
    for element in (
        *("sheet", "definedName", "table", "tableColumn", "cNvPr", "docPr", "bookmarkStart", "docVar"),
        *("protectedRange", "customWorkbookView", "cellStyle", "sheetView", "namedSheetView", "style"),
    )
) | {
    *((element, "val") for element in ("docVar", "alias", "tag", "filter", "customFilter", "attr", "name")),
    *((element, "val") for element in ("tblCaption", "tblDescription", "lvlText", "default", "statusText")),
    *((element, "val") for element in ("helpText", "aliases", "listEntry", "inputCells")),
    *(("listItem", "value"), ("absPath", "url")),
}
#: Of the others, those that a program makes: places, sizes, shapes, marks, fonts, digests. Any other tells
#: something unless it is one short word or number, a mark of 128 bits, or a name of the format itself.
_OF_PROGRAMS: Final = frozenset(
    {"id", "idx", "style", "path", "coordsize", "coordorigin", "eqn", "adj", "points", "from", "to", "fmla"}
    | {"wrapcoords", "textboxrect", "connectlocs", "limo", "inset", "offset", "origin", "matrix", "control1"}
    | {"control2", "relativeHeight", "sqref", "ref", "spans", "Ignorable", "Requires", "ProcessContent"}
    | {"prefixMappings", "storeItemChecksum", "fillcolor", "strokecolor", "color", "color2", "shadowcolor"}
    | {"ascii", "hAnsi", "cs", "eastAsia", "typeface", "altName", "panose", "panose1", "connectangles"}
    | {"hash", "salt", "hashValue", "saltValue", "password", "workbookHashValue", "workbookSaltValue"}
    | {"paraId", "textId", "anchorId", "editId", "durableId", "uniqueId", "rowId", "uid", "activePane"}
)
_OF_PROGRAMS_ON: Final = frozenset(
    {("lsdException", "name"), ("font", "name"), ("rFont", "val"), ("panose1", "val"), ("id", "val")}
    | {("creationId", "val"), ("rowId", "val"), ("colId", "val"), ("uniqueId", "val"), ("gd", "name")}
)
_SHORT: Final = 9
_NO_WORDS: Final = re.compile(
    r"#?[A-Za-z_][A-Za-z_.:\-]{0,60}\d{0,8}|-?\d{0,8}(\.\d*)?([eE][+-]?\d+)?(pt|in|cm|mm|px|%|f)?"
    r"|\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?"
    r"|https?://(schemas\.(openxmlformats\.org|microsoft\.com)|purl\.oclc\.org|www\.w3\.org)/[\w./\-]*"
    r"|urn:schemas-microsoft-com:[\w:\-]*",
    re.ASCII,
)
#: A picture of which so little is cut off is rounded.
_ROUNDED: Final = 0.005
_CROPS: Final = frozenset({"croptop", "cropbottom", "cropleft", "cropright"})
#: Where things stand, in many small numbers; and drawn strokes.
_PLACES: Final = frozenset({"posOffset", "pctWidth", "pctHeight", "colOff", "rowOff", "col", "row", "trace"})
_PLACE: Final = re.compile(r"-?\d{1,8}")
_FORMULAS: Final = frozenset({"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "sqref"})
#: What of a formula may be words: its texts, and numbers too long for a row.
_CONSTANTS: Final = re.compile(r"\"[^\"]+\"|\d{8,}")
#: Bookmarks that programs name, as `_Toc123456789`.
_OWN_MARK: Final = re.compile(r"\b_+(?:Toc|RefHeading|Ref|Hlk|Hlt|MON_|Numbering|heading)\w*")
_NOT_SEEN: Final = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES: Final = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_NO: Final = ("0", "false", "off")


class _Words:
    """What letters and books have in common: drawings, charts, diagrams, descriptions."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self._open: list[str] = []
        self._data: list[str] = []
        self._format = ""

    def start(self, name: str, attributes: Attributes) -> None:
        self._flush()
        self._open.append(name)
        if name in _REMARKS:
            raise Refused(Reason.REMARKS)
        if name in ("cNvPr", "docPr") and _is_on(attributes.get("hidden", "0")):
            raise Refused(Reason.HIDDEN)
        self._attributes(name, attributes)
        if name in ("numCache", "numLit"):
            self._format = "General"
        if name in _SPACES and not {"tabs", "tabLst"}.intersection(self._open):
            self._show(_SPACES[name])

    def text(self, data: str) -> None:
        self._data.append(data)

    def end(self, name: str) -> None:
        self._flush()
        self._open.pop()
        if name == "p":
            self._show("\n")

    def remark(self, data: str) -> None:
        self.found.add(data)

    def _attributes(self, name: str, attributes: Attributes) -> None:
        for key, value in attributes.items():
            what = local(key)
            if what == "style" and _NOT_SEEN.search(value):
                raise Refused(Reason.HIDDEN)  # old drawings
            if _is_cut(name, what, value):
                raise Refused(Reason.CROPPED)
            if (name, what) in _TOLD_OF or what in _TOLD or _may_tell(name, key, value):
                self.found.add(_OWN_MARK.sub("", value))

    def _flush(self) -> None:
        words, self._data = "".join(self._data), []
        if words and self._open:
            self._words(self._open[-1], words)

    def _words(self, name: str, words: str) -> None:
        if name == "t":
            self._show(words)
        elif name == "formatCode":
            self._format = words
        elif name == "v":
            is_figure = "numCache" in self._open or "numLit" in self._open
            self._show(f"{shown(words, self._format) if is_figure else words}\n")
            self.found.add(identity_number(words))
        elif name in _FORMULAS:
            for constant in _CONSTANTS.findall(words):
                self.found.add(constant)
        elif not (name in _PLACES and all(map(_PLACE.fullmatch, re.split(r"[\s,]+", words.strip())))):
            self.found.add(_OWN_MARK.sub("", words))

    def _show(self, words: str) -> None:
        self.found.show(words)

    def close(self) -> None:
        """The file has ended."""


def _may_tell(name: str, key: str, value: str) -> bool:
    """Whether this attribute may hold words, though it is none of those made for them."""
    if len(value) < _SHORT and value.isascii() and value.isalnum():
        return False
    what = local(key)
    is_of_program = what in _OF_PROGRAMS or (name, what) in _OF_PROGRAMS_ON or key.startswith("xmlns")
    return not is_of_program and _NO_WORDS.fullmatch(value) is None


def _is_cut(name: str, what: str, value: str) -> bool:
    """Whether the file holds more of a picture than it shows."""
    if name == "srcRect" or (name == "imagedata" and what in _CROPS):
        return _share(value) > _ROUNDED
    return name == "fillRect" and _share(value) < -_ROUNDED


def _share(value: str) -> float:
    """Of a side: `50000`, `50%`, `0.5` and `32768f` are one half."""
    number = float(value.strip("%f ") or 0)
    if value.endswith("%"):
        return number / 100
    if value.endswith("f"):
        return number / 65536
    return number if abs(number) <= 1 else number / 100_000


_CHANGES: Final = frozenset(
    {"ins", "del", "moveFrom", "moveTo", "delText", "delInstrText", "cellIns", "cellDel", "cellMerge"}
    | {"rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "sectPrChange"}
    | {"tblGridChange", "numberingChange"}
)
_STYLED: Final = frozenset({"pStyle", "rStyle", "tblStyle"})
#: Fonts of before Unicode, and what they show as other letters.
_OLD_FONT: Final = re.compile(r"\.Vn|VNI-", re.IGNORECASE)
_OLD_LETTER: Final = re.compile("[\u00a1-\u00af\u00b5-\u00ff]")


class LetterWords(_Words):
    def __init__(self, found: Gathered) -> None:
        super().__init__(found)
        self._style = self._default = ""
        self._based: dict[str, str] = {}
        self._hiding: dict[str, bool] = {}
        self._used: set[str] = set()
        #: Whether the font of a style, of all text ("") and, if it tells one, of this run is an old one.
        self._old: dict[str, bool] = {}
        self._old_run: bool | None = None
        self._styles = {"p": "", "r": ""}
        #: Styles of paragraph and run of words whose own run tells no font.
        self._told_by: set[tuple[str, str]] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name in _CHANGES:
            raise Refused(Reason.REMARKS)
        if name == "style":
            self._style = _value(attributes, "styleId")
            if _is_on(_value(attributes, "default") or "0"):
                self._used.add(self._style)
                if _value(attributes, "type") == "paragraph":
                    self._default = self._style
        elif name == "basedOn":
            self._based[self._style] = _value(attributes, "val")
        elif name in _STYLED and not self._is_of_mark(name):
            self._used.add(_value(attributes, "val"))
        if name in self._styles:
            self._styles[name], self._old_run = "", None
        elif name in ("pStyle", "rStyle") and not self._is_of_mark(name):
            self._styles[name[0]] = _value(attributes, "val")
        elif name == "rFonts":
            self._font(_value(attributes, "hAnsi") or _value(attributes, "ascii"))
        elif name in ("vanish", "hidden"):
            self._hide(name, is_on=_is_on(_value(attributes, "val") or "1"))

    def _font(self, font: str) -> None:
        is_old = _OLD_FONT.match(font) is not None
        if not font or "lvl" in self._open:
            return
        if "style" in self._open or "rPrDefault" in self._open:
            self._old[self._style if "style" in self._open else ""] = is_old
        elif "pPr" not in self._open:
            self._old_run = is_old

    def _words(self, name: str, words: str) -> None:
        super()._words(name, words)
        if name == "t" and _OLD_LETTER.search(words):
            if self._old_run:
                raise Refused(Reason.OLD_LETTERS)
            if self._old_run is None:
                self._told_by.add((self._styles["p"], self._styles["r"]))

    def _hide(self, name: str, *, is_on: bool) -> None:
        if name == "hidden":  # elsewhere it is a style that a list does not offer
            if is_on and "trPr" in self._open:
                raise Refused(Reason.HIDDEN)
        elif "style" in self._open:
            self._hiding[self._style] = is_on or self._hiding.get(self._style, False)
        elif is_on and not self._is_of_mark(name):
            raise Refused(Reason.HIDDEN)

    def _is_of_mark(self, name: str) -> bool:
        """Of the mark that ends a paragraph, or of a number before it, which are no words."""
        return "lvl" in self._open or (name in ("vanish", "rStyle") and "pPr" in self._open)

    def close(self) -> None:
        if any(self._is_hiding(style) for style in self._used):
            raise Refused(Reason.HIDDEN)
        if any(self._is_old(*styles) for styles in self._told_by):
            raise Refused(Reason.OLD_LETTERS)

    def _is_old(self, paragraph: str, run: str) -> bool:
        for style in (run, paragraph or self._default):
            told = self._inherited(self._old, style)
            if told is not None:
                return told
        return self._old.get("", False)

    def _is_hiding(self, style: str) -> bool:
        return self._inherited(self._hiding, style) or False

    def _inherited(self, told: dict[str, bool], style: str) -> bool | None:
        """What a style says, or the nearest on which it is based."""
        known: set[str] = set()
        while style and style not in known:
            if style in told:
                return told[style]
            known.add(style)
            style = self._based.get(style, "")
        return None


_ISO_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T?")
#: What parts two cells of a row, behind words and behind figures, which are not to become one number.
_BEHIND_WORDS, _BEHIND_FIGURES = "\t", " | "
#: Truths and errors.
_OF_CELLS: Final = frozenset(
    {"0", "1", "true", "false", "TRUE", "FALSE", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"}
    | {"#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!"}
)
_HEADINGS: Final = frozenset(
    {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
)


class BookWords(_Words):
    """Cells are told row by row, once the shared texts and the formats are known."""

    def __init__(self, found: Gathered) -> None:
        super().__init__(found)
        self._shared: list[str] = []
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        #: Whether each font is an old one; and the font of each style.
        self._old: list[bool] = []
        self._fonts: list[int] = []
        self._since_1904 = False
        self._text: list[str] | None = None
        self._cell: list[str] | None = None
        self._cells = 0
        #: Kind, style and value of each.
        self._row: list[tuple[str, str, str]] = []
        self._lines: list[str | list[tuple[str, str, str]]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name in _BEHIND:
            raise Refused(Reason.BEHIND)
        if _is_hidden(name, attributes):
            raise Refused(Reason.HIDDEN)
        if name == "c" and "sheetData" in self._open:
            self._cell = [attributes.get("t", "n"), attributes.get("s", "0"), ""]
        elif name == "si":
            self._text = []
        elif name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in self._open:
            number = attributes.get("numFmtId", "0")
            self._styles.append(int(number) if number.isdecimal() else 0)
            font = attributes.get("fontId", "0")
            self._fonts.append(int(font) if font.isdecimal() else 0)
        elif name == "name" and self._open[-3:-1] == ["fonts", "font"]:
            self._old.append(_OLD_FONT.match(attributes.get("val", "")) is not None)
        elif name == "workbookPr":
            self._since_1904 = _is_on(attributes.get("date1904", "0"))

    def end(self, name: str) -> None:
        super().end(name)
        if name == "c" and self._cell is not None:
            kind, style, value = self._cell
            self._row.append((kind, style, value))
            self._cell = None
            self._cells += bool(value)
            if self._cells > MOST_TEXT // 2:  # each tells a character and what parts it from the next
                raise Refused(Reason.LONG)
        elif name == "row" and self._row:
            self._lines.append(self._row)
            self._row = []
        elif name == "si" and self._text is not None:
            self._shared.append("".join(self._text))
            self._text = None

    def _words(self, name: str, words: str) -> None:
        if "rPh" in self._open:  # how it is spoken
            self.found.add(words)
        elif name in ("v", "t") and self._cell is not None:
            self._cell[2] += words
        elif name in _HEADINGS:
            self._lines.append(words + "\n")
        else:
            super()._words(name, words)

    def _show(self, words: str) -> None:
        if self._text is not None:
            self._text.append(words)
        elif self._cell is not None:
            self._cell[2] += words
        else:
            self._lines.append(words)

    def close(self) -> None:
        used: set[str] = set()
        for line in self._lines:
            if isinstance(line, str):
                self.found.show(line)
                continue
            for kind, style, value in line:
                used |= {value} if kind == "s" else set()
                told = self._told(kind, style, value)
                if _OLD_LETTER.search(told) and self._is_old(style):
                    raise Refused(Reason.OLD_LETTERS)
                if "," not in told:  # an amount
                    self.found.add(identity_number(value if kind == "n" else told))
                is_figure = told[-1:].isdigit()
                self.found.show(told + (_BEHIND_FIGURES if is_figure else _BEHIND_WORDS) if told else "")
            self.found.show("\n")
        for at, words in enumerate(self._shared):
            if str(at) not in used:
                self.found.add(words)

    def _is_old(self, style: str) -> bool:
        font = self._fonts[int(style)] if int(style) < len(self._fonts) else 0
        return font < len(self._old) and self._old[font]

    def _told(self, kind: str, style: str, value: str) -> str:
        if kind == "s":
            return self._shared[int(value)] if value.strip() else ""
        if kind == "d":
            return _ISO_DATE.sub(r"\3/\2/\1 ", value)
        if kind in ("b", "e"):  # what else stands there, no program shows
            if value not in _OF_CELLS:
                self.found.add(value)
            return ""
        if kind != "n":
            return value
        number = self._styles[int(style)] if int(style) < len(self._styles) else 0
        return shown(value, format_of(number, self._formats), since_1904=self._since_1904)


def _is_hidden(name: str, attributes: Attributes) -> bool:
    """A sheet, rows or columns that a reader does not see."""
    if name == "sheet":
        return attributes.get("state", "visible") != "visible"
    if name == "sheetFormatPr":
        return _is_on(attributes.get("zeroHeight", "0"))
    if name in ("row", "col"):
        size = attributes.get("ht" if name == "row" else "width", "1")
        return _is_on(attributes.get("hidden", "0")) or not size.strip("0.")
    return False


def _value(attributes: Attributes, name: str) -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _is_on(value: str) -> bool:
    return value.lower() not in _NO
