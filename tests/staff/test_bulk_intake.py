"""Intake of many ordinary petitions in one go: each with its own sector and unit, each by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal.cases.actions import receive_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.routing import actions
from pakn_portal.snippets.models import Sector
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.bulk.table import TAKE_IN
from tests.factories import Ministry, make_case, make_many_cases
from tests.staff.roles import LETTERS, people
from tests.staff.test_bulk import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def sector(ministry: Ministry) -> Sector:
    found = Sector.objects.order_by("pk")[0]
    found.lead_unit = ministry.unit
    found.save()
    return found


def sent(cases: list[Case], sector: Any = "", unit: Any = "", **more: Any) -> dict[str, Any]:
    rows = {f"sector-{case.pk}": sector and sector.pk for case in cases}
    rows |= {f"unit-{case.pk}": unit and unit.pk for case in cases}
    return {
        "verb": TAKE_IN,
        "id": [case.pk for case in cases],
        "version": [f"{case.pk}:{case.version}" for case in cases],
        **rows,
        **more,
    }


def verbs(case: Case) -> list[str]:
    return list(case.events.order_by("sequence").values_list("verb", flat=True))


def row_of(page: Any, case: Case) -> Any:
    return next(one.row for one in page.context["chosen"] if one.case == case)


@pytest.mark.every_database
def test_each_goes_where_its_row_says(ministry: Ministry, sector: Sector, as_user: Any) -> None:
    first, second, received = (make_case(suggested_sector=sector) for _n in range(3))
    receive_case(received, by=ministry.intake)
    client = as_user(ministry.intake)
    cases = [first, second, received]
    page = client.get(addresses.bulk_url(TAKE_IN, [case.pk for case in cases]))
    for case in cases:
        row = row_of(page, case)
        assert (row.sector.value(), row.unit.value()) == (sector.pk, ministry.unit.pk)
    assert "người gửi đã chọn" in row_of(page, first).reason
    # the third has its letter already
    assert page.context["by_mail"] == 2
    data = sent(cases, sector, ministry.unit, note="Ưu tiên.")
    data[f"unit-{second.pk}"] = ministry.other_unit.pk
    answer = client.post(addresses.bulk_url(), data)
    assert (refused(answer), answer.context["done"]) == ([], 3)
    assert verbs(first) == verbs(received) == ["submit", "receive", "classify", "forward"]
    found = Case.objects.in_bulk([case.pk for case in cases])
    assert [found[case.pk].lead_unit for case in cases] == [
        ministry.unit,
        ministry.other_unit,
        ministry.unit,
    ]
    assert first.events.get(verb=Verb.FORWARD).note == "Ưu tiên."


@pytest.mark.every_database
def test_a_row_is_done_whole_or_not_at_all(
    ministry: Ministry, sector: Sector, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a colleague changed meanwhile is refused, and of what fails on its way nothing stays."""
    stale, empty, good = (make_case(suggested_sector=sector) for _n in range(3))
    data = sent([stale, empty, good], sector, ministry.unit)
    data[f"unit-{empty.pk}"] = ministry.other_unit.pk
    receive_case(Case.objects.get(pk=stale.pk), by=ministry.intake)
    mails = OutgoingMail.objects.filter(case=empty).count()
    client = as_user(ministry.intake)
    check = actions._check_unit

    def nobody_there(move: Any, unit: Any) -> None:
        if unit == ministry.other_unit:
            raise actions.NotAllowed(move.subject, Verb.FORWARD, "Ở đó chưa có ai.")
        check(move, unit)

    monkeypatch.setattr(actions, "_check_unit", nobody_there)
    answer = client.post(addresses.bulk_url(), data)
    assert refused(answer) == [stale, empty]
    assert verbs(stale) == ["submit", "receive"]
    assert verbs(empty) == ["submit"]
    assert OutgoingMail.objects.filter(case=empty).count() == mails
    assert verbs(good)[-1] == "forward"
    assert "Ở đó chưa có ai." in answer.content.decode()
    assert addresses.bulk_url(TAKE_IN, [stale.pk, empty.pk]) == answer.context["again_url"]


