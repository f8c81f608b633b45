"""`make test` and `make test-all`: every part of `scripts/parts.py` in turn, each with the servers it needs.

A part that fails does not stop the next. One that keeps a single processor busy runs beside the next one, and
is printed after it. The table at the end tells all; the exit code is 1 when one failed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

from scripts.parts import ROOT, Part

NO_TEST_FOUND = 5  # pytest's exit code


@dataclass(frozen=True)
class Line:
    """Of the table at the end."""

    part: Part
    outcome: str
    seconds: float = 0
    processor: float = 0

    def __str__(self) -> str:
        return f"{self.seconds:7.0f} s {self.processor:7.0f} s  {self.part.title:60} {self.outcome}"


def main() -> int:
    options = parse()
    begin = time.monotonic()
    parts = importlib.import_module(os.environ.get("PAKN_PARTS", "scripts.parts"))
    chosen = [
        part
        for part in (parts.WHOLE if options.all else parts.EVERY)
        if options.only.lower() in part.title.lower()
    ]
    lines = list(lines_of(chosen))
    heading("All parts")
    print("   time  processor")
    print("\n".join(map(str, lines)))
    print(
        f"{time.monotonic() - begin:7.0f} s {sum(line.processor for line in lines):7.0f} s  in all",
        flush=True,
    )
    return 1 if any(line.outcome.startswith("FAILED") for line in lines) else 0


def lines_of(parts: list[Part]) -> Iterator[Line]:
    # one of them at a time: the part that they stand beside has its own
    with ThreadPoolExecutor(max_workers=1) as threads, ExitStack() as files:
        beside: list[tuple[Future[Line], Part, IO[bytes]]] = []
        for number, part in enumerate(parts, 1):
            if part.has_one_process and number < len(parts):
                into: IO[bytes] = files.enter_context(tempfile.TemporaryFile())
                beside.append((threads.submit(run, part, into), part, into))
                continue
            heading(part.title)
            yield run(part)
            while beside:
                line, other, said = beside.pop(0)
                done = line.result()
                heading(other.title)
                said.seek(0)
                print(said.read().decode(errors="replace"), flush=True)
                yield done


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.test_everything", description=__doc__)
    parser.add_argument("--all", action="store_true", help="the parts of `make test-all`")
    parser.add_argument("--only", default="", metavar="WORD", help="only parts with this in their title")
    return parser.parse_args()


def run(part: Part, said: IO[bytes] | None = None) -> Line:
    """`said`: where its words go, if not to everybody. Its servers are left out of the processor's time, for
    they are ended by their group and nobody waits for them.
    """
    if reason := part.missing():
        # it cannot run at all on this machine
        print(f"\n!!! NOT RUN: {part.title}\n{reason}", flush=True)
        return Line(part, f"NOT RUN: {reason.splitlines()[0]}")
    environment = {**os.environ, "PAKN_ES_MAJOR": str(part.es_major)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    # every worker of every part, and every process beside a test, would compile all of it anew
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.monotonic()
    process = subprocess.Popen(
        part.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT if said else None,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    outcome = "passed" if code == 0 else f"FAILED (exit code {code})"
    if code == NO_TEST_FOUND:
        outcome = "FAILED: no test was found for this part"
    return Line(part, outcome, time.monotonic() - begin, used.ru_utime + used.ru_stime)


def heading(text: str) -> None:
    print(f"\n{'#' * 3} {text} {'#' * max(3, 90 - len(text))}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
