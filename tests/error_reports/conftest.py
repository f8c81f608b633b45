from __future__ import annotations

from typing import Any

import pytest

from tests.error_reports.watching import admins
from tests.factories import Ministry, make_ministry


@pytest.fixture(autouse=True)
def told(settings: Any) -> None:
    """A site in service, whose webmaster gets its errors by mail."""
    settings.ADMINS = admins()
    settings.DEBUG = False


@pytest.fixture
def quick(settings: Any) -> None:
    """A test fills in a form faster than a person."""
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "FORM_MIN_SECONDS": 0}


@pytest.fixture
def ministry(db: None) -> Ministry:
    return make_ministry()
