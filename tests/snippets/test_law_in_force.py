"""The rules that ship cite law that holds, and sites that took older rows are brought there."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import rule_for
from pakn_portal.flow.errors import MoveError
from pakn_portal.management.setup.lists import load_lists
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import DeadlineRule
from pakn_portal.snippets.starter_rows import read
from pakn_portal.submissions.models import Sender
from tests.factories import make_case, make_ministry

pytestmark = pytest.mark.django_db

step = import_module("pakn_portal.migrations.0027_law_in_force")


def rule(name: str, sender: str, on: date) -> DeadlineRule:
    return rule_for(step=name, kind="petition", sender_kind=sender, sector=None, urgency="normal", on=on)


def ship_as_before(language: int) -> list[DeadlineRule]:
    DeadlineRule.objects.all().delete()
    rows = [
        DeadlineRule(
            **row["about"],
            **row["term"],
            valid_from=step.SHIPPED_FROM,
            legal_basis=row["before"][language],
            is_verified=row["was_verified"],
        )
        for row in step.ROWS
    ]
    DeadlineRule.objects.bulk_create(rows)  # past `save`, which keeps no tick without a confirmation
    return rows


def columns() -> list[tuple[Any, ...]]:
    names = ("step", "kind", "sender_kind", "amount", "unit", "valid_from", "valid_until", "legal_basis")
    # steps that came after the migration are brought by `pakn_setup` alone
    of_then = DeadlineRule.objects.filter(step__in={row["about"]["step"] for row in step.ROWS})
    return sorted(of_then.values_list(*names, "is_verified"), key=repr)


@pytest.mark.parametrize(("language", "code"), [(0, "vi"), (1, "en")])
def test_an_installed_site_comes_to_what_ships(language: int, code: str) -> None:
    ship_as_before(language)
    step.mend(apps, None)
    mended = columns()
    step.mend(apps, None)
    assert columns() == mended
    load_lists(language=code)
    assert columns() == mended
    DeadlineRule.objects.all().delete()
    load_lists(language=code)
    assert columns() == mended


def test_what_a_ministry_changed_stays() -> None:
    for number, row in enumerate(ship_as_before(0)):
        DeadlineRule.objects.filter(pk=row.pk).update(legal_basis=f"QĐ {number} của Bộ", amount=33)
    before = columns()
    step.mend(apps, None)
    assert columns() == before
    load_lists()
    assert columns() == before


def test_a_successor_that_the_ministry_entered_is_not_doubled() -> None:
    voters = next(row for row in ship_as_before(0) if row.sender_kind == "voter")
    DeadlineRule.objects.filter(pk=voters.pk).update(valid_until=date(2025, 2, 19))
    entered = DeadlineRule.objects.create(
        step="reply", sender_kind="voter", amount=45, unit="cd", valid_from=date(2025, 2, 20)
    )
    step.mend(apps, None)
    assert rule("reply", "voter", date(2026, 3, 2)) == entered
    assert DeadlineRule.objects.filter(sender_kind="voter").count() == 2
    assert not DeadlineRule.objects.get(pk=voters.pk).is_verified


def test_the_law_of_the_day_is_cited() -> None:
    load_lists()
    for sender, name, last, first in (
        ("voter", "reply", date(2025, 2, 19), date(2025, 2, 20)),
        ("deputy", "reply", date(2026, 2, 28), date(2026, 3, 1)),
        ("citizen", "publish", date(2026, 8, 31), date(2026, 9, 1)),
    ):
        old, new = rule(name, sender, last), rule(name, sender, first)
        assert (old.amount, old.unit) == (new.amount, new.unit)
        assert old.legal_basis != new.legal_basis
    assert "72/2025" in rule("reply", "voter", date(2026, 11, 2)).legal_basis


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_ships_as_verified_or_calls_a_default_a_basis(language: str) -> None:
    for row in read("deadline_rules", language):
        assert not row["is_verified"], row
        for words in ("phần mềm", "software", "mục tiêu nội bộ", "internal target", "cần Bộ quyết định"):
            assert words not in row["legal_basis"], row


@pytest.mark.parametrize(
    ("kind", "may"), [("citizen", True), ("business", True), ("voter", False), ("deputy", False)]
)
def test_only_whose_term_the_ministry_sets_is_extended(kind: str, may: bool) -> None:
    who = make_ministry()
    case = make_case(Status.PROCESSING, who)
    Sender.objects.filter(pk=case.submission.sender_id).update(kind=kind)
    case = Case.objects.get(pk=case.pk)
    with nullcontext() if may else pytest.raises(MoveError):
        routing.extend_deadline(case, by=who.head, note="Cần thêm số liệu.")
    assert (Case.objects.get(pk=case.pk).status == Status.EXTENDED) is may
