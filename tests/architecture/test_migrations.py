from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.source import PACKAGE

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
