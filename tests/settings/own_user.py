"""A portal whose accounts are its own model."""

from __future__ import annotations

from tests.settings.sqlite import *  # noqa: F403
from tests.settings.sqlite import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.own_user"]
AUTH_USER_MODEL = "own_user.Member"
