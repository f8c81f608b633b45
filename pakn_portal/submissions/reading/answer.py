"""Reads one file and writes one line of JSON. The only place that catches errors of foreign parsers."""

from __future__ import annotations

import json
import traceback
from importlib import import_module
from io import BytesIO
from typing import Any, BinaryIO, Final

from pakn_portal.submissions.reading.true_type import true_type
from pakn_portal.submissions.reading.verdict import Reason, Refused

#: The reader of each type: its module in this package, and its function. Imported when needed.
READERS: Final = {
    "pdf": ("pdf", "look"),
    "jpg": ("pictures", "look_jpeg"),
    "png": ("pictures", "look_png"),
    "docx": ("office", "look_docx"),
    "xlsx": ("office", "look_xlsx"),
    "doc": ("compound", "look_doc"),
    "xls": ("compound", "look_xls"),
}
DRAWERS: Final = {"jpg": ("pictures", "draw_jpeg"), "png": ("pictures", "draw_png")}
#: Who makes the copy for the public; of other types there is none.
COPIERS: Final = {
    "pdf": ("copies.pdf", "copy"),
    "jpg": ("copies.pictures", "copy_jpeg"),
    "png": ("copies.pictures", "copy_png"),
    "docx": ("copies.office", "copy_docx"),
    "xlsx": ("copies.office", "copy_xlsx"),
}


def answer(
    kind: str, file: BinaryIO, out: BinaryIO, *, is_drawn: bool = False, is_copied: bool = False
) -> None:
    """A parser may raise anything; then the file counts as damaged.

    `trouble` names the exception and the line, and nothing of the file. Behind the line stands the picture,
    or of a copy: its text, as many bytes as `text` says, as many as `beside` says of what it holds beside it,
    and the copy itself, which was read once more.
    """
    # before the `try`: a missing library is not the file's fault
    look = _named(READERS[kind])
    read = _named(DRAWERS[kind] if is_drawn else COPIERS[kind]) if is_drawn or is_copied else look
    said: dict[str, Any] = {}
    copy = b""
    try:
        if is_drawn:
            copy = read(file).getvalue()
        elif is_copied:
            content, *told = read(file)
            said["seen"] = sorted(look(BytesIO(content)))
            text, beside = (words.encode("utf-8", "replace") for words in told)
            said |= {"text": len(text), "beside": len(beside)}
            copy = text + beside + content
        else:
            said["seen"] = sorted(read(file))
    except Refused as refusal:
        said["refused"] = refusal.reason
        if refusal.reason is Reason.OTHER_TYPE:
            said["is"] = true_type(file)
    except MemoryError:
        said["refused"] = Reason.HEAVY
    except Exception as error:
        said["refused"] = Reason.DAMAGED
        said["trouble"] = _place(error)
    out.write(json.dumps(said).encode() + b"\n" + copy)
    out.flush()


def _named(place: tuple[str, str]) -> Any:
    module, name = place
    return getattr(import_module(f"{__package__}.{module}"), name)


def _place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, line {frame.lineno}"
