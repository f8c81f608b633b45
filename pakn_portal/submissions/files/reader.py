"""Reads a sender's file in another process, within limits of memory and time.

A new process starts for each file (about a tenth of a second). It is not forked: a web server has threads,
and a fork would copy its locks, its connections and its secrets.
"""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from pakn_portal.submissions.files.errors import FileRefused, ReaderFailed, refusal
from pakn_portal.submissions.files.turns import Turns
from pakn_portal.submissions.reading import bounds
from pakn_portal.submissions.reading.verdict import Reason

logger = logging.getLogger(__name__)

#: The program of the child. Its import path has Python's own library first, and ours after it.
_START: Final = (
    "import sys; sys.path += sys.argv[1].split(sys.argv[2]); "
    "from pakn_portal.submissions.reading.process import main; main(*sys.argv[3:])"
)
_LIBRARIES: Final = ("pakn_portal", "PIL", "pypdf")
#: A picture of one pixel, for the system check.
_DOT: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550"
    "000000a4944415478da6360000000020001e527defc0000000049454e44ae426082"
)
_CHUNK: Final = 1024 * 1024
_LONGEST_LINE: Final = 64 * 1024
#: How many files one web server process has read at a time: each may use `bounds.MOST_MEMORY`.
_TURNS: Final = Turns(2)
#: Pictures drawn for staff, and the system check, never wait for senders.
_OWN_TURNS: Final = Turns(1)


def look(file: Any, kind: str, *, who: str = "") -> set[str]:
    """Codes of FileWarning for what the file contains. Raises FileRefused; ReaderFailed if nothing is known
    about it, and its subclass ReaderBusy if too many files came before.

    `who` is the address that sent it.
    """
    said, answer = _ask(file, kind, turns=_TURNS, who=who)
    answer.close()
    return set(said["seen"])


def draw(file: Any, kind: str) -> IO[bytes]:
    """The picture drawn again, as an open file at its start. Raises the same as `look`."""
    return _ask(file, kind, "draw", turns=_OWN_TURNS)[1]


class PublicCopy(NamedTuple):
    """A file without what it tells of its makers."""

    content: bytes
    #: As it is read, for the search of the site.
    text: str
    #: What else is in it: descriptions, names, addresses of links, formulas.
    beside: str
    #: Codes of FileWarning for what it still holds.
    seen: set[str]


def copy_for_public(file: Any, kind: str) -> PublicCopy:
    """Raises the same as `look`."""
    said, answer = _ask(file, kind, "copy", turns=_OWN_TURNS)
    with answer:
        text, beside = (answer.read(said[name]).decode("utf-8", "replace") for name in ("text", "beside"))
        return PublicCopy(answer.read(), text, beside, set(said["seen"]))


def problem() -> str:
    """Why no file can be read here, for the system check; empty if all is well."""
    try:
        said, answer = _ask(io.BytesIO(_DOT), "png", turns=_OWN_TURNS)
        answer.close()
    except FileRefused:
        return "it gave no answer"
    return "" if said == {"seen": []} else "it gave another answer than expected"


def _ask(file: Any, kind: str, *how: str, turns: Turns, who: str = "") -> tuple[dict[str, Any], IO[bytes]]:
    """The first line of the answer, and the rest. The file is copied both ways in unnamed temporary files."""
    answer = tempfile.TemporaryFile()  # noqa: SIM115  (goes on to whoever asked)
    try:
        with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as complaints:
            _pour(file, copy)
            with turns.turn(who, wait=bounds.WAIT_SECONDS):
                ended = _run(kind, how, copy, answer, complaints)
            said = _first_line(answer)
            if said is None:
                raise _without_answer(kind, ended, complaints)
        if "trouble" in said:
            logger.warning("A file sent as %s could not be read: %s", kind, said["trouble"])
        if "refused" in said:
            raise refusal(Reason(said["refused"]), kind, said.get("is", ""), was_read=True)
    except BaseException:
        answer.close()
        raise
    return said, answer


def _pour(file: Any, copy: IO[bytes]) -> None:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        copy.write(chunk)
    copy.seek(0)


def _run(
    kind: str, how: tuple[str, ...], file: IO[bytes], answer: IO[bytes], complaints: IO[bytes]
) -> int | None:
    """The exit code; None if the time was up. Leaves no process behind, and no zombie."""
    try:
        return subprocess.run(  # noqa: S603  (no word of a sender stands in it)
            [_python(), "-I", "-S", "-B", "-W", "ignore", "-c", _START, _places(), os.pathsep, kind, *how],
            stdin=file,
            stdout=answer,
            stderr=complaints,
            env=_environment(),
            cwd=tempfile.gettempdir(),
            timeout=bounds.WALL_SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        logger.exception("The process that looks into files could not be started")
        raise ReaderFailed from error


def _first_line(answer: IO[bytes]) -> dict[str, Any] | None:
    answer.seek(0)
    line = answer.readline(_LONGEST_LINE)
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _without_answer(kind: str, ended: int | None, complaints: IO[bytes]) -> Exception:
    """Killed by a limit or by the system: the file was too heavy. Ended by itself:
    the installation is broken.
    """
    complaints.seek(0)
    last = complaints.read(_LONGEST_LINE).decode(errors="replace").strip().rpartition("\n")[2]
    logger.error("No answer about a file sent as %s (exit code %s): %s", kind, ended, last[:300])
    is_heavy = ended is None or ended < 0
    return refusal(Reason.HEAVY, kind, was_read=True) if is_heavy else ReaderFailed()


@cache
def _python() -> str:
    """The interpreter. In a server that embeds Python (uWSGI, mod_wsgi)
    `sys.executable` is the server itself.
    """
    own = Path(sys.executable or "")
    if own.name.lower().startswith("python"):
        return str(own)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    places = [Path(prefix) / "bin" / version for prefix in (sys.prefix, sys.exec_prefix, sys.base_prefix)]
    return next((str(place) for place in places if place.exists()), version)


def _environment() -> dict[str, str]:
    """No database password, no key: only what a program needs to start."""
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}


@cache
def _places() -> str:
    """The folders from which the child imports: ours, and those of its libraries."""
    found = [find_spec(name) for name in _LIBRARIES]
    folders = [str(Path(spec.origin).resolve().parent.parent) for spec in found if spec and spec.origin]
    return os.pathsep.join(dict.fromkeys(folders))
