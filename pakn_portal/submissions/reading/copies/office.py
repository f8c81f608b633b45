"""An office file packed anew, without its properties; what people wrote beside it must be gone already, for
nobody but they can say what is to become of a tracked change.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final
from xml.etree import ElementTree as Tree

from pakn_portal.submissions.reading import markup, pictures
from pakn_portal.submissions.reading.archives import Archive
from pakn_portal.submissions.reading.copies import MOST_TEXT, Copied
from pakn_portal.submissions.reading.verdict import Reason, Refused
from pakn_portal.submissions.reading.work import Work

#: Who made it, with what and on which printer; what other programs keep along.
_TOLD: Final = re.compile(
    r"docprops/|customxml/|\[trash\]/|.*/(printersettings|revisions|persons?)/|.*/people\.xml$"
)
#: Where people write to each other, and how one of their remarks begins.
_REMARKS: Final = re.compile(r".*/(threaded)?comments?[a-z]*\d*\.xml$|.*/threadedcomments/")
_REMARK: Final = re.compile(rb"<(\w+:)?(c|threadedC)omment[\s>]")
_CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "delText"})
_DRAWN: Final[dict[str, Callable[[Any], BytesIO]]] = {
    "jpg": pictures.draw_jpeg,
    "jpeg": pictures.draw_jpeg,
    "png": pictures.draw_png,
}
#: The parts whose text is read, in this order.
_TEXT: Final = {
    "docx": re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml$"),
    "xlsx": re.compile(r"xl/(sharedstrings|worksheets/[^/]+)\.xml$"),
}
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def copy_docx(file: Any) -> Copied:
    return _copied(file, "docx")


def copy_xlsx(file: Any) -> Copied:
    return _copied(file, "xlsx")


def _copied(file: Any, kind: str) -> Copied:
    work = Work()
    archive = Archive(file, work)
    parts = {entry.filename: b"".join(archive.chunks(entry)) for entry in archive.entries}
    places = {name for name in parts if _REMARKS.match(name.lower())}
    if any(_REMARK.search(parts[name]) for name in places):
        raise Refused(Reason.REMARKS)
    gone = {name for name in parts if name in places or _TOLD.match(name.lower())}
    out, words = BytesIO(), _Words(kind)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(parts, key=lambda each: (each != "[Content_Types].xml", each)):
            if name in gone:
                continue
            content = _rewritten(name, parts[name], gone)
            if _TEXT[kind].match(name.lower()) or name.lower() == "xl/workbook.xml":
                markup.read([content], words, work)
            packed.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return Copied(out.getvalue(), words.joined())


def _rewritten(name: str, content: bytes, gone: set[str]) -> bytes:
    ending = name.lower().rpartition(".")[2]
    if ending in _DRAWN:
        return _DRAWN[ending](BytesIO(content)).getvalue()
    if name == "[Content_Types].xml":
        return _without(content, lambda row: row.get("PartName", "").removeprefix("/") in gone)
    if ending == "rels":
        base = name.rpartition("_rels/")[0]
        return _without(content, lambda row: _target(base, row.get("Target", "")) in gone)
    return content


def _without(content: bytes, is_gone: Callable[[Tree.Element], bool]) -> bytes:
    """The list without these rows. A DTD was refused when the file came, and is here once more."""
    markup.check([content])
    root = Tree.fromstring(content)  # noqa: S314  (without a DTD there is nothing to expand)
    Tree.register_namespace("", root.tag[1:].partition("}")[0])
    for row in list(root):
        if is_gone(row):
            root.remove(row)
    return bytes(Tree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _target(base: str, target: str) -> str:
    """The name of the part that a relationship of this folder leads to."""
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = []
    for step in f"{base}{target}".split("/"):
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


class _Words:
    """Gathers the text; refuses what a reader does not see, or was not meant to."""

    def __init__(self, kind: str) -> None:
        self._is_sheet = kind == "xlsx"
        self._found: list[str] = []
        self._length = 0
        self._is_text = False

    def start(self, name: str, attributes: markup.Attributes) -> None:
        if name in _CHANGES and not self._is_sheet:
            raise Refused(Reason.REMARKS)
        if name == "sheet" and attributes.get("state", "visible") != "visible":
            raise Refused(Reason.HIDDEN)
        self._is_text = name == "t"
        if name in ("tab", "br", "cr"):
            self._add(" ")

    def text(self, data: str) -> None:
        if self._is_text:
            self._add(data)

    def end(self, name: str) -> None:
        self._is_text = False
        if name in ("p", "si", "is"):
            self._add("\n")

    def _add(self, data: str) -> None:
        if self._length < MOST_TEXT:
            self._found.append(data)
            self._length += len(data)

    def joined(self) -> str:
        return "".join(self._found)[:MOST_TEXT]
