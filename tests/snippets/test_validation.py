from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pakn_portal.snippets.models import DeadlineRule, Holiday, Sector, Synonym, Unit

pytestmark = pytest.mark.django_db


def refused(row: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return error.value.message_dict


def rule(**fields: Any) -> DeadlineRule:
    given = {"step": "reply", "amount": 15, "valid_from": date(2019, 1, 1), **fields}
    return DeadlineRule(**given)


def test_a_unit_cannot_lie_beneath_itself() -> None:
    top = Unit.objects.create(code="bo", name="Bộ")
    department = Unit.objects.create(code="cuc", name="Cục", parent=top)
    top.parent = department
    assert list(refused(top)) == ["parent"]
    department.parent = department
    assert list(refused(department)) == ["parent"]
    department.parent = top
    top.parent = None
    top.full_clean()
    department.full_clean()


@pytest.mark.parametrize(
    ("kind", "day", "is_right"),
    [
        ("working_day", date(2026, 1, 10), True),
        ("working_day", date(2026, 1, 11), True),
        ("working_day", date(2026, 1, 12), False),
        ("day_off", date(2026, 1, 12), True),
        ("day_off", date(2026, 1, 10), True),
    ],
)
def test_only_a_weekend_day_is_an_extra_working_day(kind: str, day: date, is_right: bool) -> None:
    holiday = Holiday(date=day, name="Làm bù", kind=kind)
    if is_right:
        holiday.full_clean()
    else:
        assert list(refused(holiday)) == ["date"]


def test_two_rules_about_the_same_may_follow_but_not_overlap() -> None:
    old = rule()
    old.save()
    new = rule(amount=10, valid_from=date(2026, 7, 1))
    (message,) = refused(new)["valid_from"]
    assert "30/06/2026" in message
    old.valid_until = date(2026, 6, 30)
    old.full_clean()
    old.save()
    new.full_clean()
    new.save()
    old.valid_until = None
    (message,) = refused(old)["valid_from"]
    assert "01/07/2026" in message
    earlier = rule(valid_from=date(2018, 1, 1), valid_until=date(2018, 12, 31))
    earlier.full_clean()


def test_rules_about_different_things_stand_side_by_side() -> None:
    rule().save()
    rule(kind="question").full_clean()
    rule(step="intake").full_clean()
    rule(sector=Sector.objects.create(code="khac", name="Khác")).full_clean()


def test_a_rule_needs_an_amount_and_ends_after_it_starts() -> None:
    assert list(refused(rule(amount=0))) == ["amount"]
    assert list(refused(rule(valid_until=date(2018, 1, 1)))) == ["valid_until"]


def test_a_synonym_is_kept_in_normal_form_and_stands_for_something_else() -> None:
    synonym = Synonym(term=" BHXH ", expansions="Bảo hiểm  xã hội\n\nbảo hiểm xã hội\n")
    synonym.full_clean()
    assert (synonym.term, synonym.expansions) == ("bhxh", "bảo hiểm xã hội")
    assert "expansions" in refused(Synonym(term="x", expansions=" \n"))
    assert list(refused(Synonym(term="viec lam", expansions="Việc làm"))) == ["expansions"]
