from __future__ import annotations

import pytest

from tests.factories import Ministry, make_ministry


@pytest.fixture
def who(db: None) -> Ministry:
    """The people of a small ministry."""
    return make_ministry()
