"""The words of a book (XLSX), told row by row as a reader sees them."""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.copies import MOST_TEXT, Gathered
from pakn_portal.submissions.reading.copies.boxes import boxed
from pakn_portal.submissions.reading.copies.numbers import format_of, identity_number, shown
from pakn_portal.submissions.reading.copies.words import OLD_FONT, OLD_LETTER, PartWords, is_on
from pakn_portal.submissions.reading.markup import Attributes
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Copies of data that stand elsewhere, or no longer anywhere.
_BEHIND: Final = frozenset(
    {"pivotCaches", "pivotCacheDefinition", "pivotCacheRecords", "externalReferences", "externalLink"}
    | {"externalBook", "dataModel", "slicerCacheDefinition", "timelineCacheDefinition", "connections"}
    | {"queryTable", "MapInfo", "scenarios"}
)
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


class BookWords(PartWords):
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
        #: How a text is spoken, in its pieces.
        self._spoken: list[str] = []
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
            self._old.append(OLD_FONT.match(attributes.get("val", "")) is not None)
        elif name == "workbookPr":
            self._since_1904 = is_on(attributes.get("date1904", "0"))

    def end(self, name: str) -> None:
        super().end(name)
        if name in ("si", "is") and self._spoken:
            self.found.add("".join(self._spoken))
            self._spoken = []
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
            self._spoken.append(words)
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
        super().close()
        used: set[str] = set()
        before = ""
        for line in self._lines:
            if isinstance(line, str):
                self.found.show(line)
                continue
            cells: list[str] = []
            for kind, style, value in line:
                used |= {value} if kind == "s" else set()
                cells.append(told := self._told(kind, style, value))
                if OLD_LETTER.search(told) and self._is_old(style):
                    raise Refused(Reason.OLD_LETTERS)
                if "," not in told:  # an amount
                    self.found.add(identity_number(value if kind == "n" else told))
                is_figure = told[-1:].isdigit()
                self.found.show(told + (_BEHIND_FIGURES if is_figure else _BEHIND_WORDS) if told else "")
            self.found.show("\n")
            for number in boxed(cells, before):
                self.found.add(number)
            before = " ".join(cells)
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
        return is_on(attributes.get("zeroHeight", "0"))
    if name in ("row", "col"):
        size = attributes.get("ht" if name == "row" else "width", "1")
        return is_on(attributes.get("hidden", "0")) or not size.strip("0.")
    return False
