"""Why a term counts from a later day than that of sending, or anew: said wherever the date is explained."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.snippets.models import Holiday
from pakn_portal.staff.addresses import case_url, entry_url, list_url
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.instants import HANOI
from tests.fixtures.old_register import make_of_one_day, make_second_format
from tests.pages.forms import TRACKING, number_and_secret, send
from tests.staff.test_entry import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

EVENING = datetime(2026, 6, 19, 17, 30, tzinfo=HANOI)
SATURDAY = datetime(2026, 6, 20, 9, 0, tzinfo=HANOI)
TET = datetime(2026, 2, 18, 10, 0, tzinfo=HANOI)
IN_HOURS = datetime(2026, 6, 19, 16, 59, tzinfo=HANOI)
SENTENCES = {
    EVENING: "Nội dung được gửi đến lúc 17:30 thứ Sáu 19/06/2026, sau giờ làm việc, nên được tính từ ngày "
    "làm việc tiếp theo: thứ Hai 22/06/2026.",
    SATURDAY: "Nội dung được gửi đến vào thứ Bảy 20/06/2026, là ngày nghỉ, nên được tính từ ngày làm việc "
    "tiếp theo: thứ Hai 22/06/2026.",
    TET: "Nội dung được gửi đến vào thứ Tư 18/02/2026, là ngày nghỉ (Tết Nguyên đán), nên được tính từ ngày "
    "làm việc tiếp theo: thứ Hai 23/02/2026.",
}


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def staff(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("at", [*SENTENCES, IN_HOURS])
def test_receipt_tracking_and_case_page_say_from_which_day_it_counts(at: datetime, client: Client) -> None:
    who = make_ministry()
    with clock.acting_at(at):
        receipt = words(send(client))
        number, secret = number_and_secret(receipt)
        tracking = words(client.post(TRACKING, {"number": number, "secret": secret}))
        case = Case.objects.get(number=number)
        page = words(staff(who.intake).get(case_url(case.pk)))
    for seen in (receipt, tracking, page):
        told = [sentence for sentence in SENTENCES.values() if sentence in seen]
        assert told == ([SENTENCES[at]] if at in SENTENCES else [])


def test_the_receipt_of_an_entry_says_it_too() -> None:
    client = staff(make_ministry().intake)
    with clock.acting_at(EVENING + timedelta(days=5)):
        form = filled(
            client, received_at="19/06/2026 17:30", backdating_reason="Thư đến khi phòng đã đóng cửa."
        )
        page = words(client.post(entry_url(), form))
    assert SENTENCES[EVENING] in page


@pytest.fixture
def reopened() -> tuple[Case, Ministry]:
    """Received on 1 June, re-opened on 1 July 2026."""
    who = make_ministry()
    with clock.acting_at(datetime(2026, 6, 1, 9, 0, tzinfo=HANOI)):
        case = make_case(Status.PROCESSING, who)
        answers.draft_answer(case, body="Trả lời.", by=who.officer)
        answers.submit_answer(case, by=who.officer)
        answers.approve_answer(case, by=who.head)
    with clock.acting_at(datetime(2026, 7, 1, 9, 0, tzinfo=HANOI)):
        actions.reopen_case(case, by=who.leader, note="Trả lời chưa đủ.")
    return case, who


def days(case: Case) -> tuple[date, date]:
    found = Case.objects.get(pk=case.pk)
    return found.registered_on, found.term_started_on


def test_what_is_reopened_keeps_its_day_of_receipt(reopened: tuple[Case, Ministry]) -> None:
    case, who = reopened
    assert days(case) == (date(2026, 6, 1), date(2026, 7, 1))
    with clock.acting_at(datetime(2026, 7, 1, 9, 30, tzinfo=HANOI)):
        page = words(staff(who.intake).get(case_url(case.pk)))
        rows = staff(who.intake).get(
            list_url(export="csv", registered_after="2026-06-01", registered_before="2026-06-01")
        )
    assert "Vào sổ ngày 01/06/2026; mở lại ngày 01/07/2026 và tính hạn lại từ ngày đó." in page
    assert "<dt>Ngày vào sổ</dt><dd>01/06/2026" in page
    assert "<dt>Ngày mở lại</dt><dd>01/07/2026" in page
    heading, row = csv.reader(io.StringIO(rows.getvalue().decode().removeprefix("\ufeff")))
    told = dict(zip(heading, row, strict=True))
    assert (told["Ngày vào sổ"], told["Ngày mở lại"]) == ("01/06/2026", "01/07/2026")


@pytest.mark.parametrize("seal_as_before", [make_second_format, make_of_one_day])
def test_what_was_reopened_before_gets_its_day_of_receipt_back(
    reopened: tuple[Case, Ministry], seal_as_before: Any
) -> None:
    case, _who = reopened
    step: Any = import_module("pakn_portal.migrations.0030_days_of_receipt")
    seal_as_before(case)
    step.forget_receipt(apps, None)
    assert days(case) == (date(2026, 7, 1), date(2026, 7, 1))
    step.keep_both_days(apps, None)
    assert days(case) == (date(2026, 6, 1), date(2026, 7, 1))
    assert verify() == ""


@pytest.mark.parametrize("column", ["registered_on", "term_started_on"])
@pytest.mark.parametrize("seal_as_before", [make_second_format, make_of_one_day, None])
def test_the_register_holds_both_days(
    reopened: tuple[Case, Ministry], column: str, seal_as_before: Any
) -> None:
    case, _who = reopened
    if seal_as_before:
        seal_as_before(case)
    assert verify() == ""
    Case.objects.filter(pk=case.pk).update(**{column: date(2026, 6, 15)})
    assert case.number in verify()


def verify() -> str:
    """The offences against the register and the due dates."""
    out = io.StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", stdout=out, no_color=True)
    return "\n".join(
        line for line in out.getvalue().splitlines() if line.startswith(("I5 broken", "I7 broken"))
    )


def test_a_holiday_entered_later_does_not_change_why(client: Client) -> None:
    with clock.acting_at(EVENING):
        number, secret = number_and_secret(words(send(client)))
        Holiday.objects.create(date=date(2026, 6, 26), name="Nghỉ bù")
        tracking = words(client.post(TRACKING, {"number": number, "secret": secret}))
    assert SENTENCES[EVENING] in tracking
