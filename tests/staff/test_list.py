from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.clock import acting_at, now
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.list.export import safe_cell
from pakn_portal.staff.cases.list.view import tab_url
from tests.factories import Ministry, make_case, make_many_cases, make_unit, make_user

pytestmark = pytest.mark.django_db


def numbers(answer: Any) -> list[str]:
    return [row.case.number for row in answer.context["rows"]]


FEW = {Status.SUBMITTED, Status.ROUTED, Status.PROCESSING, Status.NEED_INFO, Status.DRAFT_REVIEW}


@pytest.fixture
def few(ministry: Ministry) -> dict[str, Case]:
    """One case in each of some states, all of one unit."""
    return {status: make_case(status, ministry) for status in FEW}


@pytest.mark.parametrize("tab", ["mine", "unit", "all", "", "bogus"])
def test_queries_do_not_grow(tab: str, ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.officer), []
    for number in (1, 29, 400):
        make_many_cases(number, unit=ministry.unit, officer=ministry.officer)
        with CaptureQueriesContext(connection, ) as queries:  # fmt: skip
            answer = client.get(addresses.list_url(scope=tab))
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert answer.context["page_obj"].paginator.count == 430
    assert len(answer.context["rows"]) == 30


@pytest.mark.every_database
def test_tabs_hold_what_they_say(few: dict[str, Case], ministry: Ministry, as_user: Any) -> None:
    def tab(user: Any, name: str) -> set[str]:
        return {row.case.status for row in as_user(user).get(addresses.list_url(scope=name)).context["rows"]}

    # what waits for the head is no work of the officer's now
    assert tab(ministry.officer, "mine") == {Status.PROCESSING}
    assert tab(ministry.officer, "elsewhere") == {Status.DRAFT_REVIEW}
    assert tab(ministry.intake, "elsewhere") == {Status.NEED_INFO}
    assert tab(ministry.officer, "unit") == {Status.ROUTED, Status.PROCESSING, Status.DRAFT_REVIEW}
    assert tab(ministry.focal, "mine") == {Status.ROUTED}
    assert tab(ministry.head, "mine") == {Status.DRAFT_REVIEW}
    assert tab(ministry.intake, "mine") == {Status.SUBMITTED}
    assert tab(ministry.intake, "all") == set(few)
    assert tab(ministry.other_officer, "all") == set()


@pytest.mark.every_database
def test_an_asked_unit_finds_the_case_among_its_own(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.COORDINATING, ministry)
    assert numbers(as_user(ministry.other_officer).get(addresses.list_url(scope="mine"))) == [case.number]


@pytest.mark.every_database
def test_only_the_unit_whose_turn_it_is_has_the_case_waiting(ministry: Ministry, as_user: Any) -> None:
    third = make_unit("Vụ Pháp chế")
    lawyer = make_user("phapche", unit=third)
    case = make_case(Status.COORDINATING, ministry)

    def waits_for(user: Any) -> bool:
        client = as_user(user)
        mine = numbers(client.get(addresses.list_url(scope="mine"))) == [case.number]
        context = next(part for part in client.get("/admin/").context if "figures" in part)
        figures = {figure.name: figure.count for figure in context["figures"]}
        assert figures["mine"] == int(mine)
        return mine

    assert (waits_for(ministry.other_officer), waits_for(lawyer)) == (True, False)
    routing.give_opinion(case, by=ministry.other_head, note="Nhất trí.")
    assert (waits_for(ministry.other_officer), waits_for(lawyer)) == (False, False)
    routing.request_opinion(case, unit=third, by=ministry.officer, note="Về mặt pháp lý?")
    assert (waits_for(ministry.other_officer), waits_for(lawyer)) == (False, True)
    routing.continue_without(case, by=ministry.officer, note="Quá hạn.")
    routing.request_opinion(case, unit=ministry.other_unit, by=ministry.officer, note="Lần nữa?")
    assert (waits_for(ministry.other_officer), waits_for(lawyer)) == (True, False)


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": Status.ROUTED}, {Status.ROUTED}),
        ({"status": "open"}, FEW),
        ({"status": Status.REJECTED}, set()),
        ({"due": "paused"}, {Status.NEED_INFO}),
        ({"due": "overdue"}, set()),
        ({"kind": "petition"}, set()),
        ({"channel": "phone"}, set()),
        ({"urgency": "express"}, set()),
        ({"registered_from": "01/01/2001", "registered_to": "02/01/2001"}, set()),
        ({"q": "tro cap that nghiep", "status": Status.ROUTED}, {Status.ROUTED}),
        ({"q": "THẤT nghiệp trợ", "status": Status.ROUTED}, {Status.ROUTED}),
        ({"q": "thu cuc", "status": Status.ROUTED}, {Status.ROUTED}),
        ({"q": "khong co chu nay"}, set()),
    ],
)  # fmt: skip
def test_filters(query: dict[str, str], found: set[str], few: Any, ministry: Ministry, as_user: Any) -> None:
    answer = as_user(ministry.intake).get(addresses.list_url(**query))
    assert {row.case.status for row in answer.context["rows"]} == found


