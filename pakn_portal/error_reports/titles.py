"""Wagtail tells its log the title of every page that it saves, publishes, moves or takes off (INFO). Those of
answers stay out: what is taken off, or sealed, would otherwise stand in a file that nobody clears.
"""

from __future__ import annotations

import logging
from types import FrameType
from typing import Any, Final

_HIDDEN: Final = "…"
#: So many frames lie at most between a filter and whoever logs.
_FARTHEST: Final = 12


class Untitled(logging.Filter):
    """Passes every record; numbers stay, so that the page is found."""

    def filter(self, record: logging.LogRecord) -> bool:
        page = _page_of(record) if record.levelno <= logging.INFO else None
        if page is not None:
            for words in {str(page), page.title, page.draft_title} - {""}:
                record.msg = str(record.msg).replace(words, _HIDDEN)
            if isinstance(record.args, tuple):
                record.args = tuple(_untitled(each) for each in record.args)
        return True


def _untitled(value: Any) -> Any:
    return _HIDDEN if isinstance(value, str) and not value.isdigit() else value


def _page_of(record: logging.LogRecord) -> Any:
    """The page without a title that the function which logs holds, itself or in its action."""
    frame: FrameType | None = logging.currentframe()
    for _step in range(_FARTHEST):
        if frame is None:
            return None
        if frame.f_code.co_name == record.funcName and frame.f_code.co_filename == record.pathname:
            held = list(frame.f_locals.values())
            held += [getattr(each, name, None) for each in held for name in ("object", "page")]
            return next((each for each in held if _keeps_title(each)), None)
        frame = frame.f_back
    return None


def _keeps_title(value: Any) -> bool:
    kind = type(value)
    if hasattr(kind, "specific_class") and not hasattr(kind, "keeps_title_from_logs"):
        kind = value.specific_class or kind
    return bool(getattr(kind, "keeps_title_from_logs", False))
