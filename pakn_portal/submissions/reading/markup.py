"""XML read as it comes, in any encoding, and never with a DTD: no entity means anything here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NoReturn, Protocol
from xml.parsers import expat

from pakn_portal.submissions.reading.verdict import Reason, Refused

Unreadable = expat.ExpatError
Attributes = dict[str, str]


class Handler(Protocol):
    """Names come without their prefix: what a part calls its namespaces is its own affair."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def text(self, data: str) -> None: ...

    def end(self, name: str) -> None: ...


def read(chunks: Iterable[bytes], handler: Handler | None = None) -> None:
    """Without a handler only whether it is well-formed. Raises Unreadable when it is not; Refused for a DTD
    (H27, H29), which no office program writes.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    if handler is not None:
        parser.buffer_text = True
        parser.StartElementHandler = _bare(handler.start)
        parser.EndElementHandler = _bare(handler.end)
        parser.CharacterDataHandler = handler.text
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def is_markup(start: bytes) -> bool:
    """Whether a part begins as XML does, in eight bits or sixteen."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return True
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def local(name: str) -> str:
    return name.rpartition(":")[2]


def _bare(handle: Callable[..., None]) -> Callable[..., None]:
    def handle_bare(name: str, *more: Any) -> None:
        handle(local(name), *more)

    return handle_bare


def _refuse(*_what: Any) -> NoReturn:
    raise Refused(Reason.DAMAGED)
