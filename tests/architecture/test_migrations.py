from __future__ import annotations

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from pakn_portal.cases.enums import Status
from tests.architecture.source import PACKAGE
from tests.factories import make_case, make_ministry
from tests.fixtures.database import on_sqlite
from tests.fixtures.site import Manage

GENERATED_NAME = re.compile(r"_auto_|_and_more$|_\d{8}")


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def migrations() -> list[Path]:
    return sorted((PACKAGE / "migrations").glob("[0-9]*.py"))


def test_migrations_have_speaking_names() -> None:
    assert [path.name for path in migrations() if GENERATED_NAME.search(path.stem)] == []


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in migrations()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_migrations_are_generated_on_the_lowest_wagtail() -> None:
    """Wagtail 8 writes a swappable page model and its own newer migrations, which 7.4 does not know."""
    text = "\n".join(path.read_text() for path in migrations())
    assert "WAGTAIL_PAGE_MODEL" not in text
    assert re.findall(r'"wagtailcore", "0(09[89]|[1-9]\d\d)', text) == []


def test_no_migration_calls_code_that_lives_on() -> None:
    """It would do something else one day. Where a field stands, and how a site is set, it may ask."""
    allowed = {"pakn_portal.conf"}
    found = [
        f"{path.name}: {node.module}"
        for path in migrations()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pakn_portal")
        if node.module not in allowed
    ]
    assert found == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_going_back_and_forth_loses_nothing_that_was_known(tmp_path: Path, manage_process: Manage) -> None:
    """Back to before the expected days off and the keys of what was written, and up again."""
    if not on_sqlite():
        pytest.skip("a copy of a file")
    make_case(Status.RECEIVED, make_ministry(), content="Đơn của bà Ơn – gửi Ủy ban, lần 2!")
    copy = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    before = facts(copy)
    assert "expected" in {status for _date, status, _note in before["days off"]}
    migrate(manage_process, copy, "0030_days_of_receipt")
    with closing(sqlite3.connect(copy)) as there:
        expected = "SELECT count(*) FROM pakn_portal_holiday WHERE status = 'expected'"
        assert there.execute(expected).fetchall() == [(0,)]
        assert there.execute(INDEX).fetchall() == before["index"]
    migrate(manage_process, copy)
    assert facts(copy) == before


INDEX = "SELECT name FROM sqlite_master WHERE name = 'pakn_submission_folded'"


def facts(file: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(file)) as there:
        return {
            "days off": there.execute(
                "SELECT date, status, note FROM pakn_portal_holiday ORDER BY date"
            ).fetchall(),
            "keys": there.execute("SELECT content_key FROM pakn_portal_submission").fetchall(),
            "index": there.execute(INDEX).fetchall(),
        }


def migrate(manage_process: Manage, file: Path, *to: str) -> None:
    arguments = ("migrate", "pakn_portal", *to, "--verbosity=0", "--skip-checks")
    told, _none = (process := manage_process(*arguments, PAKN_TEST_DB_NAME=str(file))).communicate()
    assert process.returncode == 0, told
