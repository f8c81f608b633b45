"""Two parts of `make test` run at the same time, and what they say stands apart."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.runs import ROOT


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), ["first begins", "first ends", "second said", "and complained"]),
        (("--all",), ["second said", "and complained", "first begins", "first ends"]),
    ],
    ids=["test", "test-all"],
)
def test_the_second_speaks_when_the_first_has_ended(
    options: tuple[str, ...], said: list[str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.test_everything", *options],
        cwd=ROOT,
        env={
            **os.environ,
            "PAKN_PARTS_AT_ONCE": "2",
            "PAKN_PARTS": "tests.scripts.two_parts",
            "PAKN_WAITS_IN": str(tmp_path),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert [line for line in lines if line in said] == said
    titles = [line.split()[1] for line in lines if line.startswith("### ")]
    assert titles == (["First", "Second", "All"] if not options else ["Second", "First", "All"])
    assert re.search(r"^ +\d+ s +\d+ s  First +passed$", done.stdout, re.MULTILINE)
    assert re.search(r"^ +\d+ s +\d+ s  Second +FAILED \(exit code 3\)$", done.stdout, re.MULTILINE)
    assert done.returncode == 1
