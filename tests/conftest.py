"""What every test may use. The fixtures themselves are in `tests/fixtures`, one file for each matter."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.fixtures.browser import browser, open_page, page, phone_page
from tests.fixtures.servers import fail_without_server, mark_what_cannot_run, own_elasticsearch, summarise
from tests.fixtures.site import manage_process, section, site

__all__ = [
    "browser",
    "fail_without_server",
    "manage_process",
    "open_page",
    "own_elasticsearch",
    "page",
    "phone_page",
    "section",
    "site",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mark_what_cannot_run(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    summarise(terminalreporter, config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop the files of this run (uploads, SQLite), unless a developer named the folder to look into."""
    from django.conf import settings

    if settings.configured and not os.environ.get("PAKN_TEST_WORK_DIR"):
        shutil.rmtree(settings.WORK_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Limits by address and replay memory live in the cache, and must not reach the next test."""
    from django.core.cache import cache

    cache.clear()
    yield
