"""Reads XML as a stream, in any encoding, and never with a DTD: no entity is ever expanded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, Protocol
from xml.parsers import expat

from pakn_portal.submissions.reading.verdict import Reason, Refused
from pakn_portal.submissions.reading.work import Work

UnreadableMarkup = expat.ExpatError
Attributes = dict[str, str]


class Handler(Protocol):
    """Names come without their prefix: a part may call its namespaces as it likes. One with a method `remark`
    is told the comments too, and what is said to programs alone.
    """

    def start(self, name: str, attributes: Attributes) -> None: ...

    def text(self, data: str) -> None: ...

    def end(self, name: str) -> None: ...


def check(chunks: Iterable[bytes]) -> None:
    """Check that it is well-formed. Raises the same as `read`."""
    _parse(chunks, _parser())


def read(chunks: Iterable[bytes], handler: Handler, work: Work) -> None:
    """Raises UnreadableMarkup if it is not well-formed; Refused if it exceeds `work`, and for a DTD (H27,
    H29), which no office program writes.
    """

    def start(name: str, attributes: Attributes) -> None:
        work.read(1 + len(attributes))
        handler.start(local(name), attributes)

    parser = _parser()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: handler.end(local(name))
    parser.CharacterDataHandler = handler.text
    if remark := getattr(handler, "remark", None):
        parser.CommentHandler = remark
        parser.ProcessingInstructionHandler = lambda target, data: remark(f"{target} {data}")
    _parse(chunks, parser)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def _parse(chunks: Iterable[bytes], parser: expat.XMLParserType) -> None:
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def is_markup(start: bytes) -> bool:
    """Whether a part begins as XML does, in 8-bit or 16-bit characters."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return True
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_what: Any) -> NoReturn:
    raise Refused(Reason.DAMAGED)
