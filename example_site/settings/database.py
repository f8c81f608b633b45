"""SQLite, or PostgreSQL where `PAKN_PG_HOST` names one."""

from __future__ import annotations

import os
from typing import Any

from example_site.settings.paths import VAR_DIR

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR_DIR / "portal.sqlite3",
    "OPTIONS": {
        # A writer takes its lock at BEGIN and others wait their turn, so two visitors never collide
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}
POSTGRESQL: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": os.environ.get("PAKN_PG_HOST", ""),
    "PORT": os.environ.get("PAKN_PG_PORT", "5432"),
    "USER": os.environ.get("PAKN_PG_USER", "postgres"),
    "PASSWORD": os.environ.get("PAKN_PG_PASSWORD", ""),
    "NAME": os.environ.get("PAKN_PG_DBNAME", "portal"),
}

DATABASES = {"default": POSTGRESQL if POSTGRESQL["HOST"] else SQLITE}
