"""The boards: who may open them, that each number leads to as many cases, and what they cost."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.answers import figures
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.reports import sums
from pakn_portal.reports.daily import rebuild, renew
from pakn_portal.reports.models import DailyFigures, FiguresState
from pakn_portal.search.models import AnsweredInstead
from pakn_portal.snippets.models import Sector
from pakn_portal.staff.cases.list.counted import LABELS
from tests.factories import Ministry, make_case, make_many_cases
from tests.fixtures.drawn import not_drawn
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db

BOARD = "/admin/pakn/board/"
_LINK = re.compile(r'href="([^"]+)" data-counts="(\d+)"')


def numbers_of(html: str) -> list[tuple[str, int]]:
    """Address and number of each figure on a page."""
    return [(unescape(url), int(number)) for url, number in _LINK.findall(html)]


def assert_each_leads_to_as_many(client: Client, html: str) -> dict[str, int]:
    """All that count something, and some that count nothing."""
    figures = set(numbers_of(html))
    assert figures
    found = dict(figures)
    assert len(found) == len(figures), "two numbers lead to one list"
    nothing = [url for url, number in found.items() if not number][:8]
    for url, number in found.items():
        if not number and url not in nothing:
            continue
        assert counted_at(client, url) == number, url
    # one of them as it is drawn, too
    url = max(found, key=lambda each: found[each])
    assert client.get(url).context["page_obj"].paginator.count == found[url], url
    return found


def counted_at(client: Client, url: str) -> int:
    """How many rows the list at this address has; to draw them would be most of the work."""
    with not_drawn():
        answer = client.get(url)
    assert answer.status_code == 200, url
    context = getattr(answer, "context_data", None) or answer.context
    return int(context["page_obj"].paginator.count)


@pytest.fixture
def two_years(ministry: Ministry) -> Ministry:
    """Cases of two units, with a past: on time, late, open, overdue, sealed, refused, without a unit."""
    today = clock.today()
    for status, unit in (
        (Status.SUBMITTED, None),
        (Status.REJECTED, None),
        (Status.PROCESSING, ministry.unit),
        (Status.PROCESSING, ministry.other_unit),
        (Status.ANSWERED, ministry.unit),
        (Status.ANSWERED, ministry.other_unit),
        (Status.PUBLISHED, ministry.unit),
        (Status.SECRET_HOLD, ministry.unit),
        (Status.COMPLAINT, None),
    ):
        for age in (0, 3, 40, 170, 400):
            (case,) = make_many_cases(1, status=status)
            came_in = today - timedelta(days=age + 20)
            is_open = status in (Status.SUBMITTED, Status.PROCESSING, Status.SECRET_HOLD)
            Case.objects.filter(pk=case.pk).update(
                lead_unit=unit,
                registered_on=came_in,
                due_on=came_in + timedelta(days=15 if age % 2 else 30),
                closed_on=None if is_open else today - timedelta(days=age),
                sector=None if age == 3 else case.sector,
            )
    make_case(
        Status.PROCESSING, ministry
    )  # with a line in the register, so the worker sees that there is work
    renew()
    return ministry


def test_who_may_open_the_board(ministry: Ministry, as_user: Any) -> None:
    answers = {letter: as_user(user).get(BOARD).status_code for letter, user in people(ministry).items()}
    opened = {letter for letter, code in answers.items() if code == 200}
    assert opened == set("IOFHCXLR")
    assert set(answers) == set(LETTERS)


@pytest.mark.parametrize(
    ("role", "query"),
    [
        ("leader", ""),
        pytest.param("leader", "?span=year&by=sector", marks=pytest.mark.every_database),
        ("head", "?span=quarter"),
        ("other_officer", "?sector=1"),
    ],
)
def test_each_number_leads_to_as_many_cases(role: str, query: str, two_years: Ministry, as_user: Any) -> None:
    client = as_user(getattr(two_years, role))
    assert_each_leads_to_as_many(client, client.get(BOARD + query).content.decode())


def test_the_order_of_the_figures_is_nobodys_business(
    two_years: Ministry, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flow put in between the others swaps no numbers, nor their headings."""
    client = as_user(two_years.leader)
    before = client.get(BOARD)
    turned = tuple(reversed(figures.FLOWS))
    for module in (figures, sums):
        monkeypatch.setattr(module, "FLOWS", turned)
    after = client.get(BOARD)
    assert_each_leads_to_as_many(client, after.content.decode())
    assert after.context["tiles"] == before.context["tiles"]
    assert after.context["flow_heads"] == [LABELS[flow.name] for flow in turned]


def test_each_flow_stands_in_each_table_that_needs_it() -> None:
    names = {flow.name for flow in figures.FLOWS}
    columns = {field.name for field in DailyFigures._meta.fields} - {"id", "day", "unit", "sector"}
    assert {field.name for field in fields(sums.Sums)} == columns == names
    assert names <= set(LABELS)


@pytest.mark.every_database
def test_the_table_and_the_drawing_lead_to_the_same_lists(two_years: Ministry, as_user: Any) -> None:
    html = as_user(two_years.leader).get(BOARD).content.decode()
    drawn = {unescape(url) for url in re.findall(r'<a href="([^"]+)" tabindex="-1"', html)}
    assert drawn
    assert drawn <= {url for url, _number in numbers_of(html)}