@pytest.mark.every_database
def test_where_the_clock_stands(ministry: Ministry, as_user: Any) -> None:
    """Not by the status: asked when it is late already, nothing stops; a lock stops it too."""
    with acting_at(now() - timedelta(days=60)):
        late, released, closed = (
            make_case(status, ministry) for status in (Status.RECEIVED, Status.PROCESSING, Status.ANSWERED)
        )
        asked, locked = make_case(Status.NEED_INFO, ministry), make_case(Status.SECRET_HOLD, ministry)
        actions.hold_case(released, by=ministry.officer)
        actions.release_hold(released, by=ministry.inspector, note="Không phải bí mật.")
    actions.request_supplement(late, by=ministry.intake, note="Xin cho biết thêm.")
    actions.hold_case(closed, by=ministry.officer)
    client = as_user(ministry.intake)
    assert numbers(client.get(addresses.list_url(due="paused"))) == [asked.number]
    assert late.number in numbers(client.get(addresses.list_url(due="overdue")))
    keeper = as_user(ministry.inspector)
    assert numbers(keeper.get(addresses.list_url(due="paused"))) == [locked.number]


@pytest.mark.every_database
def test_due_filters(ministry: Ministry, as_user: Any) -> None:
    with acting_at(now() - timedelta(days=40)):
        late = make_case(Status.PROCESSING, ministry)
    make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.officer)
    assert numbers(client.get(addresses.list_url(due="overdue"))) == [late.number]
    with acting_at(now() - timedelta(days=40)):
        assert late.due_on is not None
    Case.objects.filter(pk=late.pk).update(due_on=now().astimezone().date())
    assert numbers(client.get(addresses.list_url(due="soon"))) == numbers(
        client.get(addresses.list_url(due="today"))
    )
    assert numbers(client.get(addresses.list_url(due="today"))) == [late.number]


@pytest.mark.every_database
@pytest.mark.parametrize(
    "query",
    [
        {"officer__password__startswith": "pbkdf2"},
        {"submission__sender__phone": "0900000101"},
        {"submission__secret_hash__startswith": "s"},
        {"utm_source": "x", "foo": "1", "status__bogus": "1"},
        {"o": "99.-5.x", "ot": "asc", "e": "1"},
        {"order": "submission__sender__phone"},
        {"p": "-1"},
        {"p": "99999999999999999999"},
        {"p": "abc"},
        {"all": "1", "pk": "1", "id": "1"},
    ],
)
def test_hostile_parameters_are_not_looked_at(
    query: dict[str, str], ministry: Ministry, as_user: Any
) -> None:
    make_many_cases(31, unit=ministry.unit)
    client = as_user(ministry.officer)
    answer = client.get(addresses.list_url(**query))
    assert answer.status_code == 200
    assert answer.context["page_obj"].paginator.count == 31


@pytest.mark.every_database
@pytest.mark.parametrize(
    "query",
    [
        {"status": "bogus"},
        {"sector": "1 OR 1=1"},
        {"lead_unit": "9" * 30},
        {"registered_from": "không phải ngày"},
        {"due": "__class__"},
        {"q": "a" * 5000},
        {"q": "\x00"},
    ],
)
def test_wrong_values_find_nothing_and_break_nothing(
    query: dict[str, str], ministry: Ministry, as_user: Any
) -> None:
    make_many_cases(2, unit=ministry.unit)
    answer = as_user(ministry.officer).get(addresses.list_url(**query))
    assert (answer.status_code, numbers(answer)) == (200, [])


def test_days_turned_round_are_told_and_not_taken_for_nothing(ministry: Ministry, as_user: Any) -> None:
    make_many_cases(2, unit=ministry.unit)
    days = {"registered_from": "02/03/2026", "registered_to": "01/03/2026"}
    answer = as_user(ministry.officer).get(addresses.list_url(scope="all", **days))
    assert "Ngày đầu đứng sau ngày cuối." in answer.content.decode()


def test_the_address_keeps_the_filters(ministry: Ministry, as_user: Any) -> None:
    make_many_cases(70, unit=ministry.unit)
    client = as_user(ministry.officer)
    answer = client.get(addresses.list_url(scope="unit", kind="question", status="", p="2", order="oldest"))
    html = answer.content.decode()
    assert "?scope=unit&amp;kind=question&amp;order=oldest&amp;p=3" in html
    back = answer.context["rows"][0].url
    page = client.get(back)
    assert page.context["breadcrumbs_items"][0]["url"] == (
        addresses.list_url() + "?scope=unit&kind=question&p=2&order=oldest"
    )


