from __future__ import annotations

import pytest

from tests.factories import Ministry, make_ministry


@pytest.fixture
def ministry(db: None) -> Ministry:
    return make_ministry()
