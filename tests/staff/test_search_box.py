"""A list of very many cases: counted and paged up to a limit, searched with an index."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from pakn_portal.staff.paging import CappedPaginator
from tests.factories import Ministry, make_case, make_many_cases

pytestmark = pytest.mark.django_db


def found(client: Any, typed: str) -> set[str]:
    rows = client.get(addresses.list_url(q=typed)).context["rows"]
    return {row.case.number for row in rows}


def test_a_whole_number_finds_that_case_alone(ministry: Ministry, as_user: Any) -> None:
    one, two = make_many_cases(2)
    client = as_user(ministry.intake)
    make_case(ministry=ministry, title=f"Hỏi thêm về hồ sơ {one.number}")
    year, sequence = one.number.split("-")[1:]
    loosely = (f"pakn {year} {int(sequence)}", f"số {one.number}.", one.number.replace("0", "O"))
    for typed in (one.number, one.number.lower(), f" {one.number.replace('-', ' – ')} ", *loosely):
        assert found(client, typed) == {one.number}
    assert two.number not in found(client, one.number)


def test_part_of_a_number_or_a_number_in_the_title(ministry: Ministry, as_user: Any) -> None:
    cases = make_many_cases(3)
    titled = make_case(
        ministry=ministry, title="Hỏi về Nghị định 20/2008/NĐ-CP", sender={"full_name": "Lê An"}
    )
    client = as_user(ministry.intake)
    prefix, tail = cases[0].number[:-4], cases[0].number[-7:]
    assert {case.number for case in cases} <= found(client, prefix)
    assert found(client, tail) == {cases[0].number}
    assert found(client, "nghi dinh 20/2008/nđ-cp") == {titled.number}
    assert found(client, "20/2008 le an") == {titled.number}
    assert found(client, "20/2008 le binh") == set()


def test_a_number_one_may_not_see_is_not_found(ministry: Ministry, as_user: Any) -> None:
    (case,) = make_many_cases(1, unit=ministry.unit)
    assert found(as_user(ministry.other_officer), case.number) == set()


def test_no_page_lies_beyond_the_limit(
    ministry: Ministry, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_many_cases(70, unit=ministry.unit)
    client = as_user(ministry.officer)
    page = client.get(addresses.list_url(p="99")).context["page_obj"]
    assert (page.number, page.paginator.count, page.paginator.is_capped) == (3, 70, False)
    monkeypatch.setattr(CappedPaginator, "most", 60)
    answer = client.get(addresses.list_url(p="99"))
    page = answer.context["page_obj"]
    assert (page.number, page.paginator.count, page.paginator.is_capped) == (2, 60, True)
    assert "Hơn 60 hồ sơ" in answer.content.decode()


def test_counting_reads_no_more_than_the_limit(ministry: Ministry) -> None:
    make_many_cases(3)
    paginator = CappedPaginator(Case.objects.with_names(), 30)
    with CaptureQueriesContext(connection) as queries:
        assert paginator.count == 3
    (query,) = queries.captured_queries
    assert "LIMIT 10001" in query["sql"]
    assert "content" not in query["sql"]


def test_rows_come_in_their_order(ministry: Ministry, as_user: Any) -> None:
    cases = make_many_cases(3)
    client = as_user(ministry.intake)
    for order, expected in (("oldest", cases), ("newest", cases[::-1])):
        rows = client.get(addresses.list_url(order=order)).context["rows"]
        assert [row.case.pk for row in rows] == [case.pk for case in expected]


def test_the_words_are_looked_up_in_an_index() -> None:
    """Made by migration 0005; a later rebuild of the table on SQLite would lose it unseen."""
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, "pakn_portal_submission")
    assert "pakn_submission_folded" in names