@pytest.mark.parametrize("back", ["https://boi.example/", "//boi.example", "javascript:alert(1)", "a" * 5000])
def test_back_never_leaves_the_list(back: str, ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    page = as_user(ministry.officer).get(addresses.case_url(case.pk), {"back": back})
    assert page.context["breadcrumbs_items"][0]["url"].startswith(addresses.list_url())


def test_csv_holds_what_is_seen_and_no_contacts(ministry: Ministry, as_user: Any) -> None:
    case = make_case(
        Status.PROCESSING,
        ministry,
        title='=HYPERLINK("http://boi.example")',
        sender={"kind": SenderKind.BUSINESS, "organisation": "@Công ty", "phone": "0900000999"},
    )
    answer = as_user(ministry.officer).get(addresses.list_url(export="csv"))
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    heading, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert row[:2] == [case.number, '\'=HYPERLINK("http://boi.example")']
    assert len(heading) == len(row)
    for secret in ("0900000999", "phường Dĩ An", "example.vn", "Thu Cúc"):
        assert secret not in text
    assert case.submission.received_at.astimezone().strftime("%Y") in row[10]
    assert (
        as_user(ministry.other_officer).get(addresses.list_url(export="csv")).getvalue().decode().count("\n")
        == 1
    )


def test_times_in_downloads_are_local(ministry: Ministry, as_user: Any) -> None:
    from datetime import UTC, datetime

    with acting_at(datetime(2026, 3, 2, 18, 30, tzinfo=UTC)):
        make_case(Status.PROCESSING, ministry)
    text = as_user(ministry.officer).get(addresses.list_url(export="csv")).getvalue().decode()
    assert "03/03/2026 01:30" in text


def test_xlsx_is_all_text(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.PROCESSING, ministry, title="=1+1")
    answer = as_user(ministry.officer).get(addresses.list_url(export="xlsx", status=Status.PROCESSING))
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    assert sheet.max_row == 2
    assert "f" not in {cell.data_type for cell in sheet[2]}
    assert sheet["B2"].value == "'=1+1"


def test_xlsx_has_dates_widths_a_head_that_stays_and_a_filter(ministry: Ministry, as_user: Any) -> None:
    late, case = make_case(Status.PROCESSING, ministry), make_case(Status.PROCESSING, ministry)
    Case.objects.filter(pk=late.pk).update(due_on=date(2020, 1, 2))
    answer = as_user(ministry.officer).get(addresses.list_url(export="xlsx", order="oldest"))
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert row["Hạn trả lời"].value == datetime(2020, 1, 2)
    assert row["Hạn trả lời"].number_format == "dd/mm/yyyy"
    assert isinstance(row["Nhận lúc"].value, datetime)
    assert [sheet.cell(number, heads.index("Quá hạn") + 1).value for number in (2, 3)] == ["có", None]
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:3]) == ("A2", "A1:")
    assert sheet.column_dimensions["B"].width == 60
    assert row["Loại"].value[0].isupper()
    assert case.number == sheet["A3"].value


@pytest.mark.every_database
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_downloads_need_few_queries(kind: str, ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.officer), []
    for number in (1, 29, 300):
        make_many_cases(number, unit=ministry.unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses.list_url(export=kind)).getvalue()
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1", "'=1"),
        ("+84", "'+84"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ('"=1', "'\"=1"),
        ("＝1", "'＝1"),
        ("an toàn", "an toàn"),
        (None, ""),
    ],
)
def test_safe_cell(value: Any, cell: str) -> None:
    assert safe_cell(value) == cell


def test_an_empty_list_says_so(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.officer)
    assert "pakn-empty" in client.get(addresses.list_url()).content.decode()
    assert "pakn-empty" in client.get(addresses.list_url(q="không có")).content.decode()


def test_a_filter_in_use_says_its_value_and_can_be_taken_away(ministry: Ministry, as_user: Any) -> None:
    query = {"status": "open", "kind": "question", "registered_from": "01/01/2020", "order": "due"}
    chips = as_user(ministry.officer).get(addresses.list_url(**query)).context["active_filters"]
    assert [value for _label, value, _url in chips] == [
        "Đang giải quyết",
        "Hỏi đáp chính sách",
        "01/01/2020 – …",
    ]
    without_day = chips[-1][2]
    assert without_day == f"{addresses.list_url()}?status=open&kind=question&order=due"


@pytest.mark.every_database
def test_the_number_of_a_tab_is_its_list(ministry: Ministry, as_user: Any) -> None:
    for status in (Status.PROCESSING, Status.ANSWERED, Status.ANSWERED):
        make_case(status, ministry)
    client = as_user(ministry.officer)
    for query in ({}, {"scope": "unit", "status": "open"}):
        tabs = client.get(addresses.list_url(**query)).context["tabs"]
        for tab in tabs:
            page = client.get(tab.url)
            assert tab.count in ("", str(page.context["page_obj"].paginator.count)), tab.name
    unit = client.get(next(tab.url for tab in tabs if tab.name == "unit"))
    (pill,) = unit.context["pills"]
    assert client.get(pill["url"]).context["page_obj"].paginator.count == 3
    menu = client.get(tab_url("unit"))
    assert menu.context["page_obj"].paginator.count == 1
