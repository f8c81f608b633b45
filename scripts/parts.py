"""What `make test` and `make test-all` are made of.

`make test` runs every test once, on SQLite, and again elsewhere what `tests/where.py` says may differ there.
`make test-all` runs everything on every database with every Wagtail, Python and Django.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fixtures.instants import EACH as AT_EACH
from tests.fixtures.instants import IN_TURN
from tests.servers.elasticsearch import find_java
from tests.servers.process import ServerUnavailable
from tests.where import (
    ANY_HOUR,
    EVERY_DATABASE,
    EVERY_WAGTAIL,
    NEWEST,
    NO_WAGTAIL,
    ONE_SERVER,
    SAME_ON_EVERY_WAGTAIL,
    files_of,
)

ROOT: Final = Path(__file__).resolve().parent.parent
DEV: Final = Path(sys.executable)
LTS: Final = ROOT / ".venv-lts" / "bin" / "python"
NEW: Final = ROOT / ".venv-new" / "bin" / "python"

SERVERS: Final = "postgresql,elasticsearch"
NO_SERVER: Final = "not browser and not postgresql and not elasticsearch"
#: for the coverage: a search server stands beside it, so that it tells of its code too
EACH: Final = "not browser and not postgresql"
BROWSER: Final = "browser and not postgresql and not elasticsearch"
SEARCH_SERVER: Final = "elasticsearch and not browser and not postgresql"
SLOWEST: Final = ("--durations=25", "--durations-min=0.5")
#: what and how much stands in setup.cfg
COVERAGE: Final = ("--cov", "--cov-report=term-missing:skip-covered")


@dataclass(frozen=True)
class Part:
    """One command, after which the table of `make test` has one line more."""

    title: str
    command: tuple[str, ...]
    es_major: int = 8
    #: why it cannot be had on this machine, or ""; such a part is told loudly and fails nothing
    missing: Callable[[], str] = str
    #: it would leave the other processors idle
    has_one_process: bool = False


def suite(
    title: str,
    settings: str,
    markers: str,
    *,
    python: Path = DEV,
    workers: int = 2,
    servers: str = "",
    es_major: int = 8,
    options: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    but: tuple[str, ...] = (),
) -> Part:
    """A run of pytest. `servers` names what is started around it.

    `only`: the markers of which each of its tests has one, so that no worker reads the other files;
    `but`: the files of them that it leaves out.
    """
    pytest = (
        str(python),
        "-m",
        "pytest",
        f"--ds=tests.settings.{settings}",
        "-m",
        markers,
        *SLOWEST,
        *options,
    )
    pytest += ("-n", str(workers), "--dist", "worksteal") if workers else ()
    pytest += tuple(files_of(*only, but=but)) if only else ()
    started = (str(DEV), "-m", "tests.servers", "--only", servers, *ahead(settings), "run", "--")
    command = (*started, *pytest) if servers else pytest

    def missing() -> str:
        return (no_newer_python() if python == NEW else "") or (no_newer_java() if es_major == 9 else "")

    return Part(title, command, es_major, missing, has_one_process=workers == 0)


def ahead(settings: str) -> tuple[str, ...]:
    """A database is migrated while the search server beside it starts."""
    return () if settings == "sqlite" else ("--migrate", f"tests.settings.{settings}")


def no_newer_python() -> str:
    return "" if NEW.exists() else "no Python 3.12 or newer on PATH or in pyenv, and Django 6.1 needs it"


def no_newer_java() -> str:
    try:
        find_java(9)
    except ServerUnavailable as reason:
        return f"no Java 21 or newer ({reason})"
    return ""


LINT: Final = Part("Lint", ("scripts/lint.sh", ".venv", ".venv-lts"), has_one_process=True)

EVERY: Final = (
    LINT,
    suite("SQLite", "sqlite", NO_SERVER, options=("--at", IN_TURN)),
    # a browser often waits: beside it there is room for what one process does
    suite(
        "Newest Python and Django",
        "sqlite",
        f"{NEWEST} and {NO_SERVER} and not slow",
        python=NEW,
        workers=0,
        only=(NEWEST,),
    ),
    Part(
        "Wagtail 7.4 LTS: its database",
        (str(LTS), "-m", "tests.fixtures.template", "tests.settings.sqlite"),
        has_one_process=True,
    ),
    suite("SQLite, in the browser", "sqlite", BROWSER, only=("browser",)),
    suite(
        "PostgreSQL, and Elasticsearch 8",
        "postgresql",
        f"({EVERY_DATABASE} or postgresql or elasticsearch) and not browser",
        servers=SERVERS,
        options=("--database-only",),
        only=(EVERY_DATABASE, "postgresql", "elasticsearch"),
    ),
    suite(
        "Elasticsearch 9",
        "sqlite",
        f"{SEARCH_SERVER} and not {ONE_SERVER}",
        servers="elasticsearch",
        es_major=9,
        only=("elasticsearch",),
    ),
    suite(
        "Wagtail 7.4 LTS",
        "sqlite",
        f"{EVERY_WAGTAIL} and {NO_SERVER} and not slow and not exhaustive and not {NO_WAGTAIL}",
        python=LTS,
        only=(EVERY_WAGTAIL,),
        but=SAME_ON_EVERY_WAGTAIL,
    ),
)


def on_every_server(name: str, python: Path) -> tuple[Part, ...]:
    """Everything that one environment can run: each database and search server, without and in a browser."""
    return (
        suite(f"{name}: SQLite", "sqlite", NO_SERVER, python=python),
        suite(f"{name}: SQLite, in the browser", "sqlite", BROWSER, python=python, only=("browser",)),
        suite(
            f"{name}: PostgreSQL, and Elasticsearch 8",
            "postgresql",
            "not browser",
            python=python,
            servers=SERVERS,
        ),
        suite(
            f"{name}: PostgreSQL with Elasticsearch 8, in the browser",
            "elasticsearch",
            "browser",
            python=python,
            servers=SERVERS,
            only=("browser",),
        ),
        suite(
            f"{name}: Elasticsearch 9",
            "sqlite",
            SEARCH_SERVER,
            python=python,
            servers="elasticsearch",
            es_major=9,
            only=("elasticsearch",),
        ),
    )


WHOLE: Final = (
    LINT,
    suite("Coverage", "sqlite", EACH, servers="elasticsearch", options=COVERAGE),
    suite(
        "At every hour and date",
        "sqlite",
        f"{ANY_HOUR} and {NO_SERVER}",
        options=("--at", AT_EACH),
        only=(ANY_HOUR,),
    ),
    *on_every_server("Wagtail 8", DEV),
    *on_every_server("Wagtail 7.4 LTS", LTS),
    *on_every_server("Newest Python and Django", NEW),
    Part("Wagtail 8: its own tests, with us and without", (str(DEV), "-m", "scripts.compare_wagtail")),
    Part("Wagtail 7.4 LTS: its own tests, with us and without", (str(LTS), "-m", "scripts.compare_wagtail")),
)
