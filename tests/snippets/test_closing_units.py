"""A unit with open cases is not closed, by the form as by a file: nobody could go on with them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from pakn_portal.cases.enums import Status
from pakn_portal.routing.actions import recall_case
from pakn_portal.snippets.models import Unit
from tests.factories import Ministry, make_case, make_ministry
from tests.snippets.test_exchange import confirm, csv_file, look_over
from tests.snippets.test_lists_in_admin import address, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def keeper(section: Any, client: Client) -> Client:
    return log_in(client, "administrator")


def test_a_unit_with_open_cases_is_not_closed_by_the_form(who: Ministry, keeper: Client) -> None:
    for _number in range(2):
        make_case(Status.PROCESSING, who)
    names = {"staff_group": who.unit.staff_group_id, "head": who.unit.head_id}
    posted = {"name": who.unit.name, "short_name": "", "code": who.unit.code, "parent": "", **names}
    page = keeper.post(
        address(Unit, "edit", who.unit.pk), {**posted, "focal_person": who.unit.focal_person_id}
    )
    assert "2 hồ sơ đang mở" in page.content.decode()
    assert Unit.objects.get(pk=who.unit.pk).is_active


def test_a_unit_with_open_cases_is_not_closed_by_a_file(who: Ministry, keeper: Client) -> None:
    case = make_case(Status.PROCESSING, who)
    file = csv_file(["code", "is_active"], [who.unit.code, "0"])
    preview = look_over(keeper, Unit, file)
    assert preview.status_code == 422
    assert "1 hồ sơ đang mở" in preview.content.decode()
    confirm(keeper, Unit, preview)
    assert Unit.objects.get(pk=who.unit.pk).is_active
    recall_case(case, note="Giao nơi khác.", by=who.intake)
    preview = look_over(keeper, Unit, csv_file(["code", "is_active"], [who.unit.code, "0"]))
    confirm(keeper, Unit, preview)
    assert not Unit.objects.get(pk=who.unit.pk).is_active


def test_a_unit_that_is_asked_for_an_opinion_is_not_closed(who: Ministry) -> None:
    make_case(Status.COORDINATING, who)
    who.other_unit.is_active = False
    with pytest.raises(ValidationError, match="1"):
        who.other_unit.clean()


def test_a_closed_unit_may_be_saved_again(who: Ministry) -> None:
    make_case(Status.PROCESSING, who)
    Unit.objects.filter(pk=who.unit.pk).update(is_active=False)
    unit = Unit.objects.get(pk=who.unit.pk)
    unit.name = "Cục khác"
    unit.full_clean()