def test_a_superuser_reads_the_numbers_that_everybody_reads(two_years: Ministry, as_user: Any) -> None:
    two_years.leader.is_superuser = True
    two_years.leader.save()
    client = as_user(two_years.leader)
    assert_each_leads_to_as_many(client, client.get(BOARD).content.decode())


@pytest.mark.every_database
def test_a_unit_sees_its_own_figures_only(two_years: Ministry, as_user: Any) -> None:
    html = as_user(two_years.other_head).get(BOARD).content.decode()
    assert two_years.other_unit.name in html
    assert two_years.unit.name not in html


@pytest.mark.every_database
def test_what_happened_today_is_counted_before_the_worker_comes(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.ANSWERED, ministry)
    client = as_user(ministry.leader)
    found = assert_each_leads_to_as_many(client, client.get(BOARD).content.decode())
    assert max(found.values()) == 1


@pytest.mark.every_database
def test_what_the_archive_answered_beforehand_is_told_of_all_units_together(
    ministry: Ministry, as_user: Any
) -> None:
    today = clock.today()
    for day in (today, today - timedelta(days=730)):
        AnsweredInstead.objects.create(counted_on=day, number=3)
    told = "3 câu hỏi đã có câu trả lời trong kho hỏi đáp trước khi gửi."
    assert told in as_user(ministry.leader).get(BOARD).content.decode()
    sector = Sector.objects.earliest("pk").pk
    assert told not in as_user(ministry.leader).get(f"{BOARD}?sector={sector}").content.decode()
    assert told not in as_user(ministry.head).get(BOARD).content.decode()


def test_an_empty_ministry_is_told_what_to_look_at(ministry: Ministry, as_user: Any) -> None:
    assert "pakn_worker" in as_user(ministry.leader).get(BOARD).content.decode()


def test_the_board_says_up_to_when_it_was_counted(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.leader)
    make_case(Status.ANSWERED, ministry)
    rebuild()
    html = client.get(BOARD).content.decode()
    assert "tính đến" in html and 'data-figures="current"' in html
    make_case(Status.ANSWERED, ministry)
    behind = client.get(BOARD).content.decode()
    assert 'data-figures="behind"' in behind and "đang được tổng hợp" in behind
    # the worker has not come by since yesterday: what it has counted has no headline
    FiguresState.objects.update(counted_on=clock.today() - timedelta(days=1))
    unfinished = client.get(BOARD).content.decode()
    assert 'data-figures="unfinished"' in unfinished and "đang được tổng hợp" in unfinished
    headline = re.compile(r'id="board-heat">([^<]*)<')
    assert headline.findall(html) != headline.findall(unfinished)
    assert headline.findall(unfinished) == ["Tỷ lệ trả lời đúng hạn trong mười hai tháng"]


def test_the_cost_does_not_grow(ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.leader), []
    for number in (1, 29):
        make_many_cases(number, unit=ministry.unit)
        make_case(Status.ANSWERED, ministry)
        rebuild()
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD)
        counts.append(len(queries))
    assert counts == [counts[0]] * 2


@pytest.mark.every_database
@pytest.mark.parametrize(
    "figure",
    [
        "",
        "done",
        "done.2026-01-01",
        "x.2026-01-01.2026-01-31",
        "done.x.y",
        "a.b.c.d",
        "overdue.2026-01-01.9999-12-31",
        "open.0001-01-01.0001-01-01",
        "done.2026-02-01.2026-01-01",
    ],
)
def test_a_figure_that_nobody_knows_shows_no_cases(figure: str, ministry: Ministry, as_user: Any) -> None:
    make_case(Status.PROCESSING, ministry)
    answer = as_user(ministry.leader).get("/admin/pakn/cases/", {"scope": "all", "figure": figure})
    assert answer.status_code == 200
    assert answer.context["page_obj"].paginator.count == (0 if figure else 1)


BOARD_FILTERS = {
    "figure": "came_in.2020-01-01.2030-01-01", "no_officer": "true", "no_unit": "true", "no_sector": "true",
    "untouched": "true", "later": "true", "public_text": "requested", "to_publish": "true",
}  # fmt: skip


@pytest.mark.parametrize("name", [*BOARD_FILTERS, "officer"])
def test_a_search_within_a_number_stays_within_it(name: str, ministry: Ministry, as_user: Any) -> None:
    """In the header with its drawer, and in the form that stands there without scripts."""
    make_case(Status.PROCESSING, ministry)
    value = BOARD_FILTERS.get(name, str(ministry.officer.pk))
    query = {"scope": "all", "order": "oldest", "cols": "kind", name: value}
    html = as_user(ministry.leader).get("/admin/pakn/cases/", query).content.decode()
    forms = [form for form in re.findall(r"<form.*?</form>", html, re.S) if 'role="search"' in form]
    forms = [form for form in forms if 'name="q"' in form]
    assert len(forms) == 2
    for form in forms:
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
        assert sorted(hidden) == sorted(query.items())


def test_nobody_learns_a_name_by_the_filter_of_officers(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.PROCESSING, ministry)
    query = {"scope": "all", "officer": ministry.officer.pk}
    stranger = as_user(ministry.other_head).get("/admin/pakn/cases/", query)
    assert "Trịnh Thị Hải Yến" not in stranger.content.decode()
    assert "Trịnh Thị Hải Yến" in as_user(ministry.head).get("/admin/pakn/cases/", query).content.decode()
