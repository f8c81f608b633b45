"""The words of an office file, wherever they stand in its parts; what a reader does not see is refused.

No list of parts is kept: whatever is XML is read, so that the name of a part hides nothing.
"""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.copies import Gathered
from pakn_portal.submissions.reading.copies.covers.office import Overlays
from pakn_portal.submissions.reading.copies.numbers import identity_number, shown
from pakn_portal.submissions.reading.markup import Attributes, local
from pakn_portal.submissions.reading.verdict import Reason, Refused

_REMARKS: Final = frozenset({"comment", "threadedComment"})
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
#: Those that are searched whole too.
_NAMED_FORMULAS: Final = frozenset({"definedName", "totalsRowFormula"})
#: What of a formula may be words: its texts, and numbers too long for a row.
_CONSTANTS: Final = re.compile(r"\"[^\"]+\"|\d{8,}")
#: Texts of a formula, and texts and numbers that it puts together.
_TEXTS: Final = re.compile(r"\"([^\"]+)\"")
_PUT_TOGETHER: Final = re.compile(r"(?:\"[^\"]*\"|\b\d+)(?:\s*&\s*(?:\"[^\"]*\"|\d+))+")
#: Digits that a font of symbols keeps in places of its own.
_DIGITS: Final = {0xF030 + digit: str(digit) for digit in range(10)}
#: Bookmarks that programs name, as `_Toc123456789`.
OWN_MARK: Final = re.compile(r"\b_+(?:Toc|RefHeading|Ref|Hlk|Hlt|MON_|Numbering|heading)\w*")
_NOT_SEEN: Final = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES: Final = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_NO: Final = ("0", "false", "off")
#: Fonts of before Unicode, and what they show as other letters.
OLD_FONT: Final = re.compile(r"\.Vn|VNI-", re.IGNORECASE)
OLD_LETTER: Final = re.compile("[\u00a1-\u00af\u00b5-\u00ff]")


class PartWords:
    """What letters and books have in common: drawings, charts, diagrams, descriptions."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self._covers = Overlays()
        self._open: list[str] = []
        self._data: list[str] = []
        self._format = ""

    def part(self, name: str) -> None:
        """What is read from here on stands in this part."""
        self._covers.part(name)

    def start(self, name: str, attributes: Attributes) -> None:
        self._flush()
        self._open.append(name)
        self._covers.start(name, attributes)
        if name in _REMARKS:
            raise Refused(Reason.REMARKS)
        if name in ("cNvPr", "docPr") and is_on(attributes.get("hidden", "0")):
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
        self._covers.end()
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
                self.found.add(OWN_MARK.sub("", value))

    def _flush(self) -> None:
        words, self._data = "".join(self._data), []
        if words and self._open:
            self._words(self._open[-1], words)

    def _words(self, name: str, words: str) -> None:
        if name in _PLACES:
            self._covers.number(name, words)
        if name == "t":
            self._covers.words(words)
            self._show(words.translate(_DIGITS))
        elif name == "formatCode":
            self._format = words
        elif name == "v":
            is_figure = "numCache" in self._open or "numLit" in self._open
            self._show(f"{shown(words, self._format) if is_figure else words}\n")
            self.found.add(identity_number(words))
        elif name in _FORMULAS:
            self._formula(words)
        elif not (name in _PLACES and all(map(_PLACE.fullmatch, re.split(r"[\s,]+", words.strip())))):
            self.found.add(OWN_MARK.sub("", words))
            if name in _NAMED_FORMULAS:
                self._formula(words)

    def _formula(self, words: str) -> None:
        """Its texts one by one, and as it may put them together."""
        for constant in _CONSTANTS.findall(words):
            self.found.add(constant)
        self.found.add("".join(_TEXTS.findall(words)))
        for chain in _PUT_TOGETHER.findall(words):
            self.found.add(re.sub(r"[\"&\s]", "", chain))

    def _show(self, words: str) -> None:
        self.found.show(words)

    def close(self) -> None:
        """The file has ended."""
        self._covers.close()


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


def value_of(attributes: Attributes, name: str) -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")


def is_on(value: str) -> bool:
    return value.lower() not in _NO
