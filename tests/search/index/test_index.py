"""Sync, rebuild and verify against a real server."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.search.index import compare as comparing
from pakn_portal.search.index import rebuild as rebuilding
from pakn_portal.search.index import server
from pakn_portal.search.index import sync as syncing
from pakn_portal.search.index.bulk import send
from pakn_portal.search.index.compare import compare, differences
from pakn_portal.search.index.indices import create_index, serving
from pakn_portal.search.index.mapping import mappings
from pakn_portal.search.index.rebuild import rebuild
from pakn_portal.search.index.report import verify
from pakn_portal.search.index.sync import AT_ONCE_SECONDS, behind, complete, sync, sync_at_once
from pakn_portal.search.models import ArchiveEntry
from tests.fixtures.asked import questions
from tests.fixtures.nursery import Child
from tests.fixtures.waiting import wait_for
from tests.search.conftest import entry_of

pytestmark = [pytest.mark.elasticsearch, pytest.mark.usefixtures("index")]


def test_sync_sends_what_is_behind_and_marks_it(publish: Any) -> None:
    page = publish("Một")
    publish("Hai")
    assert behind().count() == 2
    assert sync().sent == 2
    assert (behind().count(), list(verify())) == (0, [])
    page.question = "Một, sửa lại"
    ArchiveEntry.objects.filter(page=page).update(version=2)
    assert [entry.page_id for entry in behind()] == [page.pk]
    assert [str(one).split(": ")[1] for one in verify()] == ["database 2, index 1"]
    assert sync().sent == 1
    assert list(verify()) == []


def test_tombstone_stays_until_the_index_dropped_it(publish: Any) -> None:
    page = publish("Một")
    sync()
    page.unpublish()
    entry = entry_of(page)
    assert (entry.is_public, entry.answer, entry.title) == (False, "", "")
    assert sync().sent == 1
    assert (ArchiveEntry.objects.count(), list(verify())) == (0, [])


def test_an_old_write_never_beats_a_newer_one(publish: Any) -> None:
    entry = complete(ArchiveEntry.objects.filter(pk=entry_of(publish("Một")).pk)).get()
    ArchiveEntry.objects.update(version=5)
    sync()
    entry.version = 3
    sent = send(server.writing(), server.alias(), [entry], is_alias=True)
    assert (sent.done, sent.failed) == ([(entry.pk, 3)], {})
    assert list(verify()) == []
    assert ArchiveEntry.objects.get().indexed_version == 5


def test_refused_parts_stay_behind_and_a_rebuild_mends_them(publish: Any) -> None:
    """An index of an older shape, which has no room for this year."""
    narrow = {**mappings(), "properties": {**mappings()["properties"], "year": {"type": "byte"}}}
    client = server.writing()
    client.indices.create(index=f"{server.alias()}-1", mappings=narrow, aliases={server.alias(): {}})
    good = entry_of(publish("Tốt"))
    bad = entry_of(publish("Xấu", answered_on=date(2026, 1, 5)))
    ArchiveEntry.objects.filter(pk=good.pk).update(year=100)
    result = sync()
    assert (result.sent, list(result.failed)) == (1, [bad.pk])
    assert [one.pk for one in behind()] == [bad.pk]
    rebuild()
    assert (list(verify()), behind().count()) == ([], 0)


def test_wiped_server_gets_everything_again(publish: Any) -> None:
    publish("Một")
    sync()
    client = server.writing()
    for name in serving(client):
        client.indices.delete(index=name)
    assert [one.found for one in verify()] == [None]
    assert sync().sent == 1
    assert list(verify()) == []


def test_rebuild_swaps_and_leaves_one_index(publish: Any) -> None:
    publish("Một")
    sync()
    before = serving(server.writing())
    page = publish("Hai")
    assert rebuild() == 2
    after = serving(server.writing())
    assert (len(after), set(before) & set(after)) == (1, set())
    assert (list(verify()), behind().count()) == ([], 0)
    page.unpublish()
    rebuild()
    assert (list(verify()), ArchiveEntry.objects.count()) == ([], 1)


def test_what_changes_during_a_rebuild_is_in_the_fresh_index(
    publish: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = publish("Một")
    sync()
    swap = rebuilding.swap

    def publish_and_swap(client: Any, name: str) -> None:
        # the last moment: everything is written, and readers and writers still use the old index
        publish("Hai")
        page.unpublish()
        sync()
        swap(client, name)

    monkeypatch.setattr(rebuilding, "swap", publish_and_swap)
    rebuild()
    assert (list(verify()), behind().count()) == ([], 0)


def test_broken_off_rebuild_leaves_the_old_index_serving(
    publish: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("Một")
    sync()
    before = serving(server.writing())

    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rebuilding, "_catch_up", killed)
    with pytest.raises(KeyboardInterrupt):
        rebuild()
    assert (serving(server.writing()), list(verify())) == (before, [])
    monkeypatch.undo()
    rebuild()
    assert list(verify()) == []


def test_a_failing_server_costs_a_publication_nothing(publish: Any, dead_server: None) -> None:
    entry = entry_of(publish("Một"))
    with questions() as asked:
        sync_at_once([entry.pk])
        sync_at_once([entry.pk])
    assert asked == [AT_ONCE_SECONDS]
    assert behind().count() == 1


def test_a_large_change_is_left_to_the_worker(publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "BATCH", 2)
    entries = [entry_of(publish(f"Câu {number}")) for number in range(3)]
    sync_at_once(entry.pk for entry in entries)
    assert behind().count() == 1


def test_differences_name_what_is_missing_stale_and_surplus(publish: Any) -> None:
    missing, stale = entry_of(publish("Thiếu")), entry_of(publish("Cũ"))
    sync()
    client = server.writing()
    client.delete(index=server.alias(), id=str(missing.pk))
    client.index(index=server.alias(), id="999999", document={"entry_id": 999999})
    ArchiveEntry.objects.filter(pk=stale.pk).update(version=9)
    found = {one.entry_id: (one.expected, one.found) for one in differences(client, server.alias())}
    assert found == {missing.pk: (1, None), stale.pk: (9, 1), 999999: (None, 1)}


def test_both_sides_are_read_a_page_at_a_time(publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_PAGE", 2)
    entries = [entry_of(publish(f"Câu {number}")).pk for number in range(7)]
    sync()
    client = server.writing()
    client.index(index=server.alias(), id="999999", document={"entry_id": 999999})
    client.delete(index=server.alias(), id=str(entries[0]))
    client.delete(index=server.alias(), id=str(entries[5]))
    with CaptureQueriesContext(connection) as captured:
        found = differences(client, server.alias())
        assert (next(found).entry_id, len(captured)) == (entries[0], 1)
        assert [one.entry_id for one in found] == [entries[5], 999999]
    assert len(captured) == 4


VERSIONS = st.dictionaries(st.integers(1, 30), st.integers(1, 3))


@given(VERSIONS, VERSIONS)
def test_merging_compares_every_entry(expected: dict[int, int], found: dict[int, int]) -> None:
    merged = [
        (one.entry_id, one.expected, one.found)
        for one in compare(sorted(expected.items()), sorted(found.items()))
    ]
    assert merged == [
        (pk, expected.get(pk), found.get(pk))
        for pk in sorted(expected.keys() | found.keys())
        if expected.get(pk) != found.get(pk)
    ]


def test_a_rebuild_mends_and_marks_a_batch_at_a_time(publish: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    pages = [publish(f"Câu {number}") for number in range(5)]
    monkeypatch.setattr(rebuilding, "_write_all", lambda *args: None)
    pages[0].unpublish()
    assert rebuild() == 4
    assert (list(verify()), behind().count(), ArchiveEntry.objects.count()) == ([], 0, 4)


def run(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("pakn_index", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue().splitlines()[-1], int(end.code or 0)
    return out.getvalue().splitlines()[-1], 0


def test_command(publish: Any, capsys: pytest.CaptureFixture[str]) -> None:
    page = publish("Một")
    assert run("verify") == ("1 differences", 1)
    assert "There is no index" in capsys.readouterr().err
    assert run("sync") == ("1 entries sent, 0 refused", 0)
    assert run("verify") == ("0 differences", 0)
    assert run("rebuild") == ("1 entries in the fresh index", 0)
    assert run("status")[0].startswith(f"serving: {server.alias()}-")
    type(page).objects.filter(pk=page.pk).update(legal_bases="45/2019/QH14")
    assert run("rebuild", "--project")[1] == 0
    assert entry_of(page).document_numbers == ["45/2019/QH14"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_rebuild_leaves_a_serving_index(manage_process: Any, site: Any, publish: Any) -> None:
    for number in range(30):
        publish(f"Câu trả lời số {number}")
    sync()
    before = serving(server.writing())
    process: Child = manage_process(
        "pakn_index", "rebuild", PAKN_TEST_DB_SUFFIX=server.alias().removeprefix("pakn_test_")
    )
    wait_for_second_index(before)
    process.kill()
    process.wait()
    assert len(serving(server.writing())) == 1
    assert list(verify()) == []


def wait_for_second_index(before: list[str]) -> None:
    client = server.writing()
    begun = wait_for(
        lambda: len(client.indices.get(index=f"{server.alias()}-*")) > len(before), seconds=60, pause=0.02
    )
    assert begun, "the rebuild never began"


def test_fresh_index_is_not_read_before_the_swap(publish: Any) -> None:
    publish("Một")
    sync()
    fresh = create_index(server.writing())
    assert fresh not in serving(server.writing())
