from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.submissions import limits
from pakn_portal.submissions.limits import Claim, counting, give_back_all, take_all
from pakn_portal.submissions.models import LimitCount
from tests.fixtures.threads import at_once

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CACHES = {
    "nothing is kept": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "local memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
    "files": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"},
    "database": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits_cache"},
}

pytestmark = pytest.mark.django_db


def after(**more: float) -> Any:
    return clock.acting_at(NOON + timedelta(**more))


@pytest.fixture(params=CACHES)
def any_cache(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """Redis and Memcached keep no more than these do: nothing of a limit is asked of any of them."""
    chosen = dict(CACHES[request.param])
    settings.CACHES = {"default": {"LOCATION": str(tmp_path), **chosen}}
    if request.param == "database":
        call_command("createcachetable", verbosity=0)


def test_a_limit_holds_for_its_window_and_for_whom_it_concerns(settings: Any) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": 2}}
    with clock.acting_at(NOON):
        assert [limits.SUBMIT_HOUR.take("a") for _ in range(3)] == [True, True, False]
        assert limits.SUBMIT_HOUR.is_used_up("a") is True
        assert limits.SUBMIT_HOUR.is_used_up("b") is False
    with clock.acting_at(NOON + timedelta(hours=1)):
        assert limits.SUBMIT_HOUR.is_used_up("a") is False


@pytest.mark.parametrize("off", [None, 0])
def test_a_limit_can_be_switched_off(settings: Any, off: int | None) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": off}}
    assert all(limits.SUBMIT_HOUR.take("a") for _ in range(50))
    assert limits.SUBMIT_HOUR.is_used_up("a") is False


@pytest.mark.usefixtures("any_cache")
@pytest.mark.parametrize("limit", [limits.SUBMIT_HOUR, limits.SUBMIT_DAY, limits.WRONG_PER_NUMBER])
def test_a4_a_window_lasts_its_whole_time_on_every_cache(limit: limits.Limit) -> None:
    """Begun where an hour of the clock ends, and looked at after each cache's own time (300 s) was over."""
    with after(minutes=59):
        while limit.take("a"):
            pass
    for seconds in (61, 303, limit.seconds - 1):
        with after(minutes=59, seconds=seconds):
            assert limit.take("a") is False
    with after(minutes=59, seconds=limit.seconds):
        assert limit.take("a") is True


def test_no_hour_on_end_has_more_than_allowed(settings: Any) -> None:
    """What was taken comes back one by one, as it grows old enough."""
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": 3}}
    taken = []
    for minute in range(0, 240, 5):
        with after(minutes=minute):
            if limits.SUBMIT_HOUR.take("a"):
                taken.append(minute)
    assert taken == [0, 5, 10, 60, 65, 70, 120, 125, 130, 180, 185, 190]


def test_how_long_to_wait_is_told_to_the_second(settings: Any) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"upload_bytes_per_address_hour": 100}}
    limit = limits.UPLOAD_BYTES_HOUR
    for minute, amount in ((0, 30), (10, 60)):
        with after(minutes=minute):
            assert limit.take("a", amount)
    with after(minutes=20):
        assert [limit.seconds_to_wait("a", amount) for amount in (10, 11, 40, 41)] == [0, 2400, 2400, 3000]
        assert limit.take("a", 11) is False
    with after(minutes=60):
        assert limit.take("a", 40) is True


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 phút"), (60, "1 phút"), (61, "2 phút"), (7200, "120 phút"), (7201, "3 giờ"), (86_400, "24 giờ")],
)
def test_a_wait_is_said_in_words_and_never_too_short(seconds: int, words: str) -> None:
    assert limits.wait_in_words(seconds) == words


def test_a_use_with_a_mark_counts_once_and_can_be_given_back(settings: Any) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": 1}}
    limit = limits.SUBMIT_HOUR
    assert [limit.take("a", mark="form") for _ in range(3)] == [True, True, True]
    assert limit.take("a", mark="another") is False
    limit.give_back("a", mark="another")
    assert limit.is_used_up("a") is True
    limit.give_back("a", mark="form")
    assert limit.take("a", mark="another") is True


def test_all_of_several_are_taken_or_none(settings: Any) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": 2, "submit_per_address_day": 1}}
    claims = [Claim(limits.SUBMIT_HOUR, "a"), Claim(limits.SUBMIT_DAY, "a")]
    assert [take_all(claims), take_all(claims)] == [None, claims[1]]
    give_back_all(claims)
    assert take_all([claims[0], claims[0]]) is None


def test_a_clock_that_was_set_back_locks_nobody_out(settings: Any) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": 1}}
    with after(days=300):
        assert limits.SUBMIT_HOUR.take("a")
    with clock.acting_at(NOON):
        assert limits.SUBMIT_HOUR.take("a")


