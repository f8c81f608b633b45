"""In the place of `scripts/parts.py`: a part that fails, and one behind it."""

from __future__ import annotations

import sys
from typing import Final

from scripts.parts import Part

EVERY: Final = (
    Part("First", (sys.executable, "-c", "raise SystemExit(3)")),
    Part("Second", (sys.executable, "-c", "pass")),
)
WHOLE: Final = EVERY
