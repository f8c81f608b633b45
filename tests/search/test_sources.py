"""An app outside puts things of its own into the archive, with a source of its own and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.search.actions import archive as put_in
from pakn_portal.search.actions import register_source
from pakn_portal.search.engines import DatabaseEngine
from pakn_portal.search.entries import address_of, details_of
from pakn_portal.search.index.report import reproject
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.projection import project_all
from pakn_portal.search.sources import SOURCES
from tests.minutes.models import Minutes
from tests.minutes.source import MinutesSource
from tests.search.conftest import titles


@pytest.fixture(autouse=True)
def minutes_source() -> Iterator[None]:
    register_source(MinutesSource())
    yield
    del SOURCES["minutes"]


def meet(code: str = "hop-1", title: str = "Họp về thai sản", **more: Any) -> Minutes:
    values = {"text": "Lao động nữ nghỉ thai sản.", "held_on": date(2026, 5, 6), **more}
    minutes = Minutes.objects.create(code=code, title=title, **values)
    put_in([minutes])
    return minutes


@pytest.mark.parametrize("text", ["", "thai san"])
def test_every_engine_finds_counts_and_filters_it(publish: Any, enact: Any, search: Any, text: str) -> None:
    publish("Hưởng thai sản", kind="question", answered_on=date(2025, 1, 1))
    enact("Chế độ thai sản", "Lao động nữ.")
    meet()
    found = search(text)
    assert found.facets["kind"] == {"question": 1, "legal_text": 1, "minutes": 1}
    assert found.facets["year"] == {"2025": 1, "2026": 1}
    chosen = search(text, filters={"kind": ("minutes",)})
    assert (titles(chosen), chosen.total) == (["Họp về thai sản"], 1)
    entry = chosen.hits[0].entry
    assert (address_of(entry, "/"), details_of(entry)) == ("/bien-ban/hop-1/", ["hop-1"])
    assert (entry.key, entry.public_id, entry.year) == ("minutes:hop-1", "hop-1", 2026)


def test_what_nobody_may_read_is_not_shown_whatever_the_index_has(search: Any) -> None:
    meet()
    assert search("thai san").total == 1
    Minutes.objects.update(is_released=False)  # behind the back of the archive
    assert search("thai san").hits == []
    assert (search("thai san").total, search("thai san").facets["kind"]) == (0, {})
    put_in(Minutes.objects.all())
    entry = ArchiveEntry.objects.get()
    assert (entry.is_public, entry.title, entry.answer) == (False, "", "")
    assert search("thai san").total == 0


@pytest.mark.parametrize("text", ["", "thai san"])
@pytest.mark.parametrize("filters", [{}, {"year": ("2026",)}, {"kind": ("minutes",), "year": ("2026",)}])
def test_what_nobody_may_read_is_not_counted(
    publish: Any, search: Any, text: str, filters: dict[str, tuple[str, ...]]
) -> None:
    publish("Hưởng thai sản", kind="question", answered_on=date(2025, 1, 1))
    meet("hop-1")
    meet("hop-2")
    meet("hop-3")
    before = search(text)  # what is counted now may be kept
    Minutes.objects.filter(code="hop-2").update(is_released=False)
    Minutes.objects.filter(code="hop-3")._raw_delete("default")  # and no receiver hears of it
    found = search(text, filters=filters)
    assert before.facets["kind"]["minutes"] == 3
    assert found.facets["kind"]["minutes"] == found.facets["year"]["2026"] == 1
    assert (found.total, len(found.hits)) == ((1, 1) if filters else (2, 2))


def test_a_page_of_hits_is_full_beside_what_nobody_may_read(search: Any) -> None:
    for number in range(12):
        meet(f"hop-{number}")
    Minutes.objects.filter(code__in=["hop-10", "hop-11"]).update(is_released=False)
    assert (len(search().hits), search().total) == (10, 10)
    assert (len(search("thai san").hits), search("thai san").total) == (10, 10)


def test_deleted_it_leaves_the_archive(search: Any) -> None:
    meet().delete()
    assert not ArchiveEntry.objects.get().is_public
    assert (search("thai san").total, search().total) == (0, 0)


@pytest.mark.usefixtures("without_server")
def test_the_page_shows_it(archive: Any, client: Any) -> None:
    meet()
    html = client.get(archive.url).content.decode()
    assert re.findall(r'<h3>\s*<a[^>]* href="([^"]+)"', html) == ["/bien-ban/hop-1/"]
    assert ("Biên bản họp" in html, "<span>hop-1</span>" in html) == (True, True)
    assert 'name="kind" value="minutes"' in html
    assert "1 kết quả" in html


@pytest.mark.usefixtures("without_server")
def test_it_is_suggested(archive: Any, client: Any) -> None:
    meet()
    DatabaseEngine().index.refresh()
    told = json.loads(client.get("/pakn-he-thong/goi-y/", {"q": "hop ve"}).content)
    assert [(one["text"], one["url"]) for one in told["suggestions"]] == [
        ("Họp về thai sản", "/bien-ban/hop-1/")
    ]


@pytest.mark.usefixtures("without_server")
def test_many_cost_as_many_queries_as_one(archive: Any, client: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{archive.url}?sort=oldest&kind=minutes&year=2026")
        return len(captured)

    meet("hop-0")
    client.get(archive.url)
    few = cost()
    for number in range(1, 30):
        meet(f"hop-{number}")
    assert cost() == few


@pytest.mark.usefixtures("without_server")
def test_it_is_written_anew_with_the_others(archive: Any, publish: Any) -> None:
    publish("Một")
    meet()
    ArchiveEntry.objects.update(answer="")
    assert reproject() == 2
    assert ArchiveEntry.objects.get(key="minutes:hop-1").answer == "Lao động nữ nghỉ thai sản."


def test_an_entry_holds_nothing_that_is_not_allowed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        MinutesSource, "values", lambda self, thing: {"kind": "minutes", "sender_name": "Trần Thị B"}
    )
    with pytest.raises(ValueError, match="sender_name"):
        project_all([Minutes(code="hop-1", title="Họp")])


def test_entries_of_an_app_that_is_gone_are_not_shown(search: Any) -> None:
    meet()
    source = SOURCES.pop("minutes")
    try:
        assert search("thai san").hits == []
    finally:
        SOURCES["minutes"] = source
