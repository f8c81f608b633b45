"""PDF: what its objects can do. Nothing is drawn or run here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pakn_portal.submissions.reading.addresses import is_far, is_worth_a_click
from pakn_portal.submissions.reading.pdf_objects import Name, Reader, Ref
from pakn_portal.submissions.reading.verdict import Reason, Refused, Seen

_TAIL: Final = 2048
#: Some programs write a UTF-8 byte order mark, spaces and line breaks first: nothing takes those for a
#: script.
_HEADER: Final = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\f\r ]{0,1000}%PDF-[12]\.\d")
#: After the end: padding of the last block of a disk or a mail, and the end-of-file character of DOS.
_PADDING: Final = b"\0\t\n\f\r \x1a"
#: A browser that sniffs the type reads so many bytes.
_GUESSED: Final = 1024
_WEB_PAGE: Final = re.compile(rb"<(!doctype\s+html|html|script|head|body|iframe|svg)\b", re.IGNORECASE)
#: For what is neither a stream nor a text of an object: comments, and what a repairing reader may find there.
_MARKS: Final = (
    (Seen.ENCRYPTED, re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")),
    (Seen.ACTIVE, re.compile(rb"/(JavaScript|JS|Launch|SubmitForm|ImportData)\b")),
    (Seen.EMBEDDED, re.compile(rb"/(EmbeddedFiles?|RichMedia)\b")),
)
_KEYS: Final = {
    b"JS": Seen.ACTIVE,
    b"JavaScript": Seen.ACTIVE,
    b"XFA": Seen.ACTIVE,
    b"OnInstantiate": Seen.ACTIVE,
    b"Movie": Seen.EXTERNAL,
    b"EmbeddedFiles": Seen.EMBEDDED,
    b"EF": Seen.EMBEDDED,
    b"RichMediaContent": Seen.EMBEDDED,
    b"Encrypt": Seen.ENCRYPTED,
}
#: Values of S (actions), Type and Subtype.
_KINDS: Final = {
    b"JavaScript": Seen.ACTIVE,
    b"Launch": Seen.ACTIVE,
    b"SubmitForm": Seen.ACTIVE,
    b"ImportData": Seen.ACTIVE,
    b"Rendition": Seen.ACTIVE,
    b"RichMediaExecute": Seen.ACTIVE,
    b"GoToR": Seen.EXTERNAL,
    b"Movie": Seen.EXTERNAL,
    b"GoToE": Seen.EMBEDDED,
    b"EmbeddedFile": Seen.EMBEDDED,
    b"FileAttachment": Seen.EMBEDDED,
    b"RichMedia": Seen.EMBEDDED,
}
#: Keys for a file name (7.11.3), on different systems.
_FILE_NAMES: Final = (b"F", b"UF", b"DOS", b"Mac", b"Unix")
_ACTIONS: Final = frozenset(
    {b"URI", b"GoTo", b"Named", b"Hide", b"SetOCGState", b"Trans", b"ResetForm", b"Thread"}
)


def look(file: Any) -> set[str]:
    """The header must come first, except for spaces: with anything else before it,
    it may be a script (H23).
    """
    file.seek(0)
    content = file.read()
    if not _HEADER.match(content):
        raise Refused(Reason.OTHER_TYPE)
    file.seek(0)
    if zipfile.is_zipfile(file) or _WEB_PAGE.search(content, 0, _GUESSED):
        raise Refused(Reason.HOLDS_ANOTHER)
    return {str(code) for code in _seen(content)}


def _has_end(content: bytes) -> bool:
    tail = content.rstrip(_PADDING)[-_TAIL:]
    if b"%%EOF" in content and b"%%EOF" not in tail:
        raise Refused(Reason.DAMAGED)  # something else follows the end, or the next version is truncated
    return b"%%EOF" in tail and b"startxref" in tail


class _Pages:
    """Counts pages: every program opens a file that lacks its end but no page, so we accept it too."""

    def __init__(self) -> None:
        self._told = self._found = 0

    def counted(self, objects: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
        for number, value in objects:
            for one in _dictionaries(value):
                kinds = _flat(one.get(b"Type"))
                counts = [count for count in _flat(one.get(b"Count")) if type(count) is int]
                self._found += b"Page" in kinds
                self._told = max([self._told, *counts]) if b"Pages" in kinds else self._told
            yield number, value

    @property
    def are_all_there(self) -> bool:
        return 0 < self._told <= self._found


def _seen(content: bytes) -> set[Seen]:
    has_end, reader, pages = _has_end(content), Reader(content), _Pages()
    objects = reader.objects() if has_end else pages.counted(reader.objects())
    seen = _of_objects(objects) | _of_remarks(content, reader.streams + reader.texts)
    if not (has_end or pages.are_all_there):
        raise Refused(Reason.DAMAGED)
    # without the password, streams and the texts of addresses are unreadable
    if Seen.ENCRYPTED in seen:
        seen -= {Seen.EXTERNAL}
    is_hidden = Seen.ENCRYPTED in seen and b"ObjStm" in content
    return seen if reader.is_whole and not is_hidden else seen | {Seen.UNREAD}


def _of_objects(objects: Iterable[tuple[int, Any]]) -> set[Seen]:
    seen: set[Seen] = set()
    at_once: list[Any] = []
    actions: dict[int, list[Any]] = {}
    named = _Named()
    for number, value in objects:
        named.text(number, value)
        for one in _dictionaries(value):
            seen |= _of_dictionary(one)
            named.uses(one)
            at_once += [one[key] for key in (b"OpenAction", b"AA") if key in one]
        if isinstance(value, dict) and _may_be_action(value):
            actions.setdefault(number, []).append(value)
    if named.lead_elsewhere or any(b"URI" in _kinds(action) for action in _meant(at_once, actions)):
        seen.add(Seen.EXTERNAL)
    return seen


class _Named:
    """Addresses that are objects of their own, and how they are used."""

    def __init__(self) -> None:
        self._far: set[int] = set()
        self._odd: set[int] = set()
        self._files: set[int] = set()
        self._links: set[int] = set()

    def text(self, number: int, value: Any) -> None:
        for text in _texts(value):
            self._far |= {number} if is_far(text) else set()
            self._odd |= set() if is_worth_a_click(text) else {number}

    def uses(self, one: dict[bytes, Any]) -> None:
        self._files |= {ref for key in _FILE_NAMES for ref in _flat(one.get(key)) if isinstance(ref, Ref)}
        self._links |= {ref for ref in _flat(one.get(b"URI")) if isinstance(ref, Ref)}

    @property
    def lead_elsewhere(self) -> bool:
        return bool(self._far & self._files or self._odd & self._links)


def _of_dictionary(one: dict[bytes, Any]) -> set[Seen]:
    seen = {_KEYS[key] for key in one.keys() & _KEYS.keys()}
    kinds = _kinds(one)
    seen |= {_KINDS[kind] for kind in kinds & _KINDS.keys()}
    if b"URI" in kinds and not all(is_worth_a_click(text) for text in _texts(one.get(b"URI"))):
        seen.add(Seen.EXTERNAL)
    is_outside = (
        one.get(b"FS") == b"URL"
        or {b"Length", b"F"} <= one.keys()
        or (b"Ref" in one and b"Form" in kinds)
        or (b"Thread" in kinds and b"F" in one)
        or (b"EF" not in one and any(is_far(text) for key in _FILE_NAMES for text in _texts(one.get(key))))
    )
    return seen | {Seen.EXTERNAL} if is_outside else seen


def _kinds(one: dict[bytes, Any]) -> set[bytes]:
    values = [one.get(key) for key in (b"S", b"Type", b"Subtype")]
    return {name for value in values for name in _flat(value) if isinstance(name, Name)}


def _may_be_action(one: dict[bytes, Any]) -> bool:
    """An action, or a page's list of actions: only these are kept for lookup."""
    return bool(_kinds(one) & _ACTIONS) or all(len(key) <= 2 for key in one)


