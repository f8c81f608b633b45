"""What the parts of an office file do beside holding words: fields, formulas, objects, sources elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pakn_portal.submissions.reading.addresses import is_far, is_worth_a_click
from pakn_portal.submissions.reading.markup import Attributes, local
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

ELEMENTS: Final = {
    "altChunk": Seen.EMBEDDED,
    "OLEObject": Seen.EMBEDDED,
    "oleObject": Seen.EMBEDDED,
    "control": Seen.EMBEDDED,
    "oleLink": Seen.EXTERNAL,
    "webPr": Seen.EXTERNAL,
    "dbPr": Seen.EXTERNAL,
    "olapPr": Seen.EXTERNAL,
    "textPr": Seen.EXTERNAL,
    "connectString": Seen.EXTERNAL,
    "DataMashup": Seen.EXTERNAL,
    "webextension": Seen.ACTIVE,
    "script": Seen.ACTIVE,
}
_ADDRESSES: Final = ("src", "href", "SRC", "HREF", "Src", "Href")
#: Of these a reader opens the address by itself; of others it waits for a click.
_FETCHED_BY: Final = frozenset({"image", "feImage", "use", "link", "imagedata", "fill", "background"})


class _Part:
    """Subclasses see text; here is what any part may hold. `seen` is added to."""

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

_DDE: Final = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
_FETCHING: Final = re.compile(
    r"\W*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|RD|DATABASE|LINK)\b", re.IGNORECASE
)
_HYPERLINK: Final = re.compile(r"\W*HYPERLINK\s+(?!\\[a-z]\b)[\"“]?([^\"”\s]*)", re.IGNORECASE)


class TextPart(_Part):
    """Fields are put together from their runs, the innermost first; what one shows is part of the one around
    it.
    """

    def __init__(self, seen: set[Seen]) -> None:
        super().__init__(seen)
        #: The instruction of each open field, and whether its result has begun; the first is for the strays.
        self._open: list[list[str]] = [[]]
        self._in_result: list[bool] = [False]
        self._into: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name in ("instrText", "delInstrText"):
            self._into = self._open[-1]
        elif name == "t" and self._in_result[-1] and len(self._open) > 2 and not self._in_result[-2]:
            # the result of an inner field is a piece of the outer one's instruction
            self._into = self._open[-2]
        elif name == "fldSimple":
            _judge_field(next((v for k, v in attributes.items() if local(k) == "instr"), ""), self.seen)
        elif name == "fldChar":
            self._border(next((v for k, v in attributes.items() if local(k) == "fldCharType"), ""))

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def end(self, name: str) -> None:
        self._into = None

    def close(self) -> None:
        for words in self._open:
            _judge_field("".join(words), self.seen)

    def _border(self, kind: str) -> None:
        if kind == "begin":
            self._open.append([])
            self._in_result.append(False)
        elif kind == "separate":
            self._in_result[-1] = True
        elif kind == "end" and len(self._open) > 1:
            words = "".join(self._open.pop())
            self._in_result.pop()
            _judge_field(words, self.seen)


def _judge_field(instruction: str, seen: set[Seen]) -> None:
    if _DDE.search(instruction):
        raise Refused(Reason.COMMANDS)
    link = _HYPERLINK.match(instruction)
    if _FETCHING.match(instruction) or (link and not is_worth_a_click(link[1])):
        seen.add(Seen.EXTERNAL)


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
_CELLS: Final = frozenset({"t", "v"})
#: Text between quotes, names of sheets, columns of tables: in these a stroke is only a stroke. What begins
#: anew ends the search, so that a thousand brackets are not each read to the end.
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]")
_RUNS: Final = re.compile(r"\b(CALL|EXEC|REGISTER(\.ID)?)\s*\(", re.IGNORECASE)
_FETCHES: Final = re.compile(r"\b(WEBSERVICE|IMAGE|RTD|SQL\.REQUEST)\s*\(", re.IGNORECASE)
#: The address, if it stands there or begins there; what is added behind it makes no other kind of it.
_LINKS: Final = re.compile(_QUOTED.pattern + r"|\bHYPERLINK\s*\(\s*(\"(?P<address>[^\"]+)\")?", re.IGNORECASE)
#: A text that a program takes for a formula when the sheet is saved as CSV, and then for a command.
_DDE_TEXT: Final = re.compile(r"\s*[=+@-][^|]{0,80}\w\|.*!", re.DOTALL)


class SheetPart(_Part):
    """`program|topic!item` is a command (DDE): a stroke has no other meaning in a formula."""

    def __init__(self, seen: set[Seen]) -> None:
        super().__init__(seen)
        self._words: list[str] = []
        self._reads = ""

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name in _FORMULAS or name in _CELLS:
            self._reads, self._words = name, []
        if name == "definedName" and attributes.get("name", "").lower().startswith("_xlnm.auto_"):
            raise Refused(Reason.MACROS)

    def text(self, data: str) -> None:
        if self._reads:
            self._words.append(data)

    def end(self, name: str) -> None:
        if name != self._reads:
            return
        words, self._reads = "".join(self._words), ""
        if name in _CELLS:
            if _DDE_TEXT.match(words):
                raise Refused(Reason.COMMANDS)
            return
        bare = _QUOTED.sub("", words)
        if "|" in bare or _RUNS.search(bare):
            raise Refused(Reason.COMMANDS)
        if _FETCHES.search(bare) or not all(is_worth_a_click(address) for address in _linked(words)):
            self.seen.add(Seen.EXTERNAL)


def _linked(formula: str) -> Iterator[str]:
    """Where its HYPERLINK lead; when that is found out only by counting, the whole call stands for it."""
    for found in _LINKS.finditer(formula):
        if found[0][0] in "hH":
            yield found["address"] or found[0]
