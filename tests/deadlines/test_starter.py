"""The shipped rows fit their models and say what they must."""

from __future__ import annotations

from datetime import date

import pytest

from pakn_portal.snippets import models
from pakn_portal.snippets.enums import OtherProcedure, SenderKind, Step

from .calendars import starter_rows

MODELS = {
    "holidays": models.Holiday,
    "refusal_reasons": models.RefusalReason,
    "sectors": models.Sector,
    "agencies": models.Agency,
    "deadline_rules": models.DeadlineRule,
}
KEYS = {
    "holidays": "date",
    "refusal_reasons": "code",
    "sectors": "code",
    "agencies": "code",
    "synonyms": "term",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", MODELS)
def test_rows_are_valid(name: str) -> None:
    for row in starter_rows(name):
        MODELS[name](**row).full_clean(validate_unique=False, validate_constraints=False)


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_keys_are_unique(name: str, key: str) -> None:
    keys = [row[key] for row in starter_rows(name)]
    assert sorted(keys) == sorted(set(keys))


def test_deadline_rules_are_unique_by_what_they_name() -> None:
    names = ("step", "kind", "sender_kind", "sector", "urgency", "procedure", "valid_from")
    keys = [tuple(row.get(name, "") for name in names) for row in starter_rows("deadline_rules")]
    assert len(set(keys)) == len(keys)


def test_every_step_has_a_rule_for_everybody() -> None:
    """But for an extension: the law gives none to what voters and deputies are answered. What is handed over
    is a complaint or a denunciation, and each has its own.
    """
    rows = starter_rows("deadline_rules")
    named = ("kind", "sender_kind", "procedure")
    general = {row["step"] for row in rows if not any(row.get(name) for name in named)}
    assert general == {*Step.values} - {Step.EXTENSION, Step.HAND_OVER}
    assert {row["procedure"] for row in rows if row["step"] == Step.HAND_OVER} == {*OtherProcedure.values}
    extended = {row["sender_kind"] for row in rows if row["step"] == Step.EXTENSION}
    assert extended == {SenderKind.CITIZEN, SenderKind.BUSINESS}


def test_extra_working_days_are_saturdays_and_swaps_come_in_pairs() -> None:
    rows = starter_rows("holidays")
    worked = [date.fromisoformat(row["date"]) for row in rows if row["kind"] == "working_day"]
    swapped = [row for row in rows if row["name"].startswith("Nghỉ hoán đổi")]
    assert [day.weekday() for day in worked] == [5] * len(swapped)


def test_days_made_up_for_are_named_so() -> None:
    made_up = [row["date"] for row in starter_rows("holidays") if row["name"].startswith("Nghỉ bù")]
    assert all(date.fromisoformat(day).weekday() < 5 for day in made_up)


def test_synonyms_expand_to_something_else() -> None:
    for row in starter_rows("synonyms"):
        assert row["expansions"]
        assert row["term"] not in row["expansions"]
