"""A part of one process runs beside the next, and says what it has to say in one piece."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.fixtures.runs import ROOT


def test_a_part_of_one_process_runs_beside_the_next(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.test_everything"],
        cwd=ROOT,
        env={**os.environ, "PAKN_PARTS": "tests.scripts.beside_parts", "PAKN_PARTS_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    said = [line for line in done.stdout.splitlines() if re.match(r"### |said by|.*(passed|FAILED)", line)]
    assert [re.sub(r"[ #]*$", "", line) for line in said[:6]] == [
        "### Large", "said by large", "### Small", "said by small", "### Last", "### All parts",
    ]  # fmt: skip
    assert [re.split(r" s +", line)[-1].split() for line in said[6:]] == [
        ["Large", "passed"], ["Small", "passed"], ["Last", "FAILED", "(exit", "code", "3)"],
    ]  # fmt: skip
    assert done.returncode == 1
