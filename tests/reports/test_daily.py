"""The daily figures follow the cases, whatever is done to them, and are found when they do not."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.cases.actions import reopen_case
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.reports.daily import SHORTEST, renew
from pakn_portal.reports.models import DailyFigures, FiguresState
from tests.factories import Ministry, make_case, make_many_cases, make_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db: None) -> Ministry:
    return make_ministry()


def totals(**where: Any) -> dict[str, int]:
    rows = DailyFigures.objects.filter(**where).values("came_in", "done", "on_time", "late", "overran")
    names = ("came_in", "done", "on_time", "late", "overran")
    return {name: sum(row[name] for row in rows) for name in names}


def wait() -> None:
    """As after some minutes of the same day."""
    FiguresState.objects.update(counted_at=F("counted_at") - SHORTEST)


def verified() -> str:
    out = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", "--only", "I17", stdout=out, no_color=True)
    return out.getvalue()


def test_each_case_stands_on_its_days(ministry: Ministry) -> None:
    make_case(Status.PROCESSING, ministry)
    answered = make_case(Status.ANSWERED, ministry)
    late = make_case(Status.ANSWERED, ministry)
    overdue = make_case(Status.PROCESSING, ministry)
    yesterday = clock.today() - timedelta(days=1)
    Case.objects.filter(pk__in=[late.pk, overdue.pk]).update(due_on=yesterday)
    renew()
    assert totals() == {"came_in": 4, "done": 2, "on_time": 1, "late": 1, "overran": 2}
    assert totals(day=yesterday)["overran"] == 2
    assert totals(unit=ministry.unit, sector=answered.sector_id)["done"] == 2
    assert "I17 holds" in verified()


@pytest.mark.parametrize("status", [Status.COMPLAINT, Status.DENUNCIATION, Status.SECRET_HOLD])
def test_a_sealed_case_stands_in_no_figure(status: Status, ministry: Ministry) -> None:
    make_case(status, ministry)
    renew()
    assert not DailyFigures.objects.exists()


def test_what_is_done_anew_is_counted_anew(ministry: Ministry) -> None:
    case = make_case(Status.ANSWERED, ministry)
    renew()
    reopen_case(case, by=ministry.intake, note="Người gửi bổ sung giấy tờ.")
    assert totals()["done"] == 1
    wait()
    renew()
    assert totals() == {"came_in": 1, "done": 0, "on_time": 0, "late": 0, "overran": 0}


def test_a_case_falls_overdue_without_anybody_touching_it(ministry: Ministry) -> None:
    due_on = make_case(Status.PROCESSING, ministry).due_on
    renew()
    assert due_on is not None
    with clock.acting_at(clock.now() + (due_on - clock.today()) + timedelta(days=1)):
        assert renew() == 1
    assert totals(day=due_on)["overran"] == 1


def test_the_worker_counts_and_then_rests(ministry: Ministry) -> None:
    make_case(Status.PROCESSING, ministry)
    assert renew() > 0
    wait()
    with CaptureQueriesContext(connection) as queries:
        assert renew() == 0
    assert len(queries) == 2


def test_however_many_cases_change_all_are_counted_seldom(ministry: Ministry) -> None:
    """In rounds of the worker that come seconds after one another."""
    renew()
    for _round in range(3):
        make_case(Status.PROCESSING, ministry)
        with CaptureQueriesContext(connection) as queries:
            assert renew() == 0
        assert not [one for one in queries if "pakn_portal_case" in one["sql"]]
    wait()
    assert renew() > 0
    assert totals()["came_in"] == 3


@pytest.mark.parametrize(
    "harm",
    [
        lambda: DailyFigures.objects.update(done=7),
        lambda: DailyFigures.objects.all().delete(),
        lambda: DailyFigures.objects.bulk_create(
            [
                DailyFigures(day=row.day, unit=row.unit, sector=row.sector, done=row.done)
                for row in DailyFigures.objects.all()
            ]
        ),
    ],
)
def test_what_differs_is_told_and_mended_by_the_command(harm: Any, ministry: Ministry) -> None:
    make_case(Status.ANSWERED, ministry)
    renew()
    before = totals()
    harm()
    assert "I17 broken: figures of" in verified()
    call_command("pakn_figures", verbosity=0)
    assert totals() == before
    assert "I17 holds" in verified()


def test_queries_do_not_grow_with_the_cases(ministry: Ministry) -> None:
    counts = []
    for number in (1, 30):
        make_many_cases(number, unit=ministry.unit)
        with CaptureQueriesContext(connection) as queries:
            call_command("pakn_figures", verbosity=0)
        counts.append(len([one for one in queries if "pakn_portal_" in one["sql"]]))
    assert counts[0] + 1 >= counts[1]


AHEAD = {
    "a line that there is not": "last_event=last_event+1",
    "counted in the future": "counted_at='2100-01-01 00:00:00+00:00'",
    "counted on a day to come": "counted_on='2100-01-01'",
}


@pytest.mark.parametrize("kind", AHEAD)
def test_figures_that_nobody_could_have_counted_are_found_and_counted_again(
    kind: str, ministry: Ministry
) -> None:
    make_case(Status.PROCESSING, ministry)
    renew()
    assert "I17 holds" in verified()
    DailyFigures.objects.update(came_in=99)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE pakn_portal_figuresstate SET {AHEAD[kind]}")
    assert "I17 broken: the figures say that they were counted in the future" in verified()
    if "counted_at" not in AHEAD[kind]:
        wait()
    renew()
    assert totals()["came_in"] == 1
    assert "I17 holds" in verified()
