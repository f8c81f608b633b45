"""The words of a PDF: of its pages, of what is drawn on them apart, and of its objects."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, Final

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from pakn_portal.submissions.reading.copies import Gathered
from pakn_portal.submissions.reading.copies.pdf_drawing import streams
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Also what stands on its head.
_DIRECTIONS: Final = (0, 90, 180, 270, 360)
#: Texts that are no words: fonts, colours, keys.
_NO_WORDS: Final = frozenset(
    {"/ID", "/DA", "/DS", "/Registry", "/Ordering", "/CharSet", "/Lookup", "/Lang", "/FontFamily", "/Panose"}
    | {"/M", "/CreationDate", "/ModDate", "/OutputConditionIdentifier", "/OutputCondition", "/RegistryName"}
)
_PALETTES: Final = ("/Indexed", "/I")
#: Pictures inside the text that draws a page, whose maker may have written beside them.
_PHOTOGRAPHS: Final = frozenset({"/DCT", "/DCTDecode", "/JPXDecode"})
_GLYPH_PHOTOGRAPH: Final = re.compile(rb"/(DCT|JPX)")
#: A name that may be more than one.
_TELLING: Final = re.compile(r"[0-9]{6}|@|%40")
#: Signs without a meaning of their own: a bullet is one, a word is not.
_OWN_SIGNS: Final = re.compile("[\ue000-\uf8ff]{4}")


def gather(writer: PdfWriter, found: Gathered) -> None:
    """Raises Refused for what cannot be read."""
    pages = list(writer.pages)
    failed = _Failed()
    logger = logging.getLogger("pypdf")
    logger.addHandler(failed)
    try:
        drawn = _Drawn(found)
        for page in pages:
            words = page.extract_text(orientations=_DIRECTIONS, visitor_operand_before=drawn)
            if _OWN_SIGNS.search(words):
                raise Refused(Reason.UNSEARCHED)
            found.show(words + "\n")
        for apart in _apart(writer._objects):
            found.add(pages[0].extract_xform_text(apart, _DIRECTIONS, visitor_operand_before=drawn))
    finally:
        logger.removeHandler(failed)
    if failed.is_failed or drawn.has_photograph:
        raise Refused(Reason.UNSEARCHED)
    for thing in writer._objects:
        _add_texts(thing, found)


class _Failed(logging.Handler):
    """The library goes on where it cannot read a part of a page, and only logs it."""

    is_failed = False

    def emit(self, record: logging.LogRecord) -> None:
        self.is_failed = self.is_failed or str(record.msg).startswith("Impossible to decode")


class _Drawn:
    """What stands between the words of a page: what a screen reader reads instead, and pictures."""

    def __init__(self, found: Gathered) -> None:
        self._found = found
        self.has_photograph = False

    def __call__(self, operator: bytes, operands: Any, *_matrices: Any) -> None:
        if operator in (b"BDC", b"DP"):
            for operand in operands:
                _add_texts(operand, self._found)
        elif operator in (b"BMC", b"MP"):
            _add_texts(ArrayObject(operands), self._found)
        elif operator == b"INLINE IMAGE":
            settings = operands["settings"]
            filters = settings.get("/F", settings.get("/Filter", ()))
            each = filters if isinstance(filters, list) else [filters]
            # not raised here: the library would go on
            self.has_photograph = self.has_photograph or not _PHOTOGRAPHS.isdisjoint(map(str, each))


def _apart(objects: list[Any]) -> Iterator[Any]:
    """Streams with words that no page draws by itself: of marks and fields, of patterns and masks."""
    seen: set[int] = set()
    for thing in objects:
        if not isinstance(thing, DictionaryObject):
            continue
        forms = [*streams(thing.get("/AP")), *([thing] if "/PatternType" in thing else [])]
        forms += streams(thing.get("/G")) if thing.get("/S") in ("/Alpha", "/Luminosity") else []
        if thing.get("/Subtype") == "/Type3":
            _refuse_photographs(thing.get("/CharProcs"))
        for form in forms:
            if isinstance(form, StreamObject) and id(form) not in seen:
                seen.add(id(form))
                yield form


def _refuse_photographs(glyphs: Any) -> None:
    if any(_GLYPH_PHOTOGRAPH.search(glyph.get_data()) for glyph in streams(glyphs)):
        raise Refused(Reason.UNSEARCHED)


def _add_texts(thing: Any, found: Gathered) -> None:
    """The texts of an object; those of others that it refers to are theirs."""
    if isinstance(thing, DictionaryObject):
        for name in thing:
            _add_name(name, found)
            if name not in _NO_WORDS:
                _add_texts(thing.raw_get(name), found)
    elif isinstance(thing, ArrayObject):
        parts = list(list.__iter__(thing))
        if parts[:1] not in [[name] for name in _PALETTES]:
            for part in parts:
                _add_texts(part, found)
    elif isinstance(thing, NameObject):
        _add_name(thing, found)
    elif isinstance(thing, TextStringObject):
        found.add(str(thing))
    elif isinstance(thing, ByteStringObject):
        found.add(bytes(thing).decode("latin-1"))


def _add_name(name: Any, found: Gathered) -> None:
    """Names are made by programs, but nothing keeps them from telling a number or an address."""
    if _TELLING.search(name):
        found.add(str(name).removeprefix("/"))
