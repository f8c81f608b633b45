"""Where the example keeps its data, and its secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
EXAMPLE_DIR = BASE_DIR / "example_site"
VAR_DIR = Path(os.environ.get("PORTAL_VAR") or BASE_DIR / "var")


def own_key(name: str) -> str:
    """A key of this installation's own: made once, kept beside its data under this name."""
    path = VAR_DIR / name
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()
