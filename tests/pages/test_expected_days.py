"""Days off that the yearly decision may still move count, and every date that depends on them says so."""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from pakn_portal import clock
from pakn_portal.cases.actions import open_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.tasks import recalculate_open_cases
from pakn_portal.snippets.enums import HolidayStatus
from pakn_portal.snippets.models import Holiday
from pakn_portal.staff.addresses import case_url, move_url
from tests.factories import make_case, make_ministry, make_submission
from tests.fixtures.instants import HANOI
from tests.pages.forms import TRACKING, number_and_secret, send
from tests.pages.test_counted_from import staff, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

BEFORE_TET = datetime(2027, 1, 25, 9, 0, tzinfo=HANOI)
DUE = "thứ Hai 22/02/2027"
WHY = "hạn dự kiến vì chưa có thông báo chính thức về ngày nghỉ 04–10/02 (Tết Nguyên đán)"


def test_receipt_tracking_and_case_page_say_that_a_date_is_expected(client: Client) -> None:
    who = make_ministry()
    with clock.acting_at(BEFORE_TET):
        receipt = words(send(client))
        number, secret = number_and_secret(receipt)
        tracking = words(client.post(TRACKING, {"number": number, "secret": secret}))
        case = Case.objects.get(number=number)
        page = words(staff(who.intake).get(case_url(case.pk)))
        assert all(f"{DUE} (dự kiến)" in seen for seen in (receipt, tracking, page))
        assert all(WHY in seen for seen in (tracking, page))
        Holiday.objects.filter(date__year=2027).update(status=HolidayStatus.IN_FORCE)
        tracking = words(client.post(TRACKING, {"number": number, "secret": secret}))
    assert DUE in tracking
    assert "dự kiến" not in tracking


def test_an_extension_says_it_before_it_is_granted() -> None:
    who = make_ministry()
    with clock.acting_at(datetime(2027, 1, 11, 9, 0, tzinfo=HANOI)):
        case = make_case(Status.PROCESSING, who, kind="petition")
        page = words(staff(who.head).get(move_url(case.pk, Verb.EXTEND_DEADLINE)))
    assert case.due_on == date(2027, 2, 1)
    assert "Hạn mới: thứ Hai 22/02/2027 (dự kiến)" in page


def test_what_does_not_depend_on_them_says_nothing(client: Client) -> None:
    with clock.acting_at(datetime(2027, 3, 1, 9, 0, tzinfo=HANOI)):
        assert "dự kiến" not in words(send(client))


def test_a_decision_that_moves_a_date_writes_a_line(client: Client) -> None:
    with clock.acting_at(BEFORE_TET):
        case = open_case(make_submission(kind="question"))
        Holiday.objects.filter(date__in=[date(2027, 2, 4), date(2027, 2, 5)]).update(
            status=HolidayStatus.IN_FORCE
        )
        assert recalculate_open_cases() == 0
        Holiday.objects.create(date=date(2027, 2, 11), name="Tết Nguyên đán")
        assert recalculate_open_cases() == 1
        last = Case.objects.get(pk=case.pk).events.order_by("sequence").last()
    assert last is not None
    assert (last.verb, last.data["due_on_before"], last.data["due_on"]) == (
        Verb.RECALCULATE,
        "2027-02-22",
        "2027-02-23",
    )


def test_rows_that_shipped_become_expected_and_move_nothing() -> None:
    Holiday.objects.filter(date__year=2027, status=HolidayStatus.EXPECTED).update(
        status=HolidayStatus.IN_FORCE, note="Theo Bộ luật Lao động, chờ thông báo hằng năm."
    )
    changed = Holiday.objects.get(date=date(2027, 2, 4))
    changed.note = "Thông báo của Bộ."
    changed.save()
    with clock.acting_at(BEFORE_TET):
        case = open_case(make_submission(kind="question"))
        step: Any = import_module("pakn_portal.migrations.0031_expected_days")
        step.mark_expected(apps, None)
        assert recalculate_open_cases() == 0
    expected = Holiday.objects.filter(status=HolidayStatus.EXPECTED).order_by("date")
    assert [row.date for row in expected] == [
        *(date(2027, 2, day) for day in range(5, 11)),
        date(2027, 9, 3),
    ]
    assert Case.objects.get(pk=case.pk).due_on == case.due_on
