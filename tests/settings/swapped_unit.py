"""A portal whose units are its own model."""

from __future__ import annotations

from tests.settings.sqlite import *  # noqa: F403
from tests.settings.sqlite import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.swapped_unit"]
PAKN_PORTAL_UNIT_MODEL = "swapped_unit.Department"
