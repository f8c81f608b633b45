#!/usr/bin/env python3
"""guard.py COMMAND…: run it; whatever it started ends with it.

`make test` and `make demo` start servers, browsers and workers, some in sessions of their own and under
another user. All of them carry our mark in their environment, and are ended, politely and then by force,
- when the command has ended,
- when we are told to stop by TERM, INT or HUP,
- when the `make` above us is told so: on INT and HUP it only waits for us, without a word,
- when our parent is gone,
- and, should we be killed ourselves, by the next guard of this checkout.

Only Linux shows the environment of a process; elsewhere the command alone is ended. Nothing but the standard
library, for it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MARK = "PAKN_GUARDS"
PROC = Path("/proc")
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
CHECKOUT = hashlib.sha256(str(Path(__file__).resolve().parent.parent).encode()).hexdigest()[:12]
#: seconds: between two looks, and what an orderly end may take before force
PAUSE, PATIENCE = 0.2, 5.0
told: list[int] = []


def main(command: list[str]) -> int:
    for number in SIGNALS:
        signal.signal(number, lambda received, _frame: told.append(received))
    end(left_over)
    mark, parent = token(os.getpid()), os.getppid()
    environment = {**os.environ, MARK: os.environ.get(MARK, "") + mark}
    child = subprocess.Popen(command, env=environment)
    makes = 0
    while child.poll() is None and not told and os.getppid() == parent and makes < 2:
        # a make that starts a process holds signals back for a moment too, hence two looks
        makes = makes + 1 if a_make_above_ends() else 0
        time.sleep(PAUSE)
    ended = child.poll()
    if ended is None:
        child.terminate()
    end(lambda: carrying(mark), child)
    if ended is None:
        return 128 + (told[0] if told else signal.SIGTERM)
    return ended if ended >= 0 else 128 - ended


def token(pid: int) -> str:
    """Names one guard; its start is part of it, for a number is used again."""
    return f"<{CHECKOUT}.{pid}.{stat(pid)[19]}>" if PROC.exists() else ""


def end(find: Callable[[], list[int]], child: subprocess.Popen[bytes] | None = None) -> None:
    """Ask what `find` finds to end, and end it by force when it takes too long."""
    started, asked = time.monotonic(), set[int]()
    while True:
        if child is not None:
            child.poll()
        found = [pid for pid in find() if pid != os.getpid()]
        if not found and (child is None or child.poll() is not None):
            return
        waited = time.monotonic() - started
        for pid in found:
            if pid not in asked or waited > PATIENCE:
                send(pid, signal.SIGKILL if waited > PATIENCE else signal.SIGTERM)
            asked.add(pid)
        if waited > PATIENCE and child is not None and child.poll() is None:
            child.kill()
        if waited > 2 * PATIENCE:
            return
        time.sleep(PAUSE / 2)


def send(pid: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def left_over() -> list[int]:
    """What carries the mark of a guard of this checkout that is no more."""
    marks = {mark for marks in marked().values() for mark in marks}
    dead = {mark for mark in marks if not lives(mark)}
    return [pid for mark in dead for pid in carrying(mark)]


def lives(mark: str) -> bool:
    pid = int(mark.split(".")[1])
    return (PROC / str(pid)).exists() and token(pid) == mark


def carrying(mark: str) -> list[int]:
    """Living processes with this mark or with a leader or parent that has it: some hide their environment."""
    found = {pid for pid, marks in marked().items() if mark in marks} if mark else set()
    living = {pid: stat(pid) for pid in processes()}
    size = -1
    while len(found) != size:
        size = len(found)
        found |= {pid for pid, told in living.items() if told and {int(told[1]), int(told[3])} & found}
    return [pid for pid in found if living.get(pid, []) and living[pid][0] != "Z"]


def marked() -> dict[int, list[str]]:
    pattern = re.compile(rf"<{CHECKOUT}\.\d+\.\d+>")
    return {pid: marks for pid in processes() if (marks := pattern.findall(environment_of(pid)))}


def environment_of(pid: int) -> str:
    """Its line with the marks, or nothing where we may not look."""
    try:
        lines = (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return ""
    return next((line.decode() for line in lines if line.startswith(MARK.encode() + b"=")), "")


def processes() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()] if PROC.exists() else []


def stat(pid: int) -> list[str]:
    """Of /proc/PID/stat what stands behind the name: state, parent, group, session …; the start is at 19."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def a_make_above_ends() -> bool:
    """Whether a make above us holds one of our signals back: it does while it waits for us to end."""
    pid = os.getppid()
    while pid > 1:
        try:
            status = dict(
                line.split(":\t", 1)
                for line in (PROC / str(pid) / "status").read_text().splitlines()
                if ":\t" in line
            )
        except OSError:
            return False
        if status["Name"] not in ("make", "gmake", "sh", "bash", "dash"):
            return False
        held = int(status["SigBlk"], 16)
        if status["Name"] in ("make", "gmake") and any(held >> (number - 1) & 1 for number in SIGNALS):
            return True
        pid = int(status["PPid"])
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
