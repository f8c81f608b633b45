"""`make test` and `make test-all`: every part of `scripts/parts.py`, each with the servers it needs.

Of `make test` two parts run side by side, for most leave a processor idle while they load or wait; what the
second says is printed when the first has ended. A part that fails does not stop the next. The table at the
end tells all; the exit code is 1 when one failed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import IO

from scripts.parts import ROOT, Part

NO_TEST_FOUND = 5  # pytest's exit code
#: Two parts at once end a little sooner on two cores, but each waits for the other, and tests that wait for a
#: browser or a lock need the machine to themselves.
AT_ONCE = int(os.environ.get("PAKN_PARTS_AT_ONCE", "1"))


def main() -> int:
    options = parse()
    begin = time.monotonic()
    parts = importlib.import_module(os.environ.get("PAKN_PARTS", "scripts.parts"))
    chosen = [
        part
        for part in (parts.WHOLE if options.all else parts.EVERY)
        if options.only.lower() in part.title.lower()
    ]
    screen = Screen()
    # hours of test-all may not end over what two parts do to one another
    with ThreadPoolExecutor(1 if options.all else AT_ONCE) as pool:
        told = list(pool.map(lambda part: run(part, screen), chosen))
    heading("All parts")
    print("   time  processor")
    for part, (outcome, spent, used) in zip(chosen, told, strict=True):
        print(f"{spent:7.0f} s {used:7.0f} s  {part.title:60} {outcome}")
    print(f"{time.monotonic() - begin:7.0f} s {processor_seconds():7.0f} s  in all", flush=True)
    return 1 if any(outcome.startswith("FAILED") for outcome, _spent, _used in told) else 0


class Screen:
    """One part writes to it as it goes; what the others say is kept until it has ended."""

    def __init__(self) -> None:
        self._lock, self._is_taken = Lock(), False
        self._kept: list[tuple[str, IO[bytes]]] = []

    def take(self, title: str) -> bool:
        """Whether this part may write."""
        with self._lock:
            if self._is_taken:
                return False
            self._is_taken = True
            heading(title)
            return True

    def leave(self) -> None:
        with self._lock:
            self._is_taken = False
            self._print()

    def keep(self, title: str, said: IO[bytes]) -> None:
        with self._lock:
            self._kept.append((title, said))
            if not self._is_taken:
                self._print()

    def _print(self) -> None:
        for title, said in self._kept:
            heading(title)
            with said:
                said.seek(0)
                shutil.copyfileobj(said, sys.stdout.buffer)
                sys.stdout.flush()
        self._kept.clear()


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.test_everything", description=__doc__)
    parser.add_argument("--all", action="store_true", help="the parts of `make test-all`")
    parser.add_argument("--only", default="", metavar="WORD", help="only parts with this in their title")
    return parser.parse_args()


def refusal(part: Part) -> str:
    """Why this part cannot run at all on this machine."""
    reason = part.missing()
    if reason:
        print(f"\n!!! NOT RUN: {part.title}\n{reason}", flush=True)
        return f"NOT RUN: {reason.splitlines()[0]}"
    return ""


def run(part: Part, screen: Screen) -> tuple[str, float, float]:
    """How it ended, its seconds, and those of the processor."""
    start = time.monotonic()
    if outcome := refusal(part):
        return outcome, 0, 0
    environment = {**os.environ, "PAKN_ES_MAJOR": str(part.es_major)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    # every worker of every part, and every process beside a test, would compile all of it anew
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    is_seen = screen.take(part.title)
    said = None if is_seen else tempfile.TemporaryFile()  # noqa: SIM115  (goes on to the screen)
    process = subprocess.Popen(
        part.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said and subprocess.STDOUT,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    if said is None:
        screen.leave()
    else:
        screen.keep(part.title, said)
    outcome = "passed" if code == 0 else f"FAILED (exit code {code})"
    if code == NO_TEST_FOUND:
        outcome = "FAILED: no test was found for this part"
    return outcome, time.monotonic() - start, used.ru_utime + used.ru_stime


def processor_seconds() -> float:
    """What the parts have used: on a busy machine this stays true where the time does not.

    Servers are left out, for they are ended by their group and nobody waits for them.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def heading(text: str) -> None:
    print(f"\n{'#' * 3} {text} {'#' * max(3, 90 - len(text))}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
