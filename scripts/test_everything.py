"""`make test` and `make test-all`: every part of `scripts/parts.py` in turn, each with the servers it needs.

A part that fails does not stop the next. The table at the end tells all; the exit code is 1 when one failed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import subprocess
import sys
import time

from scripts.parts import ROOT, Part

NO_TEST_FOUND = 5  # pytest's exit code


def main() -> int:
    options = parse()
    begin = time.monotonic()
    lines, failed = [], False
    parts = importlib.import_module(os.environ.get("PAKN_PARTS", "scripts.parts"))
    for part in parts.WHOLE if options.all else parts.EVERY:
        if options.only.lower() not in part.title.lower():
            continue
        start, used = time.monotonic(), processor_seconds()
        outcome = refusal(part) or run(part)
        failed = failed or outcome.startswith("FAILED")
        spent = f"{time.monotonic() - start:7.0f} s {processor_seconds() - used:7.0f} s"
        lines.append(f"{spent}  {part.title:60} {outcome}")
    heading("All parts")
    print("   time  processor")
    print("\n".join(lines))
    print(f"{time.monotonic() - begin:7.0f} s {processor_seconds():7.0f} s  in all", flush=True)
    return 1 if failed else 0


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


def run(part: Part) -> str:
    heading(part.title)
    environment = {**os.environ, "PAKN_ES_MAJOR": str(part.es_major)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    # every worker of every part, and every process beside a test, would compile all of it anew
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    code = subprocess.run(part.command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode
    if code == NO_TEST_FOUND:
        return "FAILED: no test was found for this part"
    return "passed" if code == 0 else f"FAILED (exit code {code})"


def processor_seconds() -> float:
    """What the parts have used so far: on a busy machine this stays true where the time does not.

    Servers are left out, for they are ended by their group and nobody waits for them.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def heading(text: str) -> None:
    print(f"\n{'#' * 3} {text} {'#' * max(3, 90 - len(text))}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
