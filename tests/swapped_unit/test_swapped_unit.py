"""Settings are read once for each process, so this runs in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.database import before_app
from tests.fixtures.other_apps import walk

pytestmark = pytest.mark.slow


def test_a_case_goes_all_the_way(tmp_path: Path) -> None:
    assert walk("swapped_unit", tmp_path, begin=before_app("pakn_portal")) == "published by Department"
