"""The list as a desk: due first, orders and columns to choose, saved views, the drawer and its results."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from pakn_portal.answers import actions as answering
from pakn_portal.answers.step_limits import limits_of, publisher_days
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.clock import today
from pakn_portal.pages.answers.actions import request_publication
from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.models import Sector
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.list import saved
from pakn_portal.staff.menu import menu_item
from pakn_portal.staff.models import SavedView
from tests.factories import Ministry, make_case, make_many_cases, make_unit
from tests.fixtures.threads import at_once
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db


def numbers(answer: Any) -> list[str]:
    return [row.case.number for row in answer.context["rows"]]


@pytest.mark.every_database
def test_due_first_and_what_is_closed_last(ministry: Ministry, as_user: Any) -> None:
    closed, late, soon = make_many_cases(3, unit=ministry.unit)
    days = {closed: -400, late: -3, soon: 2}
    for case, more in days.items():
        Case.objects.filter(pk=case.pk).update(due_on=today() + timedelta(days=more))
    Case.objects.filter(pk=closed.pk).update(status=Status.ANSWERED, closed_on=today())
    undated = make_many_cases(1, unit=ministry.unit)[0]
    Case.objects.filter(pk=undated.pk).update(due_on=None)
    found = numbers(as_user(ministry.leader).get(addresses.list_url()))
    assert found == [case.number for case in (late, soon, undated, closed)]


@pytest.mark.every_database
@pytest.mark.parametrize("column", ["due", "case", "status", "holder", "sector", "registered"])
def test_each_order_and_back(column: str, ministry: Ministry, as_user: Any) -> None:
    make_many_cases(2, unit=ministry.unit)
    client = as_user(ministry.leader)
    page = client.get(addresses.list_url(cols="sector"))
    page = client.get(addresses.list_url(), {"cols": ["status", "holder", "sector", "registered"]})
    heading = next(each for each in page.context["headings"] if each.name == column)
    sorted_page = client.get(heading.url)
    again = next(each for each in sorted_page.context["headings"] if each.name == column)
    assert again.sorted in ("ascending", "descending")
    back = client.get(again.url)
    other = next(each for each in back.context["headings"] if each.name == column)
    assert {again.sorted, other.sorted} == {"ascending", "descending"}


NAMES = ["Vụ Bảo hiểm xã hội", "Vụ Bình đẳng giới", "Vụ Cao Bằng", "Vụ Cần Thơ", "Vụ Dân số", "Vụ Đất đai"]


@pytest.mark.every_database
@pytest.mark.parametrize("order", ["unit", "sector"])
def test_names_stand_by_the_alphabet_and_what_has_none_last(
    order: str, ministry: Ministry, as_user: Any
) -> None:
    none, *cases = make_many_cases(1 + len(NAMES))
    Case.objects.filter(pk=none.pk).update(sector=None)
    for number, (case, name) in enumerate(zip(cases, reversed(NAMES), strict=True)):
        unit, sector = make_unit(name), Sector.objects.create(code=f"s{number}", name=name)
        Case.objects.filter(pk=case.pk).update(lead_unit=unit, sector=sector)
    by_alphabet = [case.number for case in reversed(cases)]
    client = as_user(ministry.leader)
    assert numbers(client.get(addresses.list_url(order=order))) == [*by_alphabet, none.number]
    falling = client.get(addresses.list_url(order=f"-{order}"))
    assert numbers(falling) == [*reversed(by_alphabet), none.number]
    page = client.get(addresses.case_url(cases[0].pk), {"back": f"order=-{order}"})
    assert addresses.case_url(cases[1].pk) in page.content.decode()


@pytest.mark.every_database
def test_statuses_stand_by_their_words(ministry: Ministry, as_user: Any) -> None:
    for status in (Status.ROUTED, Status.DRAFT_REVIEW, Status.RETURNED, Status.PROCESSING):
        make_many_cases(1, unit=ministry.unit, status=status)
    rows = as_user(ministry.leader).get(addresses.list_url(order="status")).context["rows"]
    words = [row.case.get_status_display() for row in rows]
    assert words == ["Chờ duyệt trả lời", "Đã chuyển xử lý", "Đang xử lý", "Đơn vị trả lại"]


def test_columns_are_chosen_and_stay(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.officer)
    page = client.get(addresses.list_url(), {"cols": ["about", "kind", "password"]})
    assert [column.name for column in page.context["columns"]] == ["kind", "about"]
    assert "cols=about&amp;cols=kind" in page.content.decode()
    usual = client.get(addresses.list_url(cols="bogus"))
    assert [column.name for column in usual.context["columns"]] == ["status", "holder"]


def test_a_row_says_more_only_where_there_is_something(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.RETURNED, ministry)
    copy = make_case(Status.DUPLICATE, ministry)
    page = as_user(ministry.intake).get(addresses.list_url())
    said = {row.case.pk: row.remarks for row in page.context["rows"]}
    assert "1 hồ sơ cùng nội dung" in said[copy.master_id]
    assert any("Thuộc Vụ Bảo hiểm xã hội." in remark for remarks in said.values() for remark in remarks)
    assert said[copy.pk] == ()


def test_a_saved_view_is_kept_opened_first_and_dropped(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.officer)
    query = "scope=unit&status=open&order=newest&cols=kind&q=abc&p=3&export=csv&officer__password=x"
    client.post(addresses.views_url(), {"name": " Của  tôi ", "query": query, "opens_first": "on"})
    view = SavedView.objects.get()
    assert (view.owner, view.name, view.unit) == (ministry.officer, "Của tôi", None)
    assert view.query == "scope=unit&status=open&order=newest&cols=kind&q=abc"
    first = client.get(addresses.list_url())
    assert first["Location"] == f"{addresses.list_url()}?{view.query}&view={view.pk}"
    page = client.get(first["Location"])
    assert page.context["view_here"] == view
    client.post(addresses.views_url(), {"name": "Khác", "query": "", "opens_first": "on"})
    assert list(SavedView.objects.filter(opens_first=True).values_list("name", flat=True)) == ["Khác"]
    client.post(addresses.views_url(), {"delete": view.pk})
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Khác"]


def test_a_view_is_shared_with_ones_own_unit_and_finds_what_its_reader_may_see(
    ministry: Ministry, as_user: Any
) -> None:
    make_case(Status.PROCESSING, ministry)
    head = as_user(ministry.head)
    head.post(addresses.views_url(), {"name": "Của đơn vị", "query": "scope=all", "unit": ministry.unit.pk})
    head.post(addresses.views_url(), {"name": "Lạ", "query": "scope=all", "unit": ministry.other_unit.pk})
    view = SavedView.objects.get(name="Của đơn vị")
    assert not SavedView.objects.filter(unit=ministry.other_unit).exists()
    colleague = as_user(ministry.officer)
    assert view in [each for each, _url in colleague.get(addresses.list_url(scope="all")).context["views"]]
    stranger = as_user(ministry.other_officer)
    page = stranger.get(addresses.list_url(scope="all", view=view.pk))
    assert (page.context["views"], page.context["view_here"], numbers(page)) == ([], None, [])
    colleague.post(addresses.views_url(), {"delete": view.pk})
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_what_is_shared_stays_with_the_unit_when_its_owner_leaves(ministry: Ministry, as_user: Any) -> None:
    officer, post = ministry.officer, {"query": "scope=all", "unit": ministry.unit.pk}
    as_user(officer).post(addresses.views_url(), {"name": "Của đơn vị", "opens_first": "on", **post})
    view = SavedView.objects.get()
    officer.groups.remove(ministry.unit.staff_group)
    officer.groups.add(ministry.other_unit.staff_group)
    client = as_user(officer)
    assert client.get(addresses.list_url()).status_code == 200
    page = client.get(addresses.list_url(scope="all", view=view.pk))
    assert (page.context["views"], page.context["view_here"]) == ([], None)
    client.post(addresses.views_url(), {"delete": view.pk})
    client.post(addresses.views_url(), {"name": "Của đơn vị", "query": "scope=mine"})
    told = client.post(addresses.views_url(), {"name": "của đơn vị", "query": "scope=mine"}, follow=True)
    assert "Hãy chọn tên khác" in told.content.decode()
    unchanged = SavedView.objects.get()
    assert (unchanged.pk, unchanged.name, unchanged.query, unchanged.unit) == (
        view.pk, "Của đơn vị", "scope=all", ministry.unit,
    )  # fmt: skip
    # the unit goes on with it, and its head can drop what nobody else can any more
    colleague, head = as_user(ministry.second_officer), as_user(ministry.head)
    seen = colleague.get(addresses.list_url(scope="all", view=view.pk)).context
    assert (seen["view_here"], seen["droppable"]) == (view, [])
    assert head.get(addresses.list_url(scope="all")).context["droppable"] == [view]
    for client in (colleague, as_user(ministry.other_head)):
        client.post(addresses.views_url(), {"delete": view.pk})
    assert SavedView.objects.filter(pk=view.pk).exists()
    head.post(addresses.views_url(), {"delete": view.pk})
    assert not SavedView.objects.exists()


@pytest.mark.every_database
def test_a_name_is_one_view_of_its_owner_and_anybody_elses_too(ministry: Ministry, as_user: Any) -> None:
    officer, head = as_user(ministry.officer), as_user(ministry.head)
    for client, name, query in (
        (officer, "Đang mở", "scope=mine"),
        (officer, "ĐANG  MỞ", "scope=unit"),
        (head, "Đang mở", "scope=all"),
    ):
        client.post(addresses.views_url(), {"name": name, "query": query})
    kept = set(SavedView.objects.values_list("owner", "name", "query"))
    assert kept == {
        (ministry.officer.pk, "ĐANG MỞ", "scope=unit"),
        (ministry.head.pk, "Đang mở", "scope=all"),
    }


def test_ones_own_views_are_there_however_many_a_unit_has(ministry: Ministry, as_user: Any) -> None:
    SavedView.objects.bulk_create(
        SavedView(owner=ministry.head, unit=ministry.unit, name=f"A {n:03}", query="scope=all")
        for n in range(80)
    )
    client = as_user(ministry.officer)
    client.post(addresses.views_url(), {"name": "Ý riêng", "query": "scope=mine"})
    view = SavedView.objects.get(owner=ministry.officer)
    page = client.get(addresses.list_url(scope="mine", view=view.pk))
    assert page.context["view_here"] == view


def test_a_view_for_a_strange_unit_is_refused_with_the_reason(ministry: Ministry, as_user: Any) -> None:
    told = as_user(ministry.head).post(
        addresses.views_url(), {"name": "Lạ", "unit": ministry.other_unit.pk}, follow=True
    )
    assert "đơn vị của mình" in told.content.decode()


def test_who_may_keep_views(ministry: Ministry) -> None:
    from django.test import Client

    who = people(ministry)
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        client.post(addresses.views_url(), {"name": letter, "query": "scope=mine"})
        assert SavedView.objects.filter(owner=who[letter]).exists() == (letter not in "MN"), letter
        assert client.get(addresses.results_url()).status_code == (302 if letter in "MN" else 200), letter
    assert Client().post(addresses.views_url(), {"name": "x"}).status_code == 302


def test_the_drawer_gets_the_results_alone(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    answer = as_user(ministry.officer).get(addresses.results_url(), {"status": "open"})
    html = answer.content.decode()
    assert case.number in html
    assert "<html" not in html
    assert 'data-w-active-filter-id="id_status"' in html
    assert f'href="{addresses.list_url()}?' in html


@pytest.mark.every_database
def test_queries_stay_with_views_and_rows(ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.head), []
    for number in (1, 29):
        for n in range(number):
            for owner, unit in ((ministry.officer, ministry.unit), (ministry.head, None)):
                SavedView.objects.create(
                    owner=owner, unit=unit, name=f"Khung nhìn {number} {n}", query="scope=all"
                )
        make_many_cases(number, unit=ministry.unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses.list_url(scope="all"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_stands_in_for_whom_is_asked_once(ministry: Ministry, as_user: Any) -> None:
    """Three tabs count by it, and the list itself is found by it."""
    make_many_cases(2, unit=ministry.unit)
    client = as_user(ministry.head)
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses.list_url(scope="mine"))
    asked = [query["sql"] for query in queries]
    people = [sql for sql in asked if "focal_person_id" in sql and "is_active" not in sql]
    # the units of this person, and the people of these
    assert len(people) == 2, people


#: a database has a largest number, and each has another
TOO_LARGE = pytest.param("9" * 20, marks=pytest.mark.every_database)


@pytest.mark.parametrize("number", ["²", "٣", TOO_LARGE, "-1", ""])
def test_what_is_no_number_is_none(number: str, ministry: Ministry, section: Any, as_user: Any) -> None:
    """In addresses and hidden fields; a superscript is a digit to Python."""
    case = make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.intake)
    assert client.get(addresses.case_url(case.pk, f"scope=all&p={number}")).status_code == 200
    assert client.get(addresses.list_url(), {"p": number, "view": number}).status_code == 200
    assert client.post(addresses.views_url(), {"delete": number}).status_code == 302
    posted = {"verb": Verb.REMIND, "id": [case.pk, number], "version": f"{case.pk}:{number}"}
    assert client.get(addresses.bulk_url(), posted).status_code == 200
    assert client.post(addresses.bulk_url(), posted).status_code == 200
    draft = addresses.move_url(case.pk, Verb.DRAFT_ANSWER)
    kept = {"version": number, "keep_draft": "1", "kept_revision": number, "writer": number}
    assert as_user(ministry.officer).post(draft, kept).status_code == 200


@pytest.mark.parametrize(
    ("query", "entry"),
    [("scope=unit&status=open", "pakn-unit"), ("scope=all&order=newest", "pakn-all"), ("", "pakn-all"),
     ("scope=mine&kind=question", "pakn-mine"), ("scope=elsewhere&order=newest", "pakn-mine")],
)  # fmt: skip
def test_the_first_view_opens_from_the_entry_of_its_tab(
    query: str, entry: str, ministry: Ministry, as_user: Any
) -> None:
    client = as_user(ministry.officer)
    entries = {item.name: item.url for item in menu_item().menu.registered_menu_items}
    assert client.get(entries[entry]).status_code == 200
    client.post(addresses.views_url(), {"name": "Của tôi", "query": query, "opens_first": "on"})
    view = SavedView.objects.get()
    for name in ("pakn-mine", "pakn-unit", "pakn-all"):
        page = client.get(entries[name], follow=True)
        assert page.context["view_here"] == (view if name == entry else None)
    # the tabs of the list lead to the tabs
    tab = next(tab for tab in page.context["tabs"] if tab.name == "mine")
    assert client.get(tab.url).context["view_here"] is None


def test_an_address_of_a_units_tab_is_of_that_tab_for_everybody(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.PROCESSING, ministry)
    for user in (ministry.officer, ministry.intake):
        page = as_user(user).get(addresses.list_url(scope="unit"))
        assert [tab.name for tab in page.context["tabs"] if tab.is_open] == ["unit"]
    usual = as_user(ministry.intake).get(addresses.list_url())
    assert "unit" not in [tab.name for tab in usual.context["tabs"]]


def test_an_entry_of_the_menu_opens_its_tab(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.officer)
    entries = {item.name: item.url for item in menu_item().menu.registered_menu_items}
    for name, tab in (("pakn-mine", "mine"), ("pakn-unit", "unit"), ("pakn-all", "all")):
        page = client.get(entries[name])
        assert [each.name for each in page.context["tabs"] if each.is_open] == [tab]
        assert ("scope", tab) in page.context["carried"]
        assert "opened=" not in "".join(each.url for each in page.context["tabs"])


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_both_want_to_open_first(ministry: Ministry) -> None:
    scope = scope_of(ministry.officer)

    def save(name: str) -> Any:
        return lambda: saved.save_view(scope, name=name, query=QueryDict(), opens_first=True)

    for _round in range(5):
        at_once([save("Một"), save("Hai")])
        assert SavedView.objects.filter(opens_first=True).count() == 1
        SavedView.objects.all().delete()


@pytest.mark.every_database
def test_the_database_has_one_view_of_a_name_however_it_is_capitalised(ministry: Ministry) -> None:
    """Two clicks in one moment both find none before; the later one takes the place of the first."""
    scope = scope_of(ministry.officer)
    saved.save_view(scope, name="Gấp", query=QueryDict(), opens_first=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(owner=ministry.officer, name="gấp")
    saved.save_view(scope, name="GấP", query=QueryDict("urgency=urgent"), opens_first=False)
    assert [(view.name, view.query) for view in SavedView.objects.all()] == [("GấP", "urgency=urgent")]


@pytest.mark.every_database
def test_what_waits_for_a_publisher_has_the_day_of_publication_and_the_oldest_first(
    ministry: Ministry, as_user: Any, section: Any
) -> None:
    publisher, asked = as_user(ministry.publisher), []
    url = addresses.list_url(scope="all", to_publish="true")
    waiting: list[Case] = []
    for number in (1, 3):
        for _each in range(number):
            case = make_case(Status.ANSWERED, ministry)
            answering.prepare_public_text(
                case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=ministry.officer
            )
            request_publication(case, by=ministry.officer)
            waiting.append(case)
            # each was answered earlier than the one before it
            Case.objects.filter(pk=case.pk).update(closed_on=today() - timedelta(days=len(waiting)))
        publisher.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = publisher.get(url)
        asked.append(len(queries))
    assert numbers(page) == [case.number for case in reversed(waiting)]
    html = page.content.decode()
    assert "Hạn công khai" in html
    assert "đã kết thúc" not in html
    limits = [limits_of(Case.objects.get(pk=case.pk))[0] for case in reversed(waiting)]
    assert all(f"{limit.due_on:%d/%m/%Y}" in html for limit in limits)
    assert asked[0] == asked[1]
    back = publisher.get(addresses.case_url(waiting[2].pk, "scope=all&to_publish=true"))
    assert addresses.case_url(waiting[3].pk) in back.context["neighbours"]["previous"]


def test_what_the_drawer_does_not_have_is_no_button_that_opens_it(ministry: Ministry, as_user: Any) -> None:
    list_url = addresses.list_url(scope="all", to_publish="true", urgency="urgent")
    page = as_user(ministry.publisher).get(list_url).content.decode()
    assert "chờ công khai" in page
    assert re.findall(r'data-w-active-filter-id="([^"]+)"', page) == ["id_urgency"]
    assert all(f'id="{place}"' in page for place in re.findall(r'aria-controls="(drilldown-[^"]+)"', page))


def to_publish(ministry: Ministry, *, days_ago: int) -> Case:
    case = make_case(Status.ANSWERED, ministry)
    answering.prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=ministry.officer)
    request_publication(case, by=ministry.officer)
    Case.objects.filter(pk=case.pk).update(closed_on=today() - timedelta(days=days_ago))
    return case


def test_the_desk_of_a_publisher_has_one_day_for_a_case_wherever_it_stands(
    ministry: Ministry, as_user: Any, section: Any
) -> None:
    """Their list, the first page, the case and the screen of the act told of four different things."""
    publisher = as_user(ministry.publisher)
    newer, older = (to_publish(ministry, days_ago=days) for days in (2, 40))
    in_order = [older.number, newer.number]
    late_on = publisher_days()[older.pk]
    mine = publisher.get(addresses.list_url(scope="mine"))
    assert numbers(mine) == in_order
    assert [row.due_on for row in mine.context["rows"]] == [
        publisher_days()[each.pk] for each in (older, newer)
    ]
    assert "đã kết thúc" not in mine.content.decode()
    for query in ({"scope": "mine"}, {"scope": "all", "to_publish": "true"}):
        assert numbers(publisher.get(addresses.list_url(**query, due="overdue"))) == [older.number]
        assert numbers(publisher.get(addresses.list_url(**query, order="-due"))) == in_order[::-1]
    home = publisher.get("/admin/").content.decode()
    assert home.count(older.number) == 1
    assert 0 < home.index(older.number) < home.index(newer.number)
    assert 'data-figure="late_publication"><strong>1<' in home
    page = publisher.get(addresses.case_url(older.pk))
    assert page.context["dossier"].next_due_on == late_on
    assert page.context["dossier"].time_left.state == "overdue"
    act = publisher.get(addresses.move_url(older.pk, Verb.PUBLISH)).content.decode()
    assert "Quá hạn" in act[: act.index("<form id=")]
    # and for whoever does not publish it is closed
    assert as_user(ministry.officer).get(addresses.case_url(older.pk)).context["dossier"].next_due_on is None