def test_what_is_not_filled_in_is_left_out(ministry: Ministry, sector: Sector, as_user: Any) -> None:
    sure, unsure = make_case(suggested_sector=sector), make_case()
    client = as_user(ministry.intake)
    page = client.get(addresses.bulk_url(TAKE_IN, [sure.pk, unsure.pk]))
    row = row_of(page, unsure)
    assert (row.sector.value(), row.unit.value(), row.reason) == ("", "", "")
    data = sent([sure, unsure], sector, ministry.unit)
    data[f"sector-{unsure.pk}"] = data[f"unit-{unsure.pk}"] = ""
    answer = client.post(addresses.bulk_url(), data)
    assert (answer.context["done"], answer.context["left_alone"], refused(answer)) == (1, 1, [])
    assert "chưa chọn đơn vị" in answer.content.decode()
    assert answer.context["again_url"] == addresses.bulk_url(TAKE_IN, [unsure.pk])
    assert verbs(unsure) == ["submit"]
    nothing = client.post(addresses.bulk_url(), sent([unsure], note="Đã gõ."))
    assert nothing.status_code == 422
    assert "ít nhất một hồ sơ" in nothing.content.decode()
    assert "Đã gõ." in nothing.content.decode()


@pytest.mark.parametrize("content", ["Tôi tố cáo ông A nhận tiền.", "Văn bản đóng dấu TỐI MẬT kèm theo."])
def test_what_is_no_ordinary_petition_has_no_unit_beforehand(
    content: str, ministry: Ministry, sector: Sector, as_user: Any
) -> None:
    case = make_case(suggested_sector=sector, content=content)
    page = as_user(ministry.intake).get(addresses.bulk_url(TAKE_IN, [case.pk]))
    row = row_of(page, case)
    assert (row.unit.value(), len(row.doubts)) == ("", 1)


def test_a_unit_that_sent_it_back_is_not_suggested(ministry: Ministry, sector: Sector, as_user: Any) -> None:
    case = make_case(Status.RETURNED, ministry)
    Case.objects.filter(pk=case.pk).update(sector=sector)
    page = as_user(ministry.intake).get(addresses.bulk_url(TAKE_IN, [case.pk]))
    assert row_of(page, case).unit.value() == ""


def test_whoever_only_forwards_is_told_to_receive_first(
    ministry: Ministry, sector: Sector, as_user: Any
) -> None:
    early, taken = make_case(), make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.intake)
    page = client.get(addresses.bulk_url(Verb.FORWARD, [early.pk, taken.pk]))
    assert page.content.decode().count("Hãy tiếp nhận trước.") == 1
    assert page.context["take_in_url"] == addresses.bulk_url(TAKE_IN, [early.pk])
    data = {
        **sent([early], note=""),
        "verb": Verb.FORWARD,
        "to_unit": ministry.unit.pk,
    }
    answer = client.post(addresses.bulk_url(), data)
    assert refused(answer) == [early]
    assert "Hãy tiếp nhận trước." in answer.content.decode()
    assert answer.context["take_in_url"] == addresses.bulk_url(TAKE_IN, [early.pk])
    # a leader forwards, and does not take in
    led = as_user(ministry.leader).get(addresses.bulk_url(Verb.FORWARD, [early.pk]))
    assert led.context["take_in_url"] == ""
    remind = client.get(addresses.bulk_url(Verb.REMIND, [make_case(Status.RECEIVED, ministry).pk]))
    assert "Hãy chuyển đơn vị trước." in remind.content.decode()


def test_the_letter_is_that_of_receiving(ministry: Ministry, sector: Sector, as_user: Any) -> None:
    case = make_case(suggested_sector=sector)
    data = sent([case], sector, ministry.unit, letter=case.pk)
    page = as_user(ministry.intake).post(addresses.bulk_url(), data).content.decode()
    assert f"Hồ sơ {case.number}: đã tiếp nhận" in page
    assert verbs(case) == ["submit"]


def test_only_the_office_takes_in_many(ministry: Ministry, sector: Sector) -> None:
    case, who = make_case(suggested_sector=sector), people(ministry)
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        with transaction.atomic():
            page = client.get(addresses.bulk_url(TAKE_IN, [case.pk]))
            client.post(addresses.bulk_url(), sent([case], sector, ministry.unit))
            done = verbs(case)
            transaction.set_rollback(True)
        assert (page.status_code == 200) == (letter == "I"), letter
        assert done == ["submit", *(["receive", "classify", "forward"] if letter == "I" else [])], letter
        listed = client.get(addresses.list_url())
        if letter not in "MN":
            assert (f'value="{TAKE_IN}"' in listed.content.decode()) == (letter == "I"), letter


def test_asking_costs_the_same_for_many(ministry: Ministry, sector: Sector, as_user: Any) -> None:
    client, counts = as_user(ministry.intake), []
    for number in (1, 60):
        cases = make_many_cases(number)
        assert {case.status for case in cases} <= {Status.SUBMITTED, Status.RECEIVED}
        with CaptureQueriesContext(connection) as queries:
            page = client.get(addresses.bulk_url(TAKE_IN, [case.pk for case in cases]))
        assert all(one.row for one in page.context["chosen"])
        counts.append(len(queries))
    assert counts[0] == counts[1]
