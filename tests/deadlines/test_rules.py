from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from pakn_portal.deadlines.count import Term
from pakn_portal.deadlines.rules import NoRule, current_calendar, rule_for, term_of
from pakn_portal.snippets.models import DeadlineRule, Holiday, Sector

from .calendars import shipped, starter_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules() -> None:
    DeadlineRule.objects.all().delete()
    DeadlineRule.objects.bulk_create(DeadlineRule(**row) for row in starter_rows("deadline_rules"))


@pytest.fixture
def holidays() -> None:
    Holiday.objects.all().delete()
    Holiday.objects.bulk_create(
        Holiday(**{**row, "date": date.fromisoformat(row["date"])}) for row in starter_rows("holidays")
    )


def find(step: str = "reply", **asked: object) -> DeadlineRule:
    asked = {
        "kind": "feedback",
        "sender_kind": "citizen",
        "sector": None,
        "urgency": "normal",
        "on": date(2026, 3, 2),
        **asked,
    }
    return rule_for(step=step, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ({}, Term(20, "cd")),
        ({"sender_kind": "business", "kind": "petition"}, Term(20, "cd")),
        ({"kind": "question"}, Term(15, "wd")),
        ({"sender_kind": "voter", "kind": "petition"}, Term(60, "cd")),
        (
            {"sender_kind": "deputy", "kind": "question"},
            Term(20, "cd"),
        ),  # the sender is stronger than the kind
        ({"step": "intake"}, Term(2, "wd")),
    ],
)
def test_the_shipped_rules(rules: None, asked: dict, term: Term) -> None:
    assert term_of(find(**asked)) == term


def make(amount: int, **values: object) -> DeadlineRule:
    return DeadlineRule.objects.create(
        step="reply", amount=amount, **{"unit": "wd", "valid_from": date(2019, 1, 1), **values}
    )


def test_more_criteria_win(rules: None) -> None:
    sector = Sector.objects.create(code="thu-nghiem", name="Thử nghiệm")
    make(7, sector=sector, urgency="urgent")
    assert find(sector=sector, urgency="urgent", sender_kind="voter").amount == 7
    assert find(sector=sector.pk, urgency="urgent").amount == 7
    assert find(sector=sector).amount == 20


def test_the_rule_in_force_on_the_day(rules: None) -> None:
    make(9, valid_from=date(2026, 7, 1))
    make(8, valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 31))
    amounts = [find(on=day).amount for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 7, 1))]
    assert amounts == [8, 20, 9]


def test_the_newest_row_wins_a_tie(rules: None) -> None:
    make(3, valid_from=date(2026, 1, 1))
    make(4, valid_from=date(2026, 1, 1))
    assert find().amount == 4


def test_no_rule_says_what_to_do(rules: None) -> None:
    with pytest.raises(NoRule) as error, override("en"):
        find(on=date(2018, 1, 1))
    with override("en"):
        assert str(error.value) == (
            'There is no deadline rule for "reply to the sender" in force on 01/01/2018. '
            "Add one to the list of deadline rules, then try again."
        )


@pytest.mark.parametrize("extra", [1, 30])
def test_one_query_whatever_the_number_of_rules(
    rules: None, extra: int, django_assert_num_queries: object
) -> None:
    for amount in range(1, extra + 1):
        make(amount, urgency="express")
    with django_assert_num_queries(1):  # type: ignore[operator]
        find()


def test_the_calendar_is_the_table(holidays: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        calendar = current_calendar()
    assert calendar == shipped()


def test_the_calendar_follows_the_table(holidays: None) -> None:
    day = date(2026, 3, 5)
    assert current_calendar().is_working_day(day)
    Holiday.objects.create(date=day, name="Nghỉ đột xuất")
    assert not current_calendar().is_working_day(day)
    Holiday.objects.filter(date=day).update(status="proposed")
    assert current_calendar().is_working_day(day)


def test_the_same_rows_are_built_once(holidays: None) -> None:
    assert current_calendar() is current_calendar()
