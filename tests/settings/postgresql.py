"""PostgreSQL at the address that `python -m tests.servers` prints."""

from __future__ import annotations

import os

from tests.settings.base import *  # noqa: F403
from tests.settings.base import SUFFIX

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("PAKN_PG_HOST", "127.0.0.1"),
        "PORT": os.environ.get("PAKN_PG_PORT", "5432"),
        "USER": os.environ.get("PAKN_PG_USER", "postgres"),
        "PASSWORD": os.environ.get("PAKN_PG_PASSWORD", ""),
        "NAME": os.environ.get("PAKN_TEST_DB_NAME") or os.environ.get("PAKN_PG_DBNAME", "postgres"),
        "TEST": {"NAME": f"test_pakn_{SUFFIX}"},
    },
}
