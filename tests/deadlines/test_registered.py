from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from pakn_portal.deadlines.registered import VIETNAM, registered_on

from .calendars import d, shipped


@pytest.mark.parametrize(
    ("local", "day"),
    [
        (datetime(2026, 3, 5, 9, 0), "05/03/2026"),
        (datetime(2026, 3, 5, 17, 0), "05/03/2026"),
        (datetime(2026, 3, 5, 17, 0, 1), "06/03/2026"),
        (datetime(2026, 3, 6, 20, 0), "09/03/2026"),  # Friday evening
        (datetime(2026, 3, 7, 9, 0), "09/03/2026"),  # Saturday
        (datetime(2026, 1, 10, 9, 0), "10/01/2026"),  # a Saturday that is worked
        (datetime(2026, 2, 13, 18, 0), "23/02/2026"),  # the evening before Tết
        (datetime(2025, 12, 31, 18, 0), "05/01/2026"),
    ],
)
def test_registered_on(local: datetime, day: str) -> None:
    assert registered_on(local.replace(tzinfo=VIETNAM), calendar=shipped()) == d(day)


def test_an_instant_of_the_database_is_read_in_vietnam() -> None:
    # 18:30 UTC on Wednesday is 01:30 on Thursday in Vietnam, the whole year through.
    for month, day in ((3, 4), (7, 15)):
        instant = datetime(2026, month, day, 18, 30, tzinfo=UTC)
        assert registered_on(instant, calendar=shipped()) == d(f"{day + 1}/{month}/2026")


def test_the_end_of_office_hours_is_an_argument() -> None:
    instant = datetime(2026, 3, 5, 16, 45, tzinfo=VIETNAM)
    assert registered_on(instant, calendar=shipped(), office_closes=time(16, 30)) == d("06/03/2026")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        registered_on(datetime(2026, 3, 5, 9, 0), calendar=shipped())
