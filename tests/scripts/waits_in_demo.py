"""Server or worker of the stand-in demo: says that it is there, and waits."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

Path(os.environ["PAKN_WAITS_IN"], f"{sys.argv[1]}.ready").write_text(str(os.getpid()))
signal.pause()
