"""The instants at which cases, deadlines and mails are tried are what they are called."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from pakn_portal import clock
from pakn_portal.cases.actions import open_case
from pakn_portal.cases.models import Case
from tests.factories import make_submission
from tests.fixtures.instants import INSTANTS, in_turn, stand_at


@pytest.mark.parametrize("name", INSTANTS)
def test_the_clock_stands_in_every_thread_and_moves_when_told(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = INSTANTS[name]
    stand_at(at, monkeypatch)
    with ThreadPoolExecutor(1) as pool:
        assert (clock.now(), pool.submit(clock.now).result()) == (at, at)
    with clock.acting_at(at + timedelta(hours=1)):
        assert clock.now() == at + timedelta(hours=1)
    assert clock.now() == at


def test_tests_in_turn_take_every_instant() -> None:
    assert {in_turn(f"tests/cases/test_{number}.py") for number in range(60)} == {*INSTANTS.values(), None}


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("before-the-office-closes", "2026-12-31"),
        ("after-the-office-closed", "2027-01-04"),
        ("the-last-minute-of-the-year", "2027-01-04"),
        ("tet", "2026-02-23"),
        ("a-swapped-saturday", "2026-08-22"),
    ],
)
def test_a_case_of_that_instant_counts_from(
    section: Any, name: str, registered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_at(INSTANTS[name], monkeypatch)
    case = open_case(make_submission())
    assert Case.objects.get(pk=case.pk).registered_on.isoformat() == registered
