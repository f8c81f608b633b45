"""The fast settings: SQLite in a file, so that threads and processes of one test see the same rows."""

from __future__ import annotations

import os

from tests.settings.base import *  # noqa: F403
from tests.settings.base import WORK_DIR

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        # a file even before the test database is made: the live server would take ":memory:" for a sign to
        # share one connection among its threads, which SQLite does not survive
        "NAME": os.environ.get("PAKN_TEST_DB_NAME") or WORK_DIR / "test.sqlite3",
        "TEST": {"NAME": WORK_DIR / "test.sqlite3"},
        "OPTIONS": {
            # a writer takes its lock at BEGIN, so two writers wait for one another and neither fails half-way
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    },
}
