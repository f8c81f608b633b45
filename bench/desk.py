"""`python -m bench.desk 2000 200000`: screens of staff on PostgreSQL, with few cases and with many.

Prints a line for each row of the table of `bench`, its parts apart by tabs.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.site import missing_server, open_site

FEW, MANY = 2_000, 200_000
ROUNDS = 15
UNITS = 20
DRAFTS = 50
#: Made at once, so that they need little memory.
_CHUNK = 5_000
#: Four years of work: one case in ten is open, and as many have come on any day.
_SPREAD = """
    UPDATE pakn_portal_case SET
        registered_on = registered_on - (id %% 1400)::int,
        due_on = due_on - (id %% 1400)::int + 14,
        closed_on = CASE WHEN status = 'published' THEN due_on - (id %% 1400)::int + 10 END
    WHERE id > %s
"""
Row = tuple[str, str, str]


def rows(many: int = MANY) -> list[Row]:
    """In a process of its own, for PostgreSQL needs other settings."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.desk", str(min(FEW, many)), str(many)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return [(parts[0], parts[1], parts[2]) for parts in lines if len(parts) == 3]


def main() -> int:
    if reason := missing_server("database-postgresql"):
        print(f"NOT RUN: {reason}", file=sys.stderr)
        return 0
    few, many = int(sys.argv[1]), int(sys.argv[2])
    with open_site("postgresql"):
        for row in _measure(few, many):
            print("\t".join(row), flush=True)
    return 0


def _measure(few: int, many: int) -> Iterator[Row]:
    from django.core.management import call_command

    from pakn_portal.reports.daily import renew
    from tests.factories import make_ministry

    call_command("pakn_setup", verbosity=0)
    ministry = make_ministry()
    screens = _screens(ministry)
    found: dict[str, dict[int, tuple[int, float]]] = {name: {} for name in screens}
    made = 0
    for number in (few, many):
        _make(number - made, ministry)
        made = number
        renew()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        for name, (user, address) in screens.items():
            found[name][number] = _cost(user, address)
    for name, costs in found.items():
        counts = ", ".join(f"{number:,} cases: {count}" for number, (count, _taken) in costs.items())
        yield "desk", f"database queries, {name}", counts
        less, more = costs[few][1], costs[many][1]
        told = f"{more:.1f} ms with {many:,} cases, {less:.1f} ms with {few:,}: {more / less:.1f} times"
        yield "desk", f"{name}, PostgreSQL", told
    yield from _beside_drafts(ministry, screens)


def _screens(ministry: Any) -> dict[str, tuple[Any, str]]:
    """Who opens what."""
    from pakn_portal.staff import addresses
    from pakn_portal.staff.models import SavedView

    view = SavedView.objects.create(
        # a full page of it with few cases too
        owner=ministry.leader,
        name="Đang mở",
        query="scope=all&status=open&order=sector",
    )
    return {
        "list of cases": (ministry.leader, addresses.list_url(scope="all")),
        "saved view": (ministry.leader, f"{addresses.list_url()}?{view.query}&view={view.pk}"),
        "first page with its board": (ministry.leader, "/admin/"),
        "overview": (ministry.leader, "/admin/pakn/board/"),
        "search among cases": (ministry.intake, addresses.list_url(q="che do so 150")),
    }


def _make(number: int, ministry: Any) -> None:
    """Spread over units, states and days."""
    from pakn_portal.cases.enums import Status
    from pakn_portal.cases.models import Case
    from pakn_portal.snippets.models import Unit
    from tests.factories import make_many_cases, make_unit

    while Unit.objects.count() < UNITS:
        make_unit()
    units = list(Unit.objects.order_by("pk"))
    states = [Status.PUBLISHED] * 9 + [Status.PROCESSING]
    last = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    share = -(-number // (len(units) * len(states)))
    while number > 0:
        for unit in units:
            for status in states:
                part = min(share, number, _CHUNK)
                officer = ministry.officer if unit == ministry.unit else None
                make_many_cases(part, unit=unit, officer=officer, status=status)
                number -= part
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD, [last])


def _cost(user: Any, address: str) -> tuple[int, float]:
    """Queries, and milliseconds of the middle one of some rounds."""
    client = Client()
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    count, taken = len(captured), []
    assert response.status_code == 200, address
    for _round in range(ROUNDS):
        started = perf_counter()
        client.get(address)
        taken.append((perf_counter() - started) * 1000)
    return count, median(taken)


def _beside_drafts(ministry: Any, screens: dict[str, tuple[Any, str]]) -> Iterator[Row]:
    """What is kept of forms while somebody writes costs nothing where nobody writes."""
    from pakn_portal import clock
    from pakn_portal.submissions.models import KeptWords

    counts: dict[int, int] = {}
    user, address = screens["saved view"]
    for number in (0, DRAFTS):
        KeptWords.objects.bulk_create(
            KeptWords(owner=user, place=f"case/{n}/draft_answer", sealed="-", saved_at=clock.now())
            for n in range(number)
        )
        counts[number] = _cost(user, address)[0]
    told = ", ".join(f"{number} drafts: {count}" for number, count in counts.items())
    yield "desk", "database queries, saved view beside kept drafts", told


if __name__ == "__main__":
    sys.exit(main())
