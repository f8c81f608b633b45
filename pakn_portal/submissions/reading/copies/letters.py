"""The words of a letter (DOCX): what a reader does not see of it, or sees as other letters, is refused."""

from __future__ import annotations

import re
from typing import Final

from pakn_portal.submissions.reading.copies import Gathered
from pakn_portal.submissions.reading.copies.boxes import boxed
from pakn_portal.submissions.reading.copies.covers.letters import Unseen, is_unseen
from pakn_portal.submissions.reading.copies.words import (
    OLD_FONT,
    OLD_LETTER,
    OWN_MARK,
    PartWords,
    is_on,
    value_of,
)
from pakn_portal.submissions.reading.markup import Attributes, local
from pakn_portal.submissions.reading.verdict import Reason, Refused

_CHANGES: Final = frozenset(
    {"ins", "del", "moveFrom", "moveTo", "delText", "delInstrText", "cellIns", "cellDel", "cellMerge"}
    | {"rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "sectPrChange"}
    | {"tblGridChange", "numberingChange"}
)
_STYLED: Final = frozenset({"pStyle", "rStyle", "tblStyle"})

#: Fonts whose letters are pictures, and where fonts of symbols keep their signs.
_PICTURED: Final = re.compile(r"Wingdings|Webdings|ZapfDingbats|Marlett|MS Outlook|MT Extra", re.IGNORECASE)
_HEX: Final = re.compile(r"[0-9A-Fa-f]{2,4}")
_OWN_PLACES: Final = 0xF000
#: What of an instruction is text.
_QUOTED: Final = re.compile(r"[\"“]([^\"“”]+)[\"”]")
#: Of the words before a row of boxes, and of the row itself.
_KEPT: Final = 2000


class LetterWords(PartWords):
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
        #: The instructions of the fields that are open, in their pieces.
        self._fields: list[list[str]] = []
        #: The cells of the rows that are open, and the words shown last.
        self._rows: list[list[str]] = []
        self._before = ""
        self._unseen = Unseen()

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        self._unseen.start(name, attributes)
        if "style" in self._open and is_unseen(name, {local(key): each for key, each in attributes.items()}):
            self._hiding[self._style] = True
        if name in _CHANGES:
            raise Refused(Reason.REMARKS)
        if name == "style":
            self._style = value_of(attributes, "styleId")
            if is_on(value_of(attributes, "default") or "0"):
                self._used.add(self._style)
                if value_of(attributes, "type") == "paragraph":
                    self._default = self._style
        elif name == "basedOn":
            self._based[self._style] = value_of(attributes, "val")
        elif name in _STYLED and not self._is_of_mark(name):
            self._used.add(value_of(attributes, "val"))
        if name == "sym":
            self._symbol(value_of(attributes, "font"), value_of(attributes, "char"))
        elif name == "fldChar":
            self._border(value_of(attributes, "fldCharType"))
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append("")
        if name in self._styles:
            self._styles[name], self._old_run = "", None
        elif name in ("pStyle", "rStyle") and not self._is_of_mark(name):
            self._styles[name[0]] = value_of(attributes, "val")
        elif name == "rFonts":
            self._font(value_of(attributes, "hAnsi") or value_of(attributes, "ascii"))
        elif name in ("vanish", "hidden"):
            self._hide(name, hides=is_on(value_of(attributes, "val") or "1"))

    def end(self, name: str) -> None:
        super().end(name)
        self._unseen.end()
        if name == "tr" and self._rows:
            cells = self._rows.pop()
            before = self._before.removesuffix("".join(cells))
            for number in boxed(cells, before):
                self.found.add(number)

    def _show(self, words: str) -> None:
        super()._show(words)
        self._before = (self._before + words)[-_KEPT:]
        for cells in self._rows:
            if cells:
                cells[-1] += words

    def _symbol(self, font: str, char: str) -> None:
        """A sign told by its number in a font: those of texts have the digits and letters in their places."""
        if _PICTURED.match(font) or not _HEX.fullmatch(char):
            return
        code = int(char, 16)
        self._show(chr(code - _OWN_PLACES if code >= _OWN_PLACES else code))

    def _border(self, kind: str) -> None:
        """Of a field: an instruction is searched whole, however many runs it stands in."""
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            pieces = self._fields.pop()
            self.found.add(OWN_MARK.sub("", "".join(pieces)))
            self.found.add("".join(_QUOTED.findall("".join(pieces))))
            if self._fields:  # what it puts into the one around it
                self._fields[-1] += _QUOTED.findall("".join(pieces))

    def _font(self, font: str) -> None:
        is_old = OLD_FONT.match(font) is not None
        if not font or "lvl" in self._open:
            return
        if "style" in self._open or "rPrDefault" in self._open:
            self._old[self._style if "style" in self._open else ""] = is_old
        elif "pPr" not in self._open:
            self._old_run = is_old

    def _words(self, name: str, words: str) -> None:
        super()._words(name, words)
        if name == "t" and self._unseen.hides(words):
            raise Refused(Reason.HIDDEN)
        if name == "instrText" and self._fields:
            self._fields[-1].append(words)
        if name == "t" and OLD_LETTER.search(words):
            if self._old_run:
                raise Refused(Reason.OLD_LETTERS)
            if self._old_run is None:
                self._told_by.add((self._styles["p"], self._styles["r"]))

    def _hide(self, name: str, *, hides: bool) -> None:
        if name == "hidden":  # elsewhere it is a style that a list does not offer
            if hides and "trPr" in self._open:
                raise Refused(Reason.HIDDEN)
        elif "style" in self._open:
            self._hiding[self._style] = hides or self._hiding.get(self._style, False)
        elif hides and not self._is_of_mark(name):
            raise Refused(Reason.HIDDEN)

    def _is_of_mark(self, name: str) -> bool:
        """Of the mark that ends a paragraph, or of a number before it, which are no words."""
        return "lvl" in self._open or (name in ("vanish", "rStyle") and "pPr" in self._open)

    def close(self) -> None:
        super().close()
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
