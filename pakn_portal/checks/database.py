"""What is wrong with the database: its engine, its tables, and rows that only an administrator can mend."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, connections, router
from wagtail.models import Site

from pakn_portal import clock
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.management.migrated import waiting_migrations
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.submissions import limits

SEARCHABLE = ("sqlite", "postgresql")


def engine() -> Iterator[CheckMessage]:
    connection = connections[router.db_for_write(ArchiveEntry)]
    if connection.vendor not in SEARCHABLE:
        yield Error(
            f"The archive cannot be searched on {connection.vendor}.",
            hint="Use PostgreSQL or SQLite.",
            id="pakn_portal.E010",
        )
    options = connection.settings_dict.get("OPTIONS", {})
    if connection.vendor == "sqlite" and options.get("transaction_mode") not in ("IMMEDIATE", "EXCLUSIVE"):
        yield Warning(
            "Two visitors who write at once would collide on SQLite.",
            hint='Set "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20} in DATABASES.',
            id="pakn_portal.W002",
        )


def migrations() -> Iterator[CheckMessage]:
    """A warning, for `migrate` itself asks the checks of databases and would refuse at an error. Whoever runs
    that is told nothing: they are about to do what it asks.
    """
    if sys.argv[1:2] == ["migrate"]:
        return
    try:
        waiting = waiting_migrations()
    except DatabaseError:  # told by whoever asks it next
        return
    if waiting:
        yield Warning(
            f"{len(waiting)} migrations of pakn_portal are not applied, from {waiting[0]} on.",
            hint="Run “manage.py migrate”.",
            id="pakn_portal.W037",
        )


def unread_addresses() -> Iterator[CheckMessage]:
    try:
        is_unread = limits.UNREADABLE_LATELY.is_used_up("")
    except DatabaseError:  # before the first migrate
        return
    if is_unread:
        yield Warning(
            "Within a day a visitor's address could not be read, so visitors shared one limit.",
            hint="Compare TRUSTED_PROXY_COUNT with what your proxies write into X-Forwarded-For; the log of "
            "pakn_portal.submissions.client shows its shape.",
            id="pakn_portal.W008",
        )


def years() -> Iterator[CheckMessage]:
    today = clock.today()
    try:
        calendar = current_calendar()
    except DatabaseError:  # before the first migrate
        return
    for year in calendar.missing_years(today):
        yield Warning(
            f"The days off of {year} are not complete, so no deadline in that year can be computed.",
            hint=_holidays_hint(year) if calendar.years else "Run “manage.py pakn_setup”.",
            id="pakn_portal.W006",
        )


def _holidays_hint(year: int) -> str:
    return f"Add New Year's Day, Tết, 30/04, 01/05 and 02/09 of {year} to the list of holidays."


def host_of_site() -> Iterator[CheckMessage]:
    """Read from the database: links in mails to senders are made of it."""
    try:
        hosts = list(Site.objects.filter(is_default_site=True).values_list("hostname", flat=True))
    except DatabaseError:  # before the first migrate
        return
    if "localhost" in hosts and not settings.DEBUG:
        yield Warning(
            "Mails to senders would link to http://localhost.",
            hint="Write the portal's own host name and port in the admin: Settings → Sites.",
            id="pakn_portal.W026",
        )


def cache() -> Iterator[CheckMessage]:
    """Asked beside the databases, for it is as far away. A cache that keeps nothing by intent is W004.

    A warning, for `migrate` asks this too, and the table of a cache in the database is made after it.
    """
    if settings.CACHES.get("default", {}).get("BACKEND", "").endswith(".DummyCache"):
        return
    key, value = f"pakn-check-{uuid4().hex}", "kept"
    try:
        caches["default"].set(key, value, timeout=60)
        is_there = caches["default"].get(key) == value
        caches["default"].delete(key)
    except Exception as error:  # a client of a cache may raise anything
        is_there, problem = False, f"{type(error).__name__}: {error}"
    else:
        problem = "what is put in is not there afterwards"
    if not is_there:
        yield Warning(
            f"The cache does not work ({problem}), and the section's pages need it.",
            hint='Look at CACHES["default"]: does its server run, may the site write into its folder? The '
            "table of DatabaseCache is made by “manage.py createcachetable”, once.",
            id="pakn_portal.W039",
        )
