"""A part of `make test` that fails stops none of those behind it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.fixtures.runs import ROOT


@pytest.mark.parametrize("options", [(), ("--all",)], ids=["test", "test-all"])
def test_a_failed_part_does_not_stop_the_next(options: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.test_everything", *options],
        cwd=ROOT,
        env={**os.environ, "PAKN_PARTS": "tests.scripts.two_parts"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert re.search(r"^ +\d+ s +\d+ s  First +FAILED \(exit code 3\)$", done.stdout, re.MULTILINE)
    assert re.search(r"^ +\d+ s +\d+ s  Second +passed$", done.stdout, re.MULTILINE)
    assert done.returncode == 1
