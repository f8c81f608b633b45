"""An office file packed anew, without its properties; what people wrote beside it must be gone already, for
nobody but they can say what is to become of a tracked change.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote, unquote_plus
from xml.etree import ElementTree as Tree

from pakn_portal.submissions.reading import markup, pictures
from pakn_portal.submissions.reading.archives import Archive
from pakn_portal.submissions.reading.copies import Copied, Gathered
from pakn_portal.submissions.reading.copies.books import BookWords
from pakn_portal.submissions.reading.copies.letters import LetterWords
from pakn_portal.submissions.reading.starts import PICTURES
from pakn_portal.submissions.reading.verdict import Reason, Refused
from pakn_portal.submissions.reading.work import Work

#: Who made it, with what and on which printer; what other programs keep along.
_TOLD: Final = re.compile(
    r"docprops/|docmetadata/|customxml/|\[trash\]/|.*/(printersettings|revisions|persons?)/|.*/people\.xml$"
)
#: Where people write to each other, and how one of their remarks begins.
_REMARKS: Final = re.compile(r".*/(threaded)?comments?[a-z]*\d*\.xml$|.*/threadedcomments/")
_REMARK: Final = re.compile(rb"<(\w+:)?(c|threadedC)omment[\s>]")
#: By how they begin: an ending may be false.
_DRAWN: Final[dict[bytes, Callable[[Any], BytesIO]]] = {
    PICTURES["jpg"]: pictures.draw_jpeg,
    PICTURES["png"]: pictures.draw_png,
}
_READERS: Final[dict[str, type[LetterWords] | type[BookWords]]] = {"docx": LetterWords, "xlsx": BookWords}
_MARKUP: Final = (".xml", ".rels", ".vml")
#: What is read first, for the words to be in the order of the letter.
_FIRST: Final = re.compile(r"word/(document|footnotes|endnotes)\d*\.xml$|xl/worksheets/")
#: A name of a part that tells nothing.
_PLAIN: Final = re.compile(r"\.?[a-z_]*\d*(\.[a-z]+)+|\[content_types\]\.xml")
#: The folder of whoever saved a book last.
_FOLDER: Final = re.compile(rb"<(?:\w+:)?absPath\b[^>]*/>")
#: Of a letter: the template it was made from, the list it was merged with, and names and values that only
#: programs read, which an author gave to its parts.
_SOURCES: Final = ("/attachedtemplate", "/mailmergesource", "/mailmergeheadersource")
_INSIDE: Final = rb"(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*"
_OF_AUTHORS: Final = re.compile(
    rb"<(?:\w+:)?(?:attachedTemplate|alias|tag|docVar)(?:\s" + _INSIDE + rb")?/>"
    rb"|<(?P<merge>(?:\w+:)?mailMerge)(?:\s" + _INSIDE + rb")?>.*?</(?P=merge)\s*>",
    re.DOTALL,
)
_TYPES: Final = "[Content_Types].xml"
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
    told = {name for name in parts if name in places or _TOLD.match(name.lower())}
    gone = parts.keys() - _reached(parts, told)
    out, found = BytesIO(), Gathered()
    reader = _READERS[kind](found)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(parts.keys() - gone, key=_place):
            content = parts[name]
            if draw := next((_DRAWN[start] for start in _DRAWN if content.startswith(start)), None):
                content = draw(BytesIO(content)).getvalue()
            else:
                content = _rewritten(name, content, gone)
                _read(name, content, reader, found, work)
            if not _PLAIN.fullmatch(base := name.rpartition("/")[2].lower()):
                found.add(base)
            packed.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    reader.close()
    return found.copied(out.getvalue())


def _reached(parts: dict[str, bytes], told: set[str]) -> set[str]:
    """The parts that the file consists of: what no other refers to, nobody sees and somebody forgot."""
    spelt = {name.lower(): name for name in parts.keys() - told}
    reached = {name for name in parts if name == _TYPES}
    waiting = [""]
    while waiting:
        folder, _slash, base = waiting.pop().rpartition("/")
        beside = f"{folder}/".removeprefix("/")
        links = spelt.get(f"{beside}_rels/{base}.rels".lower())
        if links is None or links in reached:
            continue
        reached.add(links)
        for target in _targets(beside, parts[links], parts.get(f"{beside}{base}", b"")):
            name = spelt.get(target.lower()) or spelt.get(unquote(target).lower())
            if name is not None and name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def _targets(folder: str, links: bytes, source: bytes) -> list[str]:
    """Of pictures those that the source draws: programs leave links to others behind."""
    markup.check([links])
    rows = Tree.fromstring(links)  # noqa: S314  (as below)
    inside = [
        row
        for row in rows
        if row.get("TargetMode", "").lower() != "external"
        and not (row.get("Type", "").endswith("/image") and not _names(source, row.get("Id", "")))
    ]
    return [_target(folder, row.get("Target", "").partition("#")[0]) for row in inside]


def _names(source: bytes, link: str) -> bool:
    """Whether it stands in an attribute; of what is written in 16-bit characters that cannot be told."""
    return b"\0" in source[:100] or any(quote + link.encode() + quote in source for quote in (b'"', b"'"))


def _place(name: str) -> tuple[bool, bool, int, str]:
    """The second sheet before the tenth."""
    return name != _TYPES, not _FIRST.match(name.lower()), len(name), name


def _rewritten(name: str, content: bytes, gone: set[str]) -> bytes:
    if name == _TYPES:
        return _without(content, lambda row: row.get("PartName", "").removeprefix("/") in gone)
    if name.lower().endswith(".rels"):
        base = name.rpartition("_rels/")[0]
        return _without(content, lambda row: _is_source(row) or _target(base, row.get("Target", "")) in gone)
    bare = _FOLDER.sub(b"", content)
    return _OF_AUTHORS.sub(b"", bare) if name.lower().startswith("word/") else bare


def _is_source(row: Tree.Element) -> bool:
    return row.get("Type", "").lower().endswith(_SOURCES)


def _read(name: str, content: bytes, reader: LetterWords | BookWords, found: Gathered, work: Work) -> None:
    """What is neither a picture nor XML, nobody could search: it is refused."""
    if not (name.lower().endswith(_MARKUP) and markup.is_markup(content[:100])):
        raise Refused(Reason.UNSEARCHED)
    reader.part(name)
    is_list = name.lower().endswith(".rels") or name == _TYPES
    markup.read([content], _Targets(found) if is_list else reader, work)


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


class _Targets:
    """Where the links of a part lead to: an address may be somebody's mailbox."""

    def __init__(self, found: Gathered) -> None:
        self._found = found

    def start(self, name: str, attributes: markup.Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
            self._found.add(unquote_plus(attributes.get("Target", "")))

    def text(self, data: str) -> None:
        self._found.add(data)

    def end(self, name: str) -> None:
        pass

    def remark(self, data: str) -> None:
        self._found.add(data)
