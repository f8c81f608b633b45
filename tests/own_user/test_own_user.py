"""The user model is read once for each process, so this runs in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.other_apps import walk

pytestmark = pytest.mark.slow


def test_a_case_goes_all_the_way_by_the_screens(tmp_path: Path) -> None:
    assert walk("own_user", tmp_path) == (
        "published; mails to cuc@example.vn, focal@bo.example, head@bo.example, "
        "officer@bo.example, publisher@bo.example"
    )
