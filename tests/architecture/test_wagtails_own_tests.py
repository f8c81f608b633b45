"""`make test-all` compares Wagtail's own tests with us and without; what the comparison says is tried."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.compare_wagtail import LOADING, SUITES, tell
from scripts.parts import DEV, LTS, WHOLE

SAME = {"a.test": "passed", "b.test": "failures", "c.test": "skipped"}


def test_it_runs_on_both_wagtails() -> None:
    found = [part.command[0] for part in WHOLE if "scripts.compare_wagtail" in part.command]
    assert found == [str(DEV), str(LTS)]
    assert {"wagtail.admin", "wagtail.snippets", "wagtail.users", "wagtail.contrib"} < set(SUITES)


def test_the_same_outcomes_are_well_even_where_wagtail_is_red_alone(capsys: Any) -> None:
    assert tell(SAME, dict(SAME)) == 0
    assert "3 tests of Wagtail, 1 red without us already, 0 differ" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ({**SAME, "a.test": "failures"}, "a.test: without us passed, with us failures"),
        ({**SAME, "c.test": "passed"}, "c.test: without us skipped, with us passed"),
        ({"a.test": "passed", "b.test": "failures"}, "c.test: without us skipped, with us not there"),
    ],
)
def test_another_outcome_is_told_and_fails(beside: dict[str, str], told: str, capsys: Any) -> None:
    assert tell(SAME, beside) == 1
    assert told in capsys.readouterr().out


def test_what_could_not_be_compared_fails(capsys: Any) -> None:
    lost = {**SAME, f"{LOADING}wagtail.admin.tests.test_views": "errors"}
    assert tell(lost, dict(lost)) == 1
    assert "not loaded, so not compared: wagtail.admin.tests.test_views" in capsys.readouterr().out
    assert tell({}, {}) == 1
