"""Whose address a request comes from, whatever a proxy writes."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from pakn_portal import checks, clock
from pakn_portal.submissions.client import client_address

pytestmark = pytest.mark.django_db


def seen_as(forwarded: str | None, *, connection: str = "10.0.0.1") -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(
        RequestFactory().get("/", REMOTE_ADDR=connection, HTTP_FORWARDED="for=9.9.9.9", **headers)
    )


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
    assert seen_as(forwarded) == seen


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [
        ("203.0.113.5:49152", "203.0.113.5"),
        ("1.2.3.4:1, 203.0.113.5:49152", "203.0.113.5"),
        ("203.0.113.5%eth0", "203.0.113.5"),
        ('"203.0.113.5:49152"', "203.0.113.5"),
        ("[2001:db8:1:2::5]:49152", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::5]", "2001:db8:1:2::/64"),
        ('"[2001:db8:1:2::5]:49152"', "2001:db8:1:2::/64"),
        ("[fe80::1%eth0]:443", "fe80::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("[::ffff:203.0.113.5]:49152", "203.0.113.5"),
    ],
)
def test_ports_brackets_and_zones_are_left_out(settings: Any, forwarded: str, seen: str) -> None:
    settings.PAKN_PORTAL = {"TRUSTED_PROXY_COUNT": 1}
    assert seen_as(forwarded) == seen


@pytest.mark.parametrize(
    "forwarded",
    [None, "", "unknown", "_hidden", "203.0.113.5:", "203.0.113.5:x", "999.1.1.1:2", "[::1", "1.2.3.4,"],
)
def test_what_cannot_be_read_is_told_in_the_log_and_by_a_check(
    settings: Any, caplog: pytest.LogCaptureFixture, forwarded: str | None
) -> None:
    settings.PAKN_PORTAL = {"TRUSTED_PROXY_COUNT": 1}
    assert checks.check_visitors(None, databases=["default"]) == []
    for _visitor in range(3):
        assert seen_as(forwarded) == "10.0.0.1"
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("pakn_portal.submissions.client", logging.ERROR)
    assert "X-Forwarded-For" in record.getMessage()
    assert "203" not in record.getMessage()
    (message,) = checks.check_visitors(None, databases=["default"])
    assert message.id == "pakn_portal.W008"
    with clock.acting_at(clock.now() + timedelta(hours=25)):
        assert checks.check_visitors(None, databases=["default"]) == []
    assert checks.check_visitors(None) == []


def test_a_connection_without_an_address_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    """As behind a Unix socket, where nobody counted the proxy."""
    assert seen_as("203.0.113.5", connection="") == "unknown"
    assert "REMOTE_ADDR" in caplog.text


def test_an_address_that_is_read_is_worth_no_word(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.PAKN_PORTAL = {"TRUSTED_PROXY_COUNT": 1}
    assert seen_as("203.0.113.5:49152") == "203.0.113.5"
    assert caplog.records == []
    assert checks.check_visitors(None, databases=["default"]) == []
