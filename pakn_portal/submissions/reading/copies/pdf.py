"""A PDF written anew: what its pages reach, without its history, its information and its actions."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from pakn_portal.submissions.reading.copies import Copied, Gathered
from pakn_portal.submissions.reading.copies.pdf_drawing import Drawings
from pakn_portal.submissions.reading.copies.pdf_kept import keep_known
from pakn_portal.submissions.reading.copies.pdf_words import gather
from pakn_portal.submissions.reading.copies.pictures import bare_jpeg, bare_jpeg_2000
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: Of a mark on a page: whose it is. The others a reader sees as part of the page.
_OF_MARKS: Final = ("/T", "/Contents", "/Subj", "/NM", "/M", "/CreationDate", "/RC", "/Popup", "/IRT")
_MARKS_KEPT: Final = frozenset({"/Link", "/Widget", "/Stamp", "/FreeText"})
_MARKS_COVERING: Final = frozenset(
    {"/Square", "/Circle", "/Polygon", "/PolyLine", "/Line", "/Ink", "/Redact"}
)
#: Of a group of layers: shown while others are not.
_RULES: Final = frozenset({"/AllOff", "/AnyOff"})
#: Flags of a mark: hidden, or only on paper.
_UNSEEN: Final = 0x02 | 0x20
#: Filters whose data is a whole file of a picture, with what its maker wrote beside it.
_BARE: Final[dict[str, Callable[[bytes], bytes]]] = {
    "/DCTDecode": bare_jpeg,
    "/DCT": bare_jpeg,
    "/JPXDecode": bare_jpeg_2000,
}


def copy(file: Any) -> Copied:
    file.seek(0)
    reader = PdfReader(file, strict=False)
    if reader.is_encrypted:
        raise Refused(Reason.PASSWORD)
    writer = PdfWriter(clone_from=reader)
    _refuse_hidden_layers(writer.root_object)
    writer.metadata = None
    for thing in writer._objects:
        _refuse_hidden_layer(thing)
    for page in writer.pages:
        _clean_marks(page)
    Drawings(writer).follow_pages()
    keep_known(writer)
    for thing in writer._objects:
        if isinstance(thing, StreamObject):
            _clean_stream(thing)
    _drop_unreached(writer)
    found = Gathered()
    gather(writer, found)
    out = BytesIO()
    writer.write(out)
    return found.copied(out.getvalue())


def _refuse_hidden_layers(root: DictionaryObject) -> None:
    layers = _entry(_entry(root, "/OCProperties"), "/D")
    if _entry(layers, "/BaseState") not in (None, "/ON") or _entry(layers, "/OFF"):
        raise Refused(Reason.HIDDEN)


def _refuse_hidden_layer(thing: Any) -> None:
    """Which layers are seen may hang on the viewer, the scale, paper, or on other layers."""
    if isinstance(thing, DictionaryObject):
        has_rule = "/OCGs" in thing and ("/VE" in thing or _entry(thing, "/P") in _RULES)
        usage = _entry(thing, "/Usage")
        states = {name: _entry(usage, name) for name in usage} if isinstance(usage, DictionaryObject) else {}
        is_off = any(
            "/OFF" in state.values() for state in states.values() if isinstance(state, DictionaryObject)
        )
        if has_rule or is_off or "/Zoom" in states:
            raise Refused(Reason.HIDDEN)
        for name in thing:
            _refuse_hidden_layer(thing.raw_get(name))
    elif isinstance(thing, ArrayObject):
        for part in list.__iter__(thing):
            _refuse_hidden_layer(part)


def _entry(thing: Any, name: str) -> Any:
    found = thing.get(name) if isinstance(thing, DictionaryObject) else None
    return None if found is None else found.get_object()


def _clean_marks(page: Any) -> None:
    """Remarks of whoever read along go; links, fields, stamps and words on the page stay, without a name.
    Raises Refused for a mark that may cover something: without it what lies below would show.
    """
    marks = page.get("/Annots")
    if marks is None:
        return
    kept = ArrayObject()
    for reference in marks.get_object():
        mark = reference.get_object()
        if isinstance(mark, DictionaryObject) and _is_kept(mark):
            names = _OF_MARKS if str(mark["/Subtype"]) != "/Widget" else _OF_MARKS[2:]
            for name in names:
                mark.pop(name, None)
            kept.append(reference)
        elif _entry(mark, "/Subtype") in _MARKS_COVERING:
            raise Refused(Reason.REMARKS)
    page[NameObject("/Annots")] = kept


def _is_kept(mark: DictionaryObject) -> bool:
    """What is not to be seen goes; a field stays, for the form counts it, and its value is read."""
    kind, flags = _entry(mark, "/Subtype"), _entry(mark, "/F")
    is_hidden = isinstance(flags, int) and bool(flags & _UNSEEN)
    return kind in _MARKS_KEPT and (kind == "/Widget" or not is_hidden)


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


def _clean_stream(stream: StreamObject) -> None:
    """A picture that a camera or a program wrote keeps its dots; other pictures have nothing beside them."""
    filters = _list(stream, "/Filter")
    drawn = [at for at, each in enumerate(filters) if each in _BARE]
    if not drawn:
        return
    if drawn != [len(filters) - 1]:
        raise Refused(Reason.UNSEARCHED)  # no program writes that
    parameters = _list(stream, "/DecodeParms")
    stream._data = _BARE[filters[-1]](_unpacked(stream._data, filters[:-1], parameters))
    stream[NameObject("/Filter")] = NameObject(filters[-1])
    stream.pop("/DecodeParms", None)
    if len(parameters) == len(filters) and isinstance(parameters[-1], DictionaryObject):
        stream[NameObject("/DecodeParms")] = parameters[-1]


def _list(stream: StreamObject, name: str) -> list[Any]:
    value = _entry(stream, name)
    if isinstance(value, ArrayObject):
        return [each.get_object() for each in list.__iter__(value)]
    return [] if value is None else [value]


def _unpacked(data: bytes, filters: list[Any], parameters: list[Any]) -> bytes:
    if not filters:
        return data
    packed = EncodedStreamObject()
    packed._data = data
    packed[NameObject("/Filter")] = ArrayObject(filters)
    if parameters:
        packed[NameObject("/DecodeParms")] = ArrayObject(parameters[: len(filters)])
    return decode_stream_data(packed)
