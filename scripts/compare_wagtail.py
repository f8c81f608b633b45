"""Wagtail's own tests, once without this app and once with it, compared test by test.

Each differing test is printed with both outcomes; the exit code is then 1, and so it is when a module of
tests could not be loaded, for then it was not compared. A test that fails both ways is only counted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
#: what Wagtail's tests import beside Wagtail (requirements/wagtail-tests.txt); the Makefile fills it
NEEDS: Final = ROOT / "var" / "wagtail-tests"
#: admin, snippets, users, workflow and everything in contrib
SUITES: Final = (
    "wagtail.admin",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.contrib",
    "wagtail.tests.test_workflow",
    "wagtail.tests.test_workflow_model",
)
LOADING: Final = "unittest.loader._FailedTest."

Outcomes = dict[str, str]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.compare_wagtail", description=__doc__)
    parser.add_argument("suites", nargs="*", default=SUITES, help="dotted names of packages of Wagtail")
    suites = parser.parse_args().suites
    with tempfile.TemporaryDirectory(prefix="wagtail-own-") as folder:
        runs = [start(suites, Path(folder) / name, beside=name == "with") for name in ("without", "with")]
        for run in runs:
            run.wait()
        without, beside = (outcomes(Path(folder) / name) for name in ("without", "with"))
    return tell(without, beside)


def start(suites: list[str], folder: Path, *, beside: bool) -> subprocess.Popen[bytes]:
    """One run, with its words in `folder/log`; the two go on beside each other."""
    folder.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(NEEDS)]),
        "DJANGO_SETTINGS_MODULE": "tests.wagtail_own.settings",
        "PAKN_BESIDE": str(int(beside)),
        "PAKN_TEST_WORK_DIR": str(folder),
        "OUTCOMES": str(folder / "outcomes.json"),
    }
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "django", "test", "--noinput", *suites]
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def outcomes(folder: Path) -> Outcomes:
    """Raises SystemExit with the end of the log when the run did not come to its end."""
    written = folder / "outcomes.json"
    if not written.exists():
        raise SystemExit(
            f"Wagtail's tests {folder.name} us did not run:\n{(folder / 'log').read_text()[-4000:]}"
        )
    found: Outcomes = json.loads(written.read_text())
    return found


def tell(without: Outcomes, beside: Outcomes) -> int:
    """What differs, how many were compared, and what could not be."""
    unloaded = sorted(name.removeprefix(LOADING) for name in without if name.startswith(LOADING))
    for name in unloaded:
        print(f"not loaded, so not compared: {name}")
    lines = different(without, beside)
    print("\n".join(lines))
    red = sum(outcome in ("failures", "errors") for outcome in without.values())
    print(f"{len(without)} tests of Wagtail, {red} red without us already, {len(lines)} differ with us")
    return 1 if lines or unloaded or not without else 0


def different(without: Outcomes, beside: Outcomes) -> list[str]:
    """A line for each test whose outcome is another one with us, or which one side alone has."""
    return [
        f"{name}: without us {without.get(name, 'not there')}, with us {beside.get(name, 'not there')}"
        for name in sorted(without.keys() | beside.keys())
        if without.get(name) != beside.get(name)
    ]


if __name__ == "__main__":
    sys.exit(main())
