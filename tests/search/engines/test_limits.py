"""A search of common words over a large archive: bounded in rows and in time, and answered."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from pakn_portal.search.engines import DatabaseEngine
from pakn_portal.search.engines.base import TooBroad
from pakn_portal.search.engines.database import postgresql, sqlite
from pakn_portal.search.enums import Sort
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query import weights
from pakn_portal.search.query.request import SearchRequest, read_request
from pakn_portal.search.query.results import SearchResult
from tests.search.conftest import titles

pytestmark = pytest.mark.usefixtures("without_server")
#: Longer than anybody waits, in each database's own words.
ENDLESS = {
    "postgresql": "SELECT pg_sleep(20)",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
}


@pytest.fixture
def few_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "CANDIDATES", 5)


def found(text: str, **more: Any) -> SearchResult:
    engine = DatabaseEngine()
    engine.index.refresh()
    return engine.search(SearchRequest(text, page_size=50, **more))


def test_of_a_common_word_the_newest_are_ranked(publish: Any, few_candidates: None) -> None:
    for number in range(12):
        publish(f"Người lao động số {number}")
    assert sorted(titles(found("lao động"))) == sorted(f"Người lao động số {n}" for n in range(7, 12))


def test_a_rare_word_is_found_however_old(publish: Any, few_candidates: None) -> None:
    publish("Lao động cưỡng bức", answered_on=date(2009, 1, 1))
    for number in range(12):
        publish(f"Người lao động số {number}")
    result = found("lao động cưỡng bức")
    assert titles(result)[0] == "Lao động cưỡng bức"
    assert result.total <= 6


def test_two_common_words_together_come_first(publish: Any, few_candidates: None) -> None:
    publish("An toàn lao động")
    for number in range(8):
        publish(f"Lao động {number}")
        publish(f"An toàn {number}")
    assert titles(found("an toàn lao động"))[0] == "An toàn lao động"


def test_common_words_that_never_meet_are_found(publish: Any, few_candidates: None) -> None:
    for number in range(8):
        publish(f"Tiền lương {number}")
        publish(f"Học nghề {number}")
    result = found("tiền lương. học nghề")
    assert result.total == 5


def test_what_fits_a_filter_is_found_behind_much_that_does_not(publish: Any, few_candidates: None) -> None:
    publish("Người lao động xưa", answered_on=date(2009, 1, 1))
    for number in range(12):
        publish(f"Người lao động số {number}", answered_on=date(2026, 1, 1))
    result = found("lao động", filters={"year": ("2009",)})
    assert (titles(result), result.total) == (["Người lao động xưa"], 1)
    assert result.facets["year"] == {"2009": 1, "2026": 5}


def test_oldest_first_begins_with_the_oldest(publish: Any, few_candidates: None) -> None:
    for number in range(12):
        publish(f"Người lao động số {number}", answered_on=date(2010 + number, 1, 1))
    assert titles(found("lao động", sort=Sort.OLDEST))[0] == "Người lao động số 0"
    assert titles(found("lao động", sort=Sort.NEWEST))[0] == "Người lao động số 11"


def test_an_exact_number_is_exact_and_the_least_is_told_as_such(
    archive: Any, publish: Any, client: Any, few_candidates: None
) -> None:
    publish("Lao động cưỡng bức", answered_on=date(2026, 1, 1))
    for number in range(12):
        publish(f"Người lao động số {number}", answered_on=date(2026, 1, 1))
    told = {}
    for typed in ("cưỡng bức", "lao động", "lao động cưỡng bức", "người lao động", ""):
        result = found(typed)
        html = client.get(archive.url, {"q": typed}).content.decode()
        told[typed] = (result.total, result.is_bounded, "Ít nhất" in html, "chưa đếm hết" in html)
        assert ("(từ 5)" in html) == (result.total == 5)
    assert told == {
        "cưỡng bức": (1, False, False, False),
        "lao động": (5, True, True, True),
        "lao động cưỡng bức": (6, True, True, True),
        "người lao động": (5, True, True, True),
        "": (13, False, False, False),
    }


@pytest.mark.parametrize(("total", "told"), [(0, 0), (99, 99), (100, 100), (3_833, 3_800), (4_000, 4_000)])
def test_the_least_is_rounded_down(total: int, told: int) -> None:
    assert SearchResult([], total, {}, "", 0, is_bounded=True).told_total == told
    assert SearchResult([], total, {}, "", 0).told_total == total


def test_a_statement_that_takes_too_long_is_broken_off(db: None) -> None:
    index = DatabaseEngine().index
    with pytest.raises(TooBroad), index.limited(0.1), connection.cursor() as cursor:
        cursor.execute(ENDLESS[connection.vendor])
    assert ArchiveEntry.objects.count() == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such setting")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_request", [True, False])
def test_the_limit_ends_with_the_search(in_request: bool) -> None:
    def limit() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return str(cursor.fetchone()[0])

    index, before = DatabaseEngine().index, limit()
    with transaction.atomic() if in_request else nullcontext():
        with index.limited(0.1):
            assert limit() == "100ms"
        assert limit() == before
        with pytest.raises(TooBroad), index.limited(0.1), connection.cursor() as cursor:
            cursor.execute(ENDLESS["postgresql"])
        assert limit() == before


def endless(self: Any, *given: Any) -> list[tuple[Any, ...]]:
    return list(self._rows(ENDLESS[self.connection.vendor], []))


def test_the_page_asks_for_another_word(
    archive: Any, publish: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("Lao động")
    monkeypatch.setattr(weights, "DATABASE_SECONDS", 0.1)
    for index in (postgresql.PostgreSQLIndex, sqlite.SQLiteIndex):
        monkeypatch.setattr(index, "candidates", endless)
    with transaction.atomic():  # as with ATOMIC_REQUESTS
        response = client.get(f"{archive.url}?q=lao động")
        assert ArchiveEntry.objects.count() == 1
    html = response.content.decode()
    assert (response.status_code, response.context["result"].is_too_broad) == (200, True)
    assert "pakn-empty" in html
    assert "Thêm một vài từ" in html


@pytest.mark.parametrize(("size", "last"), [(10, 100), (100, 100), (500, 20), (10_000, 1), (20_000, 1)])
def test_no_page_lies_beyond_what_a_server_reaches(rf: Any, settings: Any, size: int, last: int) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "ARCHIVE_PAGE_SIZE": size}
    assert read_request(rf.get("/?page=99999").GET).page == last
