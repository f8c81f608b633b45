from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from pakn_portal.deadlines.calendar import Calendar, calendar_from_rows
from pakn_portal.deadlines.count import DayUnit, Halt, MoreTime, Term, compute_deadline
from pakn_portal.deadlines.explain import explain
from tests.docs.pages import DOCS, PACKAGE, tables

PAGE = DOCS / "concepts" / "deadlines.md"
ROWS = tables(PAGE, "Examples")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def calendar() -> Calendar:
    rows = json.loads((PACKAGE / "snippets" / "starter" / "holidays.json").read_text())
    return calendar_from_rows(
        [(date.fromisoformat(row["date"]), row["name"], row["kind"], row["status"]) for row in rows]
    )


def term(text: str) -> Term:
    amount, unit = text.split()
    units: dict[str, DayUnit] = {"wd": "wd", "cd": "cd"}
    return Term(int(amount), units[unit])


def pauses(text: str) -> list[Halt]:
    found = re.search(r"paused ([\d-]+) to ([\d-]+)", text)
    return [Halt(date.fromisoformat(found[1]), date.fromisoformat(found[2]))] if found else []


def extensions(text: str) -> list[MoreTime]:
    return [MoreTime(term(found)) for found in re.findall(r"extended (\d+ [wc]d)", text)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} from {row[1]}")
def test_the_example_is_what_the_engine_computes(row: list[str]) -> None:
    length, start, what, sentence = row
    computed = compute_deadline(
        term(length), date.fromisoformat(start), pauses(what), extensions(what), calendar=calendar()
    )
    assert explain(computed) == sentence


def test_there_are_examples() -> None:
    assert len(ROWS) >= 5


def test_the_rules_that_ship_are_told_and_nothing_else() -> None:
    rules = json.loads((PACKAGE / "snippets" / "starter" / "deadline_rules.json").read_text())
    criteria = ("kind", "sender_kind", "sector", "urgency", "procedure")
    shipped = [
        (rule["step"].replace("_", " "), f"{rule['amount']} {rule['unit']}", not any(map(rule.get, criteria)))
        for rule in rules
    ]
    told = [(row[0], row[2], row[1].startswith("everything")) for row in tables(PAGE, "What ships")]
    assert sorted(told) == sorted(shipped)
