"""Office files since 2007 (docx, xlsx): reads the package as its standard says (ISO/IEC 29500-2), so that the
name of a part hides nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any, Final

from pakn_portal.submissions.reading import compound, markup
from pakn_portal.submissions.reading.addresses import is_far, is_worth_a_click
from pakn_portal.submissions.reading.archives import Archive, is_figures
from pakn_portal.submissions.reading.meanings import ELEMENTS, HINTS, MACROS
from pakn_portal.submissions.reading.office_parts import SheetPart, TextPart
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen
from pakn_portal.submissions.reading.work import Work

_TYPES_PART: Final = "[content_types].xml"
_MAIN: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_PARTS: Final[dict[str, type[TextPart] | type[SheetPart]]] = {"docx": TextPart, "xlsx": SheetPart}
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
#: Workbooks behind charts that are read; an ordinary letter has fewer.
_MOST_FIGURES: Final = 20
#: A larger sheet is read cell by cell only if it contains one of these.
_SMALL: Final = 1024 * 1024
_WORTH: Final = (
    *(b"|", b"&#", b"src=", b"href", b"webservice", b"image(", b"rtd(", b"hyperlink("),
    *(b"call(", b"exec(", b"register", b"request(", b"auto_", b"ddelink", b"macrosheet"),
    *(b"\\", b"'http", b"'file", b"'ftp", b"[http", b"[file", b"[ftp", b"&apos;"),
    *(b"worksheetsource", b"cachesource"),
    *(name.lower().encode() for name in ELEMENTS),
    # 16-bit characters; and comments and instructions, which may split a word in two
    *(b"\0", b"<!", b"<?"),
)
_OTHER_LETTERS: Final = re.compile(rb"encoding\s*=\s*[\"'](?!utf-8|us-ascii|iso-8859-)", re.IGNORECASE)
_MARK: Final = b"\xef\xbb\xbf"
_DECLARATION: Final = b"<?xml"
#: What a part that is not XML is searched for.
_COMMANDS: Final = re.compile(rb"<ddeLink|DDEAUTO|\bDDE\s+(&quot;|\")?(cmd|c:)", re.IGNORECASE)
_DTD: Final = re.compile(rb"<!(DOCTYPE|ENTITY)|<\0!\0D\0O\0C\0T|\0<\0!\0D\0O\0C\0T")


def look_docx(file: Any) -> set[str]:
    return _Package(file, "docx", Work()).look()


def look_xlsx(file: Any) -> set[str]:
    return _Package(file, "xlsx", Work()).look()


class _Package:
    def __init__(self, file: Any, extension: str, work: Work) -> None:
        self._work = work
        self._archive = Archive(file, work)
        self._extension = extension
        self._seen: set[Seen] = set()
        self._figures = 0

    def look(self) -> set[str]:
        entries = {entry.filename.lower(): entry for entry in self._archive.entries}
        if _TYPES_PART not in entries:
            raise Refused(Reason.OTHER_TYPE)
        types = _Types()
        markup.read(self._archive.chunks(entries[_TYPES_PART]), types, self._work)
        for name, entry in entries.items():
            kind = types.of(name)
            self._judge(f"/{name}", kind)
            self._part(name, kind, entry)
        if _MAIN[self._extension] not in types.named.values():
            raise Refused(Reason.OTHER_TYPE)
        return {str(code) for code in self._seen}

    def _judge(self, *words: str) -> None:
        if any(MACROS.search(word.lower()) for word in words):
            raise Refused(Reason.MACROS)
        self._seen |= {code for code, pattern in HINTS if any(pattern.search(word.lower()) for word in words)}

    def _part(self, name: str, kind: str, entry: zipfile.ZipInfo) -> None:
        chunks = self._archive.chunks(entry)
        start = next(chunks, b"")
        whole = chain([start], chunks)
        if start.startswith(_ZIP) and self._extension == "docx" and is_figures(name):
            self._workbook(b"".join(whole))
            return
        if start.startswith((_ZIP, b"MZ")) or is_figures(name):
            raise Refused(Reason.HOLDS_ANOTHER)
        if start.startswith(_COMPOUND):
            self._old_office_file(b"".join(whole))
        elif name.endswith(".rels") or "relationships+xml" in kind:
            markup.read(whole, _Relationships(self), self._work)
        elif markup.is_markup(start) or kind.endswith(("+xml", "/xml")):
            self._markup(name, kind, entry, whole)
        else:
            for _chunk in whole:
                pass  # to the end, to verify the checksum

    def _workbook(self, content: bytes) -> None:
        """Word stores the figures of a chart as a workbook. It is read like one that was sent."""
        self._figures += 1
        if self._figures > _MOST_FIGURES:
            raise Refused(Reason.COMPLEX)
        inside = _Package(BytesIO(content), "xlsx", self._work).look()
        self._seen |= {Seen(code) for code in inside} | {Seen.EMBEDDED}

    def _old_office_file(self, content: bytes) -> None:
        if compound.has_macros(BytesIO(content)):
            raise Refused(Reason.MACROS)
        self._seen.add(Seen.EMBEDDED)

    def _markup(self, name: str, kind: str, entry: zipfile.ZipInfo, chunks: Iterator[bytes]) -> None:
        try:
            if self._is_worth_it(entry, chunks):
                part = _PARTS[self._extension](self._seen)
                markup.read(self._archive.chunks(entry, is_counted=False), part, self._work)
                part.close()
            else:
                markup.check(self._archive.chunks(entry, is_counted=False))
        except markup.UnreadableMarkup:
            if kind == _MAIN[self._extension]:
                raise
            self._unreadable(entry)

    def _is_worth_it(self, entry: zipfile.ZipInfo, chunks: Iterator[bytes]) -> bool:
        """Reads the part to its end; a large sheet is parsed only if that can find something."""
        start = next(chunks, b"")
        found = entry.file_size <= _SMALL or self._extension != "xlsx" or bool(_OTHER_LETTERS.search(start))
        before = b""
        for chunk in chain([start.removeprefix(_MARK).removeprefix(_DECLARATION)], chunks):
            text = (before + chunk).lower()
            found = found or any(word in text for word in _WORTH)
            before = chunk[-40:]
        return found

    def _unreadable(self, entry: zipfile.ZipInfo) -> None:
        """Old drawings in comments are often not XML; they are kept, with a warning."""
        before = b""
        for chunk in self._archive.chunks(entry, is_counted=False):
            text = before + chunk
            if _DTD.search(text):
                raise Refused(Reason.DAMAGED)
            if _COMMANDS.search(text):
                raise Refused(Reason.COMMANDS)
            before = chunk[-40:]
        self._seen.add(Seen.UNREAD)

    def relationship(self, kind: str, target: str, *, is_external: bool) -> None:
        self._judge(kind)
        is_mere_link = kind.lower().endswith("/hyperlink") and is_worth_a_click(target)
        if (is_external or is_far(target)) and not is_mere_link:
            self._seen.add(Seen.EXTERNAL)


class _Nothing:
    def text(self, data: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


class _Types(_Nothing):
    """[Content_Types].xml: the type of each part, by its name or its extension."""

    def __init__(self) -> None:
        self.named: dict[str, str] = {}
        self._endings: dict[str, str] = {}

    def start(self, name: str, attributes: markup.Attributes) -> None:
        kind = attributes.get("ContentType", "")
        if name == "Override":
            self.named[attributes.get("PartName", "").lower()] = kind
        elif name == "Default":
            self._endings[attributes.get("Extension", "").lower()] = kind

    def of(self, part: str) -> str:
        return self.named.get(f"/{part}") or self._endings.get(part.rpartition(".")[2], "")


class _Relationships(_Nothing):
    def __init__(self, package: _Package) -> None:
        self._package = package

    def start(self, name: str, attributes: markup.Attributes) -> None:
        if name == "Relationship":
            self._package.relationship(
                attributes.get("Type", ""),
                attributes.get("Target", ""),
                is_external=attributes.get("TargetMode", "").lower() == "external",
            )
