"""What every test may use. The fixtures themselves are in `tests/fixtures`, one file for each matter."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.fixtures import instants
from tests.fixtures.browser import browser, open_page, page, phone_page
from tests.fixtures.collected import keep_all_that_was_collected
from tests.fixtures.database import django_db_keepdb, django_db_setup
from tests.fixtures.drawn import small_templates_are_not_kept
from tests.fixtures.instants import pytest_generate_tests, standing_clock
from tests.fixtures.runs import start_run
from tests.fixtures.servers import fail_without_server, mark_what_cannot_run, own_elasticsearch, summarise
from tests.fixtures.site import manage_process, section, site
from tests.settings import deprecations
from tests.where import markers_of

# an example that takes long tells of a busy machine, not of the code
hypothesis_settings.register_profile("pakn", deadline=None)
hypothesis_settings.load_profile("pakn")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}

__all__ = [
    "browser",
    "django_db_keepdb",
    "django_db_setup",
    "fail_without_server",
    "manage_process",
    "open_page",
    "own_elasticsearch",
    "page",
    "phone_page",
    "pytest_generate_tests",
    "section",
    "site",
    "small_templates_are_not_kept",
    "standing_clock",
    "start_run",
]


# nothing that is loaded and collected now is garbage, and to look through it again and again takes long
gc.disable()


def pytest_addoption(parser: pytest.Parser) -> None:
    instants.add_option(parser)
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out the tests that touch no database: they tell nothing new on a second one",
    )


def pytest_configure(config: pytest.Config) -> None:
    for line in deprecations.FILTERS:
        config.addinivalue_line("filterwarnings", line)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mark_where_it_runs_again(config, items)
    keep_all_that_was_collected(config, items)
    if config.getoption("--database-only"):
        pure = [item for item in items if not touches_database(item)]
        items[:] = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=pure)
    mark_what_cannot_run(config, items)
    # last, one of them would keep a worker busy while the other has nothing left
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded stays to the end, so the collector need not look through it again in every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


def mark_where_it_runs_again(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        path = item.path.relative_to(config.rootpath).as_posix()
        browser = item.get_closest_marker("browser") is not None
        own = {marker.name for marker in item.iter_markers()}
        for marker in markers_of(path, commits=commits(item), browser=browser, own=own):
            item.add_marker(marker)


def commits(item: pytest.Item) -> bool:
    database = item.get_closest_marker("django_db")
    by_marker = database is not None and bool(database.kwargs.get("transaction"))
    return by_marker or "transactional_db" in getattr(item, "fixturenames", ())


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    summarise(terminalreporter, config)
    if any("test_recall.py" in report.nodeid for report in terminalreporter.stats.get("passed", [])):
        from tests.text.sentences import table

        terminalreporter.write_sep("=", "personal data in labelled sentences")
        for line in table():
            terminalreporter.write_line(line)


def pytest_sessionstart(session: pytest.Session) -> None:
    from django.conf import settings

    if session.config.getoption("numprocesses", None):  # its workers collect
        gc.enable()

    settings.WORK_DIR.mkdir(parents=True, exist_ok=True)
    for folder in settings.WORK_DIR.parent.glob("[0-9]*"):  # of runs that were killed
        if (
            folder.name.isdigit()
            and not Path(f"/proc/{folder.name}").exists()
            and Path("/proc/self").exists()
        ):
            shutil.rmtree(folder, ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop the files of this run (uploads, SQLite), unless a developer named the folder to look into."""
    from django.conf import settings

    if settings.configured and not os.environ.get("PAKN_TEST_WORK_DIR"):
        shutil.rmtree(settings.WORK_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def quick_secrets(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old tracking secret is hashed slowly on purpose; a thousand test cases need not wait for it."""
    if request.node.get_closest_marker("slow_secrets") is None:
        monkeypatch.setattr("pakn_portal.submissions.secrets.hashes._SecretHasher.work_factor", 2)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """What one test kept must not reach the next."""
    from django.core.cache import cache

    cache.clear()
    yield
