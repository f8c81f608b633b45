"""What the stand-in part runs: in each worker a process that has left its group and hears nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("number", [1, 2])
def test_waits(number: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "import signal; signal.signal(15, signal.SIG_IGN); signal.pause()"],
        start_new_session=True,
    )
    Path(os.environ["PAKN_WAITS_IN"], f"{number}.ready").write_text(str(child.pid))
    child.wait()
