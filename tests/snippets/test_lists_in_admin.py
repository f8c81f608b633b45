from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from pakn_portal.management.setup.roles import role_group
from pakn_portal.snippets.models import (
    Agency,
    DeadlineRule,
    Holiday,
    LegalBasis,
    LetterTemplate,
    RefusalReason,
    Sector,
    Synonym,
    Unit,
)

MODELS = [Unit, Sector, Agency, RefusalReason, LetterTemplate, LegalBasis, DeadlineRule, Holiday, Synonym]


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def log_in(client: Client, role: str) -> Client:
    user = get_user_model().objects.create_user(role)
    user.groups.add(role_group(role))
    client.force_login(user)
    return client


@pytest.fixture
def keeper(section: Any, client: Client) -> Client:
    return log_in(client, "administrator")


def fill(model: Any, count: int) -> None:
    for number in range(count):
        if model is Unit:
            above = Unit.objects.filter(parent__parent=None).first()
            Unit.objects.create(code=f"u{number}", name=f"Đơn vị {number}", parent=above)
        elif model is Holiday:
            Holiday.objects.create(date=date(2035, 1, 1 + number), name="Nghỉ")
        elif model is LegalBasis:
            LegalBasis.objects.create(number=f"{number + 1}/2020/QH14", title="Luật")
        elif model is Synonym:
            Synonym.objects.create(term=f"t{number}", expansions="nghĩa")
        elif model is DeadlineRule:
            sector, _new = Sector.objects.get_or_create(code=f"s{number}", defaults={"name": "Lĩnh vực"})
            DeadlineRule.objects.create(step="reply", sector=sector, amount=5, valid_from=date(2026, 1, 1))
        else:
            model.objects.create(code=f"c{number}", name=f"Dòng {number}")


@pytest.mark.parametrize("model", MODELS)
def test_each_list_opens_and_costs_the_same_with_many_rows(
    keeper: Client, model: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    model.objects.all().delete()
    fill(model, 1)
    keeper.get(address(model, "list"))
    with CaptureQueriesContext(
        connection,
    ) as first:
        assert keeper.get(address(model, "list")).status_code == 200
    model.objects.all().delete()
    fill(model, 30)
    with django_assert_num_queries(len(first)):
        assert keeper.get(address(model, "list")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_forms_open(keeper: Client, model: Any) -> None:
    if model is Unit:
        fill(Unit, 1)
    assert keeper.get(address(model, "add")).status_code == 200
    assert keeper.get(address(model, "edit", model.objects.first().pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_choice_speaks(keeper: Client, model: Any) -> None:
    """The rows to choose from, and whatever else a form offers, begin with a word and not with dashes."""
    if model is Unit:
        fill(Unit, 1)
    for page in (
        address(model, "add"),
        address(model, "edit", model.objects.first().pk),
        address(model, "list"),
    ):
        assert "-----" not in keeper.get(page).content.decode()


def test_whoever_confirmed_a_row_is_named_as_a_person(keeper: Client) -> None:
    rule = DeadlineRule.objects.all()[0]
    by = get_user_model().objects.create_user("ttb", last_name="Tạ Thanh", first_name="Bình")
    DeadlineRule.objects.filter(pk=rule.pk).update(is_verified=True, verified_by=by)
    page = keeper.get(address(DeadlineRule, "edit", rule.pk)).content.decode()
    assert "Tạ Thanh Bình" in page
    assert ">ttb<" not in page


def test_a_term_in_calendar_days_says_so_in_the_list(keeper: Client) -> None:
    DeadlineRule.objects.update(amount=20, unit="cd")
    assert "20 ngày (kể cả ngày nghỉ)" in keeper.get(address(DeadlineRule, "list")).content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_others_stay_outside(section: Any, client: Client, model: Any) -> None:
    outsider = log_in(client, "intake")
    assert outsider.get(address(model, "list")).status_code == 302
    assert outsider.get(address(model, "add")).status_code == 302


def test_the_search_forgives_missing_diacritics(keeper: Client) -> None:
    page = keeper.get(address(Sector, "list"), {"q": "viec lam"})
    names = [row.name for row in page.context["object_list"]]
    assert "Việc làm, bảo hiểm thất nghiệp" in names
    assert "Người có công" not in names
    page = keeper.get(address(Synonym, "list"), {"q": "bao hiem that"})
    assert "bhtn" in [row.term for row in page.context["object_list"]]


def test_holidays_are_filtered_by_year(keeper: Client) -> None:
    page = keeper.get(address(Holiday, "list"), {"year": "2026"})
    assert {row.date.year for row in page.context["object_list"]} == {2026}


def test_the_unit_list_shows_where_a_unit_lies(keeper: Client) -> None:
    ministry = Unit.objects.create(code="bo", name="Bộ", short_name="Bộ")
    office = Unit.objects.create(code="vp", name="Văn phòng", short_name="VP", parent=ministry)
    Unit.objects.create(code="ph", name="Phòng Tiếp dân", parent=office)
    page = keeper.get(address(Unit, "list"), {"q": "tiep dan"})
    assert "Bộ › VP" in page.content.decode()


def test_a_saved_code_stays(keeper: Client) -> None:
    agency = Agency.objects.get(code="bo-y-te")
    data = {"name": "Bộ Y tế (mới)", "code": "khac", "note": "", "is_active": "on"}
    keeper.post(address(Agency, "edit", agency.pk), data)
    agency.refresh_from_db()
    assert (agency.code, agency.name) == ("bo-y-te", "Bộ Y tế (mới)")


def test_wrong_input_is_told_beside_the_field(keeper: Client) -> None:
    data = {"date": "2026-01-12", "name": "Làm bù", "kind": "working_day", "status": "in_force", "note": ""}
    page = keeper.post(address(Holiday, "add"), data)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["date"]
