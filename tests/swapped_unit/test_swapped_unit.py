"""Settings are read once for each process, so these run in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.fixtures.database import before_app, migrate_with
from tests.fixtures.small_portal import MANAGE

pytestmark = pytest.mark.slow


def run(tmp_path: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings.swapped_unit",
        "PAKN_TEST_DB_NAME": str(tmp_path / "swapped.sqlite3"),
        "PAKN_TEST_WORK_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_check_complains_and_no_migration_is_missing(tmp_path: Path) -> None:
    commands = json.dumps([["check"], ["makemigrations", "--check", "--dry-run"]])
    checked, migrations = map(json.loads, run(tmp_path, "-c", MANAGE, commands).splitlines())
    assert (checked[0], "no issues" in checked[1]) == (0, True), checked
    assert (migrations[0], "No changes" in migrations[1]) == (0, True), migrations


def test_a_case_goes_all_the_way(tmp_path: Path) -> None:
    migrate_with("swapped_unit", tmp_path / "swapped.sqlite3", begin=before_app("pakn_portal"))
    told = run(tmp_path, "-m", "tests.swapped_unit.journey").strip().splitlines()
    assert told[-1] == "published by Department"
