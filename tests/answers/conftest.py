from __future__ import annotations

from typing import Any

import pytest

from tests.factories import Ministry, make_ministry


@pytest.fixture
def who(section: Any) -> Ministry:
    """The people of a small ministry, and the section's pages."""
    return make_ministry()
