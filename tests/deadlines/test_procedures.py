"""A complaint and a denunciation are handed over within the term of their own law."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.management.setup.lists import load_lists
from pakn_portal.snippets.models import DeadlineRule
from tests.factories import make_case, make_ministry

pytestmark = pytest.mark.django_db

MONDAY = timezone.make_aware(datetime(2026, 6, 1, 12))
TERMS = {
    # until the tenth day, a Thursday; five working days
    Status.COMPLAINT: date(2026, 6, 11),
    Status.DENUNCIATION: date(2026, 6, 8),
}
MOVES = {
    Status.COMPLAINT: actions.move_to_complaint,
    Status.DENUNCIATION: actions.move_to_denunciation,
}


@pytest.mark.parametrize("status", TERMS)
def test_each_has_its_own_term(status: Status) -> None:
    with clock.acting_at(MONDAY):
        case = make_case(status, make_ministry())
    assert case.hand_over_due_on == TERMS[status]


@pytest.mark.parametrize("status", TERMS)
def test_days_on_which_the_petition_stood_count(status: Status) -> None:
    ministry = make_ministry()
    with clock.acting_at(MONDAY):
        case = make_case(Status.RECEIVED, ministry)
        actions.hold_case(case, by=ministry.intake, note="Cần xem có phải đơn tố cáo không.")
    with clock.acting_at(MONDAY + timedelta(days=3)):
        case.refresh_from_db()
        MOVES[status](case, by=ministry.inspector)
    case.refresh_from_db()
    assert case.hand_over_due_on == TERMS[status]


def _one_term(**values: object) -> DeadlineRule:
    DeadlineRule.objects.filter(step="hand_over").delete()
    term = {"amount": 10, "unit": "wd", "valid_from": date(2019, 1, 1), "legal_basis": "Luật 42/2013/QH13"}
    return DeadlineRule.objects.create(step="hand_over", **{**term, **values})


def test_a_rule_of_before_holds_for_both_and_stays_confirmed() -> None:
    ministry = make_ministry()
    rule = _one_term()
    names = (
        *("step", "kind", "sender_kind", "sector_id", "urgency", "amount", "unit"),
        *("valid_from", "valid_until", "legal_basis", "needs_written_notice"),
    )
    told = ["" if (value := getattr(rule, name)) is None else str(value) for name in names]
    before = sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    assert rule.fingerprint == before
    rule.procedure = "complaint"
    assert rule.fingerprint != before
    with clock.acting_at(MONDAY):
        days = {make_case(status, ministry).hand_over_due_on for status in TERMS}
    assert days == {date(2026, 6, 15)}


@pytest.mark.parametrize(
    ("theirs", "added"), [({}, 2), ({"is_verified": True}, 0), ({"amount": 7}, 0), ({"unit": "cd"}, 0)]
)
def test_setup_puts_nothing_before_a_term_that_the_ministry_made_its_own(
    theirs: dict[str, object], added: int
) -> None:
    load_lists()
    rule = _one_term(**{name: value for name, value in theirs.items() if name != "is_verified"})
    DeadlineRule.objects.filter(pk=rule.pk).update(is_verified=bool(theirs.get("is_verified")))
    load_lists()
    assert DeadlineRule.objects.filter(step="hand_over").exclude(procedure="").count() == added


def test_no_other_step_has_a_term_for_a_procedure() -> None:
    rule = DeadlineRule(step="reply", procedure="complaint", amount=1, valid_from=date(2019, 1, 1))
    with pytest.raises(ValidationError) as refused:
        rule.full_clean()
    assert "procedure" in refused.value.message_dict
