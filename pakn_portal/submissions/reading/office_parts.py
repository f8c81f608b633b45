"""What the parts of an office file do besides holding text: fields, formulas, objects, external sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from pakn_portal.submissions.reading.addresses import is_far, is_worth_a_click
from pakn_portal.submissions.reading.fields import BREAK, Fields
from pakn_portal.submissions.reading.markup import Attributes, local
from pakn_portal.submissions.reading.meanings import ELEMENTS, judge_link, judge_reference
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

_ADDRESSES: Final = ("src", "href", "SRC", "HREF", "Src", "Href")
#: A reader opens the address of these by itself; that of others only after a click.
_FETCHED_BY: Final = frozenset({"image", "feImage", "use", "link", "imagedata", "fill", "background"})


class _Part:
    """What any part may contain; subclasses also read its text. Adds to `seen`."""

    def __init__(self, seen: set[Seen]) -> None:
        self.seen = seen

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "ddeLink":
            raise Refused(Reason.COMMANDS)
        if name == "macrosheet":
            raise Refused(Reason.MACROS)
        if code := ELEMENTS.get(name):
            self.seen.add(code)
        for attribute, value in attributes.items():
            if attribute.endswith(_ADDRESSES):
                self._address(name, local(attribute).lower(), value)

    def close(self) -> None:
        """The part has ended."""

    def _address(self, element: str, what: str, value: str) -> None:
        if not is_far(value):
            return
        is_fetched = what == "src" or (what == "href" and element in _FETCHED_BY)
        if is_fetched or (what == "href" and not is_worth_a_click(value)):
            self.seen.add(Seen.EXTERNAL)


# --- letters: fields

_INSTRUCTIONS: Final = frozenset({"instrText", "delInstrText"})
_BREAKS: Final = frozenset({"p", "br", "cr", "tab", "ptab"})


class TextPart(_Part):
    """Joins fields from their runs."""

    def __init__(self, seen: set[Seen]) -> None:
        super().__init__(seen)
        self._fields = Fields(seen)
        self._put: Callable[[str], None] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name in _INSTRUCTIONS:
            self._put = self._fields.instruct
        elif name == "t":
            self._put = self._fields.show
        elif name == "fldSimple":
            self._fields.begin()
            self._fields.instruct(_value(attributes, "instr"))
            self._fields.separate()
        elif name == "fldChar":
            self._border(_value(attributes, "fldCharType"))

    def text(self, data: str) -> None:
        if self._put is not None:
            self._put(data)

    def end(self, name: str) -> None:
        self._put = None
        if name == "fldSimple":
            self._fields.end()
        elif name in _BREAKS:
            self._fields.show(BREAK)

    def close(self) -> None:
        self._fields.close()

    def _border(self, kind: str) -> None:
        if kind == "begin":
            self._fields.begin()
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._fields.end()


def _value(attributes: Attributes, name: str) -> str:
    return next((value for key, value in attributes.items() if local(key) == name), "")


# --- sheets: formulas

_FORMULAS: Final = frozenset(
    {
        "f",
        "formula",
        "formula1",
        "formula2",
        "definedName",
        "calculatedColumnFormula",
        "totalsRowFormula",
    }
)
#: A text may be split into runs, each of them a text of its own.
_CELLS: Final = frozenset({"si", "is", "text"})
_TEXTS: Final = frozenset({"t", "v"})
#: Quoted text, names of sheets, columns of tables: in these `|` has no meaning. A new opening bracket ends
#: the match, so that a thousand brackets are not each read to the end.
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]")
_RUNS: Final = re.compile(r"\b(CALL|EXEC|REGISTER(\.ID)?)\s*\(", re.IGNORECASE)
_FETCHES: Final = re.compile(r"\b(WEBSERVICE|IMAGE|RTD|SQL\.REQUEST)\s*\(", re.IGNORECASE)
#: The address, or its beginning: what is appended to it does not change its kind.
_LINKS: Final = re.compile(_QUOTED.pattern + r"|\bHYPERLINK\s*\(\s*(\"(?P<address>[^\"]+)\")?", re.IGNORECASE)
#: A text that a program takes for a formula, and then for a command, once the sheet is saved as CSV. Far from
#: its beginning only the exact notation counts: lists have lines that begin with a dash.
_DDE_TEXT: Final = re.compile(
    r"\s*[=+@＝＋＠-](?:[^|]{0,80}\w\|.*!|.*\w'?\|\s*(?:(?:'[^']*')+|[\w.]+)!)", re.DOTALL
)


class SheetPart(_Part):
    """`program|topic!item` is a command (DDE): `|` has no other meaning in a formula."""

    def __init__(self, seen: set[Seen]) -> None:
        super().__init__(seen)
        self._formula: list[str] | None = None
        self._text: list[str] | None = None
        self._cell: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name in _FORMULAS:
            self._formula = []
        elif name in _TEXTS:
            self._text = []
        elif name in _CELLS:
            self._cell = []
        if name in ("worksheetSource", "hyperlink"):
            for attribute in ("sheet", "name", "location"):
                judge_reference(attributes.get(attribute, ""), self.seen)
        if name == "cacheSource" and attributes.get("type") == "external":
            self.seen.add(Seen.EXTERNAL)
        if name == "definedName" and attributes.get("name", "").lower().startswith("_xlnm.auto_"):
            raise Refused(Reason.MACROS)

    def text(self, data: str) -> None:
        for words in (self._formula, self._text):
            if words is not None:
                words.append(data)

    def end(self, name: str) -> None:
        if name in _FORMULAS and self._formula is not None:
            self._judge("".join(self._formula))
            self._formula = None
        elif name in _TEXTS and self._text is not None:
            text, self._text = "".join(self._text), None
            self._judge_text(text)
            self._cell.append(text)
        elif name in _CELLS:
            self._judge_text("".join(self._cell))

    def _judge_text(self, text: str) -> None:
        if _DDE_TEXT.match(text):
            raise Refused(Reason.COMMANDS)

    def _judge(self, formula: str) -> None:
        bare = _QUOTED.sub("", formula)
        if "|" in bare or _RUNS.search(bare):
            raise Refused(Reason.COMMANDS)
        if _FETCHES.search(bare):
            self.seen.add(Seen.EXTERNAL)
        for found in _LINKS.finditer(formula):
            if found[0][0] in "hH":
                # if the address is computed, judge the whole call
                judge_link(found["address"] or found[0], self.seen)
            else:
                # the name of a table's column may contain any character
                judge_reference(found[0].lstrip("['") if found[0][0] == "[" else found[0], self.seen)
