"""In the place of `scripts/parts.py`: a part that ends only when the next one has run."""

from __future__ import annotations

import sys
from typing import Final

from scripts.parts import Part

WAIT: Final = """
import os, pathlib, time
print("first begins", flush=True)
while not pathlib.Path(os.environ["PAKN_WAITS_IN"], "second").exists():
    time.sleep(0.05)
print("first ends", flush=True)
"""
FAIL: Final = """
import os, pathlib, sys
print("second said", flush=True)
print("and complained", file=sys.stderr)
pathlib.Path(os.environ["PAKN_WAITS_IN"], "second").touch()
sys.exit(3)
"""
FIRST: Final = Part("First", (sys.executable, "-c", WAIT))
SECOND: Final = Part("Second", (sys.executable, "-c", FAIL))
EVERY: Final = (FIRST, SECOND)
WHOLE: Final = (SECOND, FIRST)