def test_a_row_does_not_grow_without_end_and_forgets_nothing_early(settings: Any) -> None:
    allowed = counting.MOST_USES + 200
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": allowed}}
    for second in range(allowed):
        with after(seconds=second):
            assert limits.SUBMIT_HOUR.take("a")
    with after(seconds=3599):
        assert limits.SUBMIT_HOUR.take("a") is False
        assert limits.SUBMIT_HOUR.count("a") == allowed + 1
    assert len(LimitCount.objects.get().uses) <= counting.MOST_USES


def test_no_address_stands_in_the_table_and_its_rows_go_with_their_time() -> None:
    with clock.acting_at(NOON):
        limits.SUBMIT_HOUR.take("203.0.113.77", mark="form-key")
        limits.SUBMIT_DAY.take("203.0.113.77")
    stored = str(list(LimitCount.objects.values_list()))
    assert not any(clear in stored for clear in ("203.0", "form-key", "submit"))
    for hours, left in ((1, 2), (1.1, 1), (24, 1), (24.1, 0)):
        with after(hours=hours):
            counting.sweep()
        assert LimitCount.objects.count() == left


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("any_cache")
def test_a4_eight_times_fifty_at_once_are_four_hundred() -> None:
    def count() -> list[int]:
        return [limits.SUBMIT_HOUR.count("a") for _ in range(50)]

    seen = sorted(number for numbers in at_once([count] * 8) for number in numbers)
    assert seen == list(range(1, 401))
    assert limits.SUBMIT_HOUR.count("a") == 401


@pytest.mark.django_db(transaction=True)
def test_of_many_who_try_at_once_no_more_than_allowed_get_through() -> None:
    taken = at_once([lambda: limits.SUBMIT_HOUR.take("a")] * 24)
    assert sum(taken) == limits.SUBMIT_HOUR.allowed


@pytest.mark.django_db(transaction=True)
def test_a_count_waits_for_a_transaction_that_holds_it(settings: Any) -> None:
    """As where a request is one transaction: the second is told what the first took."""
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"submit_per_address_hour": 4}}

    def take_within() -> bool:
        with transaction.atomic():
            return limits.SUBMIT_HOUR.take("a") and connection.in_atomic_block

    assert sum(at_once([take_within] * 8)) == 4
    assert limits.SUBMIT_HOUR.is_used_up("a") is True


@pytest.mark.django_db(transaction=True)
def test_the_worker_may_sweep_while_others_count() -> None:
    with clock.acting_at(NOON):
        limits.SUBMIT_HOUR.count("a")

    def count() -> int:
        return max(limits.SUBMIT_HOUR.count("a") for _ in range(20))

    at_once([count, counting.sweep, count, counting.sweep])
    assert limits.SUBMIT_HOUR.count("a") == 41


# counting


def used(amount: int) -> Any:
    return lambda uses, now: [*uses, counting.Use(now, amount)]


def test_several_are_changed_in_their_order_and_each_sees_the_one_before() -> None:
    keys = ("b", "a", "b", "c")
    changes = [counting.KeyedChange(key, 60, used(n)) for n, key in enumerate(keys[:3])]
    changes.append(counting.KeyedChange("c", 60, lambda uses, now: None))
    with CaptureQueriesContext(connection) as asked:
        first, second, third, left = counting.change_all(changes)
    statements = [query["sql"] for query in asked if "pakn_portal_limitcount" in query["sql"]]
    assert len(statements) == 3
    assert [[use.amount for use in uses or []] for uses in (first, second, third)] == [[0], [1], [0, 2]]
    assert left is None
    found = {key: [use.amount for use in counting.read(key, 60)] for key in keys}
    assert found == {"a": [1], "b": [0, 2], "c": []}


def test_where_one_has_no_room_nothing_is_changed_and_the_transaction_goes_on() -> None:
    def full(uses: list[counting.Use], now: int) -> None:
        raise counting.NoRoom

    counting.change("a", 60, used(1))
    with transaction.atomic():
        with pytest.raises(counting.NoRoom):
            counting.change_all([counting.KeyedChange("a", 60, used(2)), counting.KeyedChange("b", 60, full)])
        counting.change("c", 60, used(3))
    found = {key: [use.amount for use in counting.read(key, 60)] for key in "abc"}
    assert found == {"a": [1], "b": [], "c": [3]}


def test_each_of_several_forgets_what_is_older_than_its_own_window() -> None:
    windows = (("a", 60), ("b", 3600))
    for minute, amount in ((0, 1), (30, 2)):
        with after(minutes=minute):
            counting.change_all(
                [counting.KeyedChange(key, seconds, used(amount)) for key, seconds in windows]
            )
    with after(minutes=30):
        found = {key: [use.amount for use in counting.read(key, 3600)] for key in "ab"}
    assert found == {"a": [2], "b": [1, 2]}