def _meant(values: Iterable[Any], actions: dict[int, list[Any]]) -> Iterator[dict[bytes, Any]]:
    """The actions that these values are or refer to, and those that follow them."""
    known: set[int] = set()
    waiting = list(values)
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, Ref) and one not in known:
            known.add(one)
            waiting += actions.get(one, [])
        elif isinstance(one, dict):
            yield one
            waiting += [one[b"Next"]] if b"Next" in one else []
            waiting += [] if b"S" in one else one.values()


def _dictionaries(value: Any) -> Iterator[dict[bytes, Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _flat(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _texts(value: Any) -> list[str]:
    """As addresses are written: one byte for each character, or UTF-16 with its byte order mark."""
    found = [one for one in _flat(value) if isinstance(one, bytes)]
    return [
        one.decode("utf-16", "replace")
        if one.startswith((b"\xfe\xff", b"\xff\xfe"))
        else one.decode("latin-1")
        for one in found
    ]


def _of_remarks(content: bytes, read: list[tuple[int, int]]) -> set[Seen]:
    pieces, at = [], 0
    for start, end in sorted(read):
        pieces.append(content[at:start] if start > at else b"")
        at = max(at, end)
    text = b"\n".join([*pieces, content[at:]])
    return {mark for mark, pattern in _MARKS if pattern.search(text)}
