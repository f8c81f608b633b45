"""In the place of `scripts/parts.py`: a part of one process and one that runs beside it, and a last one."""

from __future__ import annotations

import os
import sys
from typing import Final

from scripts.parts import Part

#: each of the two ends when it has seen the other
WAITING: Final = """
import pathlib, sys, time
mine, other = (pathlib.Path(sys.argv[1], name) for name in sys.argv[2:])
mine.touch()
end = time.monotonic() + 60
while not other.exists() and time.monotonic() < end:
    time.sleep(0.05)
print("said by", mine.name)
raise SystemExit(0 if other.exists() else 4)
"""


def waits(mine: str, other: str) -> tuple[str, ...]:
    return (sys.executable, "-c", WAITING, os.environ["PAKN_PARTS_FOLDER"], mine, other)


EVERY: Final = (
    Part("Small", waits("small", "large"), has_one_process=True),
    Part("Large", waits("large", "small")),
    Part("Last", (sys.executable, "-c", "raise SystemExit(3)"), has_one_process=True),
)
WHOLE: Final = EVERY
