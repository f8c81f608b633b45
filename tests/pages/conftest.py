from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def quick(settings: Any) -> None:
    """A test fills in a form faster than a person."""
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "FORM_MIN_SECONDS": 0}
