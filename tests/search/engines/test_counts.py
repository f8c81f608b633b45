"""The list without words: read along an index, counted once for every state of the archive."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.search.engines import DatabaseEngine
from pakn_portal.search.engines.database import by_date
from pakn_portal.search.engines.database import counts as counting
from pakn_portal.search.enums import Sort
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import SearchResult
from pakn_portal.snippets.models import Sector
from tests.search.conftest import titles

pytestmark = pytest.mark.usefixtures("without_server")


def listed(**more: Any) -> SearchResult:
    return DatabaseEngine().search(SearchRequest(**more))


def statements(**more: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        listed(**more)
    return [query["sql"] for query in captured.captured_queries]


def countings(**more: Any) -> int:
    return sum("GROUP BY" in sql for sql in statements(**more))


def test_counted_once_until_the_archive_changes(
    publish: Any, django_capture_on_commit_callbacks: Any
) -> None:
    publish("Một", answered_on=date(2025, 1, 1))
    assert [countings(), countings(), countings(page=2), countings(sort=Sort.OLDEST)] == [1, 0, 0, 0]
    with django_capture_on_commit_callbacks(execute=True):
        page = publish("Hai", answered_on=date(2026, 1, 1))
    assert (listed().total, listed().facets["year"]) == (2, {"2025": 1, "2026": 1})
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert (listed().total, countings()) == (1, 0)


def test_one_choice_is_kept_and_more_are_counted(publish: Any) -> None:
    publish(
        "Một", answered_on=date(2025, 1, 1), sector=Sector.objects.create(code="luong", name="Tiền lương")
    )
    one, two = {"year": ("2025",)}, {"year": ("2025",), "sector": ("luong",)}
    assert [countings(filters=one), countings(filters=one)] == [1, 0]
    assert [countings(filters=two), countings(filters=two)] == [1, 1]
    assert [countings(filters={"year": ("2024", "2025")}), countings()] == [1, 1]


def test_counted_again_after_a_while(publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("Một")
    listed()
    monkeypatch.setattr(counting, "FRESH_SECONDS", -1)
    assert countings() == 1


def test_while_one_counts_others_show_what_was(publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("Một")
    listed()
    counting.forget_counts()
    first_counts, seen = counting._count, []

    def count_and_look(*given: Any) -> counting.ListCounts:
        monkeypatch.setattr(counting, "_count", first_counts)
        seen.append(countings())
        return first_counts(*given)

    monkeypatch.setattr(counting, "_count", count_and_look)
    assert (countings(), seen, countings()) == (1, [0], 0)


def test_what_has_no_date_comes_last_and_once(publish: Any) -> None:
    for number in range(4):
        publish(f"Có ngày {number}", answered_on=date(2026, 1, 1 + number))
        publish(f"Không ngày {number}")
    for sort in (Sort.NEWEST, Sort.OLDEST):
        pages = [titles(listed(sort=sort, page=page, page_size=3)) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [3, 3, 2, 0]
        everything = [title for page in pages for title in page]
        assert len(set(everything)) == 8
        assert [title.startswith("Có") for title in everything] == [True] * 4 + [False] * 4


@pytest.mark.parametrize("walked", [0, 10**9])
def test_filtered_pages_are_the_same_on_either_way(
    publish: Any, monkeypatch: pytest.MonkeyPatch, walked: int
) -> None:
    monkeypatch.setattr(by_date, "_WALKED", walked)
    sector = Sector.objects.create(code="luong", name="Tiền lương")
    for number in range(5):
        day = date(2024 + number % 2, 1, 1 + number)
        publish(f"Có ngày {number}", answered_on=day, sector=sector)
        publish(f"Khác {number}", answered_on=day)
        publish(f"Không ngày {number}", sector=sector)
    for filters, many in (
        ({"sector": ("luong",)}, 10),
        ({"year": ("2024",)}, 6),
        ({"year": ("2024", "2025"), "sector": ("luong",)}, 5),
        ({"kind": ("question",), "year": ("2025",), "sector": ("luong",)}, 2),
        ({"kind": ("petition",), "year": ("2025",), "sector": ("luong",)}, 0),
    ):
        for sort in (Sort.NEWEST, Sort.OLDEST):
            pages = [listed(sort=sort, filters=filters, page=page, page_size=4) for page in (1, 2, 3)]
            everything = [hit.entry for page in pages for hit in page.hits]
            assert ({page.total for page in pages}, len(everything)) == ({many}, many)
            assert len({entry.pk for entry in everything}) == many
            days = [entry.published_on for entry in everything if entry.published_on]
            assert days == sorted(days, reverse=sort == Sort.NEWEST)
            assert [entry.published_on is None for entry in everything][: len(days)] == [False] * len(days)


def test_a_rare_filter_reads_no_row(publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_date, "_WALKED", 0)
    publish("Một", answered_on=date(2025, 1, 1))
    filters = {"sector": ("luong",), "sender": ("citizen",), "year": ("2025",)}
    asked = statements(filters=filters)
    for plan in plans([sql for sql in asked if "archiveentry" in sql and "ORDER BY" in sql]):
        assert "pakn_entry_by_date" in plan
        assert "pakn_entry_counts" in plan
        assert "PRIMARY KEY" not in plan
    (plan,) = plans([sql for sql in asked if "GROUP BY" in sql])
    assert "pakn_entry_counts" in plan


def plans(wanted: list[str]) -> list[str]:
    """How the database would run these statements on a large table."""
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[connection.vendor]
    told = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which thinks nothing of reading a small one
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_hashagg = off")
        for sql in wanted:
            cursor.execute(f"{explain} {sql}")
            told.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return told


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_lists_and_counts_come_from_indexes(publish: Any, sort: Sort) -> None:
    publish("Một", answered_on=date(2025, 1, 1))
    asked = statements(sort=sort, page=2)
    pages = [sql for sql in asked if "archiveentry" in sql and "ORDER BY" in sql]
    groups = [sql for sql in asked if "GROUP BY" in sql]
    assert (len(pages), len(groups)) == (2, 1)
    for plan in plans(pages):
        assert "pakn_entry_by_date" in plan
        assert "TEMP B-TREE" not in plan
    (plan,) = plans(groups)
    assert "pakn_entry_counts" in plan
    assert "COVERING INDEX" in plan or "Index Only Scan" in plan
