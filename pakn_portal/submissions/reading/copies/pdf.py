"""A PDF written anew: what its pages reach, without its history, its information and its actions."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

from pakn_portal.submissions.reading.copies import MOST_TEXT, Copied
from pakn_portal.submissions.reading.copies.pictures import bare_jpeg
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: In any object: who, when, with what; files inside; what happens by itself; earlier states; thumbnails.
_TOLD: Final = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/EmbeddedFiles", "/JavaScript"),
    *("/OpenAction", "/AA", "/Perms", "/Collection", "/XFA"),
)
#: Of a mark on a page: whose it is. The others a reader sees as part of the page.
_OF_MARKS: Final = ("/T", "/Contents", "/Subj", "/NM", "/M", "/CreationDate", "/RC", "/Popup", "/IRT")
_MARKS_KEPT: Final = frozenset({"/Link", "/Widget", "/Stamp", "/FreeText"})
_DCT: Final = "/DCTDecode"


def copy(file: Any) -> Copied:
    file.seek(0)
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted:
        raise Refused(Reason.PASSWORD)
    text = _text_of(reader)
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for page in writer.pages:
        _clean_marks(page)
    for thing in writer._objects:
        _clean(thing)
    _drop_unreached(writer)
    out = BytesIO()
    writer.write(out)
    return Copied(out.getvalue(), text)


def _text_of(reader: PdfReader) -> str:
    found: list[str] = []
    length = 0
    for page in reader.pages:
        found.append(page.extract_text())
        length += len(found[-1])
        if length > MOST_TEXT:
            break
    return "\n".join(found)[:MOST_TEXT]


def _clean_marks(page: Any) -> None:
    """Remarks of whoever read along go; links, fields, stamps and words on the page stay, without a name."""
    marks = page.get("/Annots")
    if marks is None:
        return
    kept = ArrayObject()
    for reference in marks.get_object():
        mark = reference.get_object()
        if isinstance(mark, DictionaryObject) and mark.get("/Subtype") in _MARKS_KEPT:
            names = _OF_MARKS if str(mark["/Subtype"]) != "/Widget" else _OF_MARKS[2:]
            for name in names:
                mark.pop(name, None)
            kept.append(reference)
    page[NameObject("/Annots")] = kept


def _clean(thing: PdfObject | None) -> None:
    """An object and what stands in it; what it refers to is cleaned by itself."""
    if isinstance(thing, DictionaryObject):
        for name in _TOLD:
            thing.pop(name, None)
        if isinstance(thing, StreamObject) and _is_photograph(thing):
            thing._data = bare_jpeg(thing._data)
        for name in thing:
            _clean(thing.raw_get(name))
    elif isinstance(thing, ArrayObject):
        for part in list.__iter__(thing):
            _clean(part)


def _drop_unreached(writer: PdfWriter) -> None:
    """What only hung on something that went would be written all the same."""
    reached: set[int] = set()
    waiting: list[Any] = [writer.root_object.indirect_reference]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in reached:
                continue
            reached.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            # not `values()`, which would follow each reference
            waiting += [thing.raw_get(name) for name in thing]
        elif isinstance(thing, ArrayObject):
            waiting += list.__iter__(thing)
    for at, kept in enumerate(writer._objects):
        if kept is not None and at + 1 not in reached:
            writer._objects[at] = None


def _is_photograph(stream: StreamObject) -> bool:
    kind = stream.get("/Filter")
    return kind == _DCT or (isinstance(kind, ArrayObject) and [str(each) for each in kind] == [_DCT])
