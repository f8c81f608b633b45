"""The day of whoever has the case, before its due date: shown where they look first, to them alone."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.answers.own_days import own_day, own_days
from pakn_portal.answers.step_limits import limits_of
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.scope import scope_of
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case
from tests.staff.test_moves import press

pytestmark = pytest.mark.django_db


def aged(status: Status, ministry: Ministry, days: int) -> Case:
    with clock.acting_at(clock.now() - timedelta(days=days)):
        return make_case(status, ministry)


def shown(client: Any, case: Case) -> dict[str, str]:
    """The three places in which the day is looked for."""
    pages = {
        "home": "/admin/",
        "list": addresses.list_url(scope="all"),
        "header": addresses.case_url(case.pk),
    }
    return {name: unescape(client.get(url).content.decode()) for name, url in pages.items()}


def test_the_unit_reads_that_its_draft_is_late(ministry: Ministry, as_user: Any) -> None:
    case = aged(Status.PROCESSING, ministry, 16)
    for name, html in shown(as_user(ministry.officer), case).items():
        assert "Dự thảo: " in html, name
    assert "pakn-left--own pakn-left--overdue" in shown(as_user(ministry.officer), case)["list"]


def test_the_day_that_the_unit_set_goes_first(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    press(as_user(ministry.head), case, Verb.SET_INNER_DUE, on=clock.today())
    for name, html in shown(as_user(ministry.officer), case).items():
        assert "Hạn nội bộ: " in html, name


def test_nobody_else_reads_it(ministry: Ministry, as_user: Any) -> None:
    aged(Status.PROCESSING, ministry, 16)
    case = Case.objects.get()
    for who in (ministry.intake, ministry.leader):
        html = "".join(shown(as_user(who), case).values())
        assert "pakn-left--own" not in html
        assert "Dự thảo: " not in html


def test_the_office_reads_by_when_it_goes_to_a_unit(ministry: Ministry, as_user: Any) -> None:
    case = aged(Status.RECEIVED, ministry, 7)
    assert "Chuyển đơn vị: quá" in shown(as_user(ministry.intake), case)["list"]


def test_one_and_many_say_the_same(ministry: Ministry) -> None:
    cases = [
        aged(status, ministry, 9)
        for status in (Status.RECEIVED, Status.RETURNED, Status.ROUTED, Status.PROCESSING, Status.EXTENDED)
    ]
    cases = list(Case.objects.with_names().filter(pk__in=[case.pk for case in cases]))
    for who in (ministry.intake, ministry.officer):
        scope = scope_of(who)
        each = {case.pk: own_day(case, scope, limits_of(case)) for case in cases}
        many = own_days(cases, scope, current_calendar())
        assert many
        assert many == {pk: day for pk, day in each.items() if day is not None}


def test_many_cost_as_one(ministry: Ministry) -> None:
    for _number in range(3):
        aged(Status.PROCESSING, ministry, 9)
    scope, calendar = scope_of(ministry.officer), current_calendar()
    assert scope.unit_ids

    def cost(number: int) -> int:
        cases = list(Case.objects.with_names()[:number])
        with CaptureQueriesContext(connection) as queries:
            own_days(cases, scope, calendar)
        return len(queries)

    assert cost(1) == cost(3) == 4


@pytest.mark.parametrize(("status", "who"), [(Status.NEED_INFO, "intake"), (Status.SECRET_HOLD, "inspector")])
def test_what_stands_says_since_when(status: Status, who: str, ministry: Ministry, as_user: Any) -> None:
    case = aged(status, ministry, 3)
    day = case.pauses.get().started_on
    pages = shown(as_user(getattr(ministry, who)), case)
    assert f"dừng từ {day:%d/%m}" in pages["list"]
    assert f"tạm dừng từ {day:%d/%m/%Y}" in pages["header"]
    assert "chưa có hạn" not in pages["list"] + pages["header"]
