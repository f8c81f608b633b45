"""`make test`: every part of the suite in turn, each with the database and the servers it is for.

A part that fails does not stop the next. The table at the end tells all; the exit code is 1 when one failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.servers.elasticsearch import find_java
from tests.servers.process import ServerUnavailable

ROOT = Path(__file__).resolve().parent.parent
LTS_PYTHON = str(ROOT / ".venv-lts" / "bin" / "python")
NO_SERVER = "not browser and not postgresql and not elasticsearch"
DATABASE_ONLY = ("--database-only",)


@dataclass(frozen=True)
class Part:
    """One run of pytest. `servers` names what is started around it."""

    title: str
    settings: str
    markers: str
    workers: int = 0
    servers: str = ""
    es_major: int = 8
    python: str = sys.executable
    options: tuple[str, ...] = ()

    def command(self) -> list[str]:
        pytest = [self.python, "-m", "pytest", f"--ds=tests.settings.{self.settings}", "-m", self.markers]
        pytest += ["-n", str(self.workers)] if self.workers else []
        pytest += self.options
        if not self.servers:
            return pytest
        return [sys.executable, "-m", "tests.servers", "--only", self.servers, "run", "--", *pytest]


PARTS = (
    Part("SQLite", "sqlite", f"{NO_SERVER} and not timing", workers=2),
    Part("What measures time, alone", "sqlite", f"{NO_SERVER} and timing"),
    Part("SQLite, in the browser", "sqlite", "browser and not postgresql and not elasticsearch"),
    Part(
        "PostgreSQL, and Elasticsearch 8",
        "postgresql",
        "not browser and not timing",
        workers=2,
        servers="postgresql,elasticsearch",
        options=DATABASE_ONLY,
    ),
    Part(
        "PostgreSQL with Elasticsearch 8, in the browser",
        "elasticsearch",
        "browser",
        servers="postgresql,elasticsearch",
    ),
    Part(
        "Elasticsearch 9",
        "sqlite",
        "elasticsearch and not browser and not postgresql",
        servers="elasticsearch",
        es_major=9,
    ),
    Part("Wagtail 7.4 LTS", "sqlite", f"{NO_SERVER} and not slow", workers=2, python=LTS_PYTHON),
)


def main() -> int:
    begin = time.monotonic()
    lines, failed = [], False
    for part in PARTS:
        start = time.monotonic()
        outcome = refusal(part) or run(part)
        failed = failed or outcome.startswith("FAILED")
        lines.append(f"{time.monotonic() - start:7.0f} s  {part.title:50} {outcome}")
    heading("All parts")
    print("\n".join(lines))
    print(f"{time.monotonic() - begin:7.0f} s  in all", flush=True)
    return 1 if failed else 0


def refusal(part: Part) -> str:
    """Why this part cannot run at all on this machine; only the second Elasticsearch is allowed to."""
    if part.es_major != 9:
        return ""
    try:
        find_java(9)
    except ServerUnavailable as reason:
        print(f"\n!!! NOT RUN: {part.title}\n{reason}", flush=True)
        return "NOT RUN: no Java 21 or newer"
    return ""


def run(part: Part) -> str:
    heading(part.title)
    environment = {**os.environ, "PAKN_ES_MAJOR": str(part.es_major)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    code = subprocess.run(part.command(), cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode
    if code == 5:
        return "FAILED: no test was found for this part"
    return "passed" if code == 0 else f"FAILED (exit code {code})"


def heading(text: str) -> None:
    print(f"\n{'#' * 3} {text} {'#' * max(3, 90 - len(text))}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
