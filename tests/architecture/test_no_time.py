"""No test measures time: the linter finds a clock however it is imported, and only in tests."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib

import pytest

from tests.architecture.source import ROOT

LINT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
BANNED = list(LINT["flake8-tidy-imports"]["banned-api"])
CLOCKS = [name for name in BANNED if "." in name]


def complaints(place: str, source: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise", "--stdin-filename", place, "-"],
        input=source,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if "TID251" in line]


def every_use() -> str:
    """Each banned clock in three lines: by its module, imported by name, and under another name."""
    pieces = []
    for clock in CLOCKS:
        module, _dot, name = clock.rpartition(".")
        pieces += [f"import {module}", f"{module}.{name}()", f"from {module} import {name} as x"]
    return "\n".join(pieces) + "\n"


def is_clock(name: str) -> bool:
    try:
        time.get_clock_info(name)
    except ValueError:
        return False
    return True


def test_every_clock_of_the_standard_library_is_banned() -> None:
    clocks = {f"time.{name}{unit}" for name in dir(time) if is_clock(name) for unit in ("", "_ns")}
    assert len(clocks) == 10
    assert clocks - set(CLOCKS) == set()


@pytest.mark.parametrize("place", ["tests/test_new.py", "tests/text/test_linear.py", "tests/a/b/test_c.py"])
def test_a_clock_in_a_test_is_found(place: str) -> None:
    assert len(complaints(place, every_use())) == 2 * len(CLOCKS)


@pytest.mark.parametrize("place", ["tests/fixtures/waiting.py", "bench/__main__.py", "pakn_portal/worker.py"])
def test_elsewhere_a_clock_is_no_matter(place: str) -> None:
    assert complaints(place, every_use()) == []
