from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory

from pakn_portal import clock
from pakn_portal.submissions import limits
from pakn_portal.submissions.client import client_address

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


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


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "không phải địa chỉ", "10.0.0.1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
    ],
)
def test_h49_only_what_our_proxies_say_counts(settings: Any, proxies: int, forwarded: str, seen: str) -> None:
    settings.PAKN_PORTAL = {"TRUSTED_PROXY_COUNT": proxies}
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded, HTTP_FORWARDED="for=9.9.9.9"
    )
    assert client_address(request) == seen
