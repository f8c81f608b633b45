"""An error as a report may show it: its type, its place, and the part of its message that cannot be data.

PostgreSQL quotes the whole row that it refused, a KeyError the key, a failed conversion what was typed.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from types import CodeType, TracebackType
from typing import Any, Final

from django.db import Error as DatabaseError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

#: Errors whose message Python or Django build from names in the code.
_OF_CODE: Final = (
    AttributeError,
    ImportError,
    IndexError,
    ModuleNotFoundError,
    NameError,
    RecursionError,
    TypeError,
    UnboundLocalError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
_DRIVERS: Final = ("sqlite3", "psycopg", "psycopg2")
_QUOTED: Final = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"|“([^”\n]*)”")
#: Tables, columns and constraints of the database that messages quote.
_OF_TABLES: Final = re.compile(r"(?:pakn_portal|wagtail|django|auth)[a-z]*_[a-z0-9_.]*\Z")
#: How database messages may end, without quotes, when the end is not a name.
_TAILS: Final = frozenset({"syntax error", "Connection refused", "Connection timed out"})
_LONGEST: Final = 300
_DEEPEST: Final = 10
_LEFT_OUT: Final = "(left out)"


class BareError(Exception):
    """Stands in for an error. Each instance has a class of its own, with the name of the real class."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


def bare_error(error: BaseException) -> BaseException:
    """A copy of the error for a report, with its causes; its tracebacks contain no variables."""
    return _bare(error, _DEEPEST)


def bare_exc_info(error: BaseException) -> ExcInfo:
    bare = bare_error(error)
    return type(bare), bare, bare.__traceback__


def _bare(error: BaseException, depth: int) -> BaseException:
    if isinstance(error, BareError):
        return error
    kind = type(error)
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__}
    bare: BaseException = type(kind.__name__, (BareError,), names)(safe_message(error))
    if depth:
        bare.__cause__ = _bare(error.__cause__, depth - 1) if error.__cause__ else None
        bare.__context__ = _bare(error.__context__, depth - 1) if error.__context__ else None
    bare.__suppress_context__ = error.__suppress_context__
    return bare.with_traceback(bare_traceback(error.__traceback__))


def safe_message(error: BaseException) -> str:
    """The message without data; a fixed placeholder where data cannot be told from text."""
    if isinstance(error, OSError) and error.strerror:
        return f"[Errno {error.errno}] {error.strerror}"
    is_database = isinstance(error, DatabaseError) or type(error).__module__.split(".")[0] in _DRIVERS
    if not (is_database or type(error) in _OF_CODE):
        return _LEFT_OUT
    first = next(iter(str(error).splitlines()), "")[:_LONGEST]
    known = set() if is_database else _names_in(error)
    told = _QUOTED.sub(lambda match: match[0] if _is_known(match, known) else _LEFT_OUT, first)
    return _without_tail(told) if is_database else told


def _without_tail(told: str) -> str:
    """SQLite ends a message with the unknown word, unquoted: a column, or a value that was searched for."""
    kept, *parts = told.split(": ")
    for part in parts:
        is_ours = part in (*_TAILS, _LEFT_OUT) or all(map(_OF_TABLES.match, part.split(", ")))
        kept += f": {part if is_ours else _LEFT_OUT}"
        if not is_ours:
            break
    return kept


def _is_known(match: re.Match[str], known: set[str]) -> bool:
    word = next((group for group in match.groups() if group), "")
    return word in known or _OF_TABLES.match(word) is not None


def _names_in(error: BaseException) -> set[str]:
    """Names in the code where the error happened, and those of Python's own types."""
    names = {*dir(builtins), "NoneType", "module", "function", "method"}
    for traceback in _each(error.__traceback__):
        code = traceback.tb_frame.f_code
        names.update((*code.co_names, *code.co_varnames, code.co_name))
    return names


def _each(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


_RAISING: Final = compile("raise BareError", "bare", "exec")


def bare_traceback(traceback: TracebackType | None) -> TracebackType | None:
    """The same lines of the same files, in frames that contain no variables."""
    bare: TracebackType | None = None
    for place in reversed(list(_each(traceback))):
        bare = _bare_place(place, bare)
    return bare


def _bare_place(place: TracebackType, after: TracebackType | None) -> TracebackType:
    """Python creates a frame only by running code, so this runs code under the old name that only raises."""
    real, code = place.tb_frame, place.tb_frame.f_code
    stand_in: CodeType = _RAISING.replace(
        co_filename=code.co_filename, co_name=code.co_name, co_firstlineno=max(place.tb_lineno, 1)
    )
    known: dict[str, Any] = {"BareError": _Raised, "__builtins__": {}}
    known |= {n: real.f_globals[n] for n in ("__name__", "__file__", "__loader__") if n in real.f_globals}
    frame_of: TracebackType | None = None
    try:
        exec(stand_in, known)  # noqa: S102  (our own constant; nothing else makes a frame)
    except _Raised as raised:
        frame_of = raised.__traceback__ and raised.__traceback__.tb_next
    if frame_of is None:  # the stand-in always raises
        raise RuntimeError
    return TracebackType(after, frame_of.tb_frame, frame_of.tb_lasti, max(place.tb_lineno, 1))


class _Raised(Exception):
    pass
