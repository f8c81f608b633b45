"""In the place of `scripts/parts.py`: one part with all that a real one has, and it waits to be ended."""

from __future__ import annotations

import sys
from typing import Final

from scripts.parts import Part

SERVERS: Final = ("-m", "tests.servers", "--only", "postgresql", "run", "--")
#: without Django, which a process takes seconds to load and which starts none
QUICK: Final = ("-p", "no:django", "--noconftest")
PYTEST: Final = ("-m", "pytest", "-q", "-n", "2", *QUICK, "tests/scripts/waits.py")
EVERY: Final = (Part("Waits", (sys.executable, *SERVERS, sys.executable, *PYTEST)),)
WHOLE: Final = EVERY
