"""A portal with a procedure of its own beside petitions."""

from __future__ import annotations

from tests.settings.sqlite import *  # noqa: F403
from tests.settings.sqlite import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.second_procedure"]
# written out, so that `makemigrations` can name it in a migration that is not ours
PAKN_PORTAL_UNIT_MODEL = "pakn_portal.Unit"
