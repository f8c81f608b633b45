"""The rows follow what is published, in the same transaction, and hold only what is public."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.signals import pre_delete
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from pakn_portal import signals
from pakn_portal.management.imports.actions import import_answers
from pakn_portal.management.imports.rows import AnswerRow
from pakn_portal.pages.legal_text import LegalText
from pakn_portal.pages.models import AnswerPage, SectionPage
from pakn_portal.search import projection
from pakn_portal.search.index.sync import mark
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from pakn_portal.search.sources import SOURCES, key_of
from pakn_portal.snippets.models import Sector
from tests.search.conftest import entry_of


def test_entry_of_an_answer(publish: Any) -> None:
    sector = Sector.objects.create(code="luong", name="Tiền lương")
    page = publish(
        "Lương làm thêm giờ",
        "Ít nhất 150%, theo 45/2019/QH14.",
        source_id="faq-9",
        sector=sector,
        sender_kind="citizen",
        answered_on=date(2026, 3, 2),
        legal_bases="145/2020/NĐ-CP",
    )
    entry = entry_of(page)
    assert (entry.public_id, entry.kind, entry.sector, entry.sender_kind) == (
        "faq-9",
        "question",
        sector,
        "citizen",
    )
    assert (entry.year, entry.published_on, entry.version) == (2026, date(2026, 3, 2), 1)
    assert entry.document_numbers == ["45/2019/QH14", "145/2020/NĐ-CP"]
    assert "luong_lam" in entry.text.title.split()
    assert entry.text.exact.split("\n")[0] == "lương làm thêm giờ"


def test_version_grows_only_with_a_change(publish: Any) -> None:
    page = publish("Một", "Hai.", source_id="a")
    assert projection.project(page) == []
    import_answers([AnswerRow("a", "Một", "Một", "Ba.")])
    entry = entry_of(page)
    assert (entry.version, entry.answer) == (2, "Ba.")


def test_a_failed_publication_leaves_no_row(archive: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        import_answers([AnswerRow("a", "Một", "Một", "Hai.")])
        assert ArchiveEntry.objects.count() == 1
        raise ZeroDivisionError
    assert (ArchiveEntry.objects.count(), AnswerPage.objects.count()) == (0, 0)


def test_unpublished_leaves_an_empty_tombstone(publish: Any) -> None:
    page = publish("Một", "Hai.")
    page.unpublish()
    entry = entry_of(page)
    assert (entry.is_public, entry.title, entry.question, entry.answer, entry.version) == (
        False,
        "",
        "",
        "",
        2,
    )
    assert ArchiveText.objects.count() == 0


def test_published_again_after_a_withdrawal(publish: Any) -> None:
    page = publish("Một", "Hai.")
    projection.hide([key_of(page)])
    projection.project(page)
    entry = entry_of(page)
    assert (entry.is_public, entry.answer, entry.version) == (True, "Hai.", 3)
    assert ArchiveText.objects.count() == 1


def test_restricted_pages_are_not_in_the_archive(publish: Any, archive: Any) -> None:
    page = publish("Một")
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=archive.pk), restriction_type="login"
    )
    assert not entry_of(page).is_public
    restriction.delete()
    assert entry_of(page).is_public


def test_a_branch_is_mended_in_batches(
    publish: Any, archive: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(projection, "_BATCH", 2)
    told: list[int] = []

    def listen(*, entry_ids: Any, **kwargs: Any) -> None:
        told.append(len(entry_ids))

    signals.archive_changed.connect(listen)
    draft = publish("Nháp")
    for number in range(5):
        publish(f"Câu {number}")
    draft.unpublish()
    root = Page.objects.get(pk=archive.pk)
    public = ArchiveEntry.objects.filter(is_public=True)
    with django_capture_on_commit_callbacks(execute=True):
        restriction = PageViewRestriction.objects.create(page=root, restriction_type="login")
    assert (public.count(), ArchiveText.objects.count()) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert (public.count(), ArchiveText.objects.count(), told) == (5, 5, [5, 5])


def test_moving_a_branch_reads_no_pages(publish: Any, archive: Any, site: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            projection.project_beneath(Page.objects.get(pk=archive.pk).path)
        return len(captured)

    publish("Một")
    few = cost()
    for number in range(29):
        publish(f"Câu {number}")
    assert cost() == few
    other = site.root_page.add_child(instance=SectionPage(title="Mục khác", slug="khac"))
    PageViewRestriction.objects.create(page=Page.objects.get(pk=other.pk), restriction_type="login")
    archive.refresh_from_db()
    archive.move(other, pos="last-child")
    assert ArchiveEntry.objects.filter(is_public=True).count() == 0


def test_deleted_law_is_withdrawn(enact: Any) -> None:
    enact("Phạm vi", "Luật này quy định.", law_number="45/2019/QH14")
    entry = ArchiveEntry.objects.get()
    assert (entry.kind, entry.is_public) == ("legal_text", True)
    LegalText.objects.get().delete()
    entry.refresh_from_db()
    assert (entry.is_public, entry.answer) == (False, "")


def test_many_at_once_cost_the_same(db: None) -> None:
    def cost(count: int) -> int:
        texts = [
            LegalText(source_id=f"{count}-{n}", slug=f"{count}-{n}", title="A", body="B")
            for n in range(count)
        ]
        LegalText.objects.bulk_create(texts)
        with CaptureQueriesContext(connection) as captured:
            projection.project_all(texts)
        return len(captured)

    assert cost(1) == cost(30)


def test_what_is_searched_is_an_allow_list() -> None:
    values = projection.values_of(SOURCES["legal"], LegalText(title="", body=""))
    assert set(projection.ALLOWED) == set(values)
    names = {field.attname for field in ArchiveEntry._meta.concrete_fields}
    assert names - set(projection.ALLOWED) == {"id", "key", "version", "indexed_version"}


@pytest.mark.django_db(transaction=True)
def test_what_comes_back_while_its_tombstone_is_dropped_is_not_lost(
    publish: Any, without_server: None
) -> None:
    page = publish("Một")
    page.unpublish()
    tombstone = entry_of(page)

    def come_back() -> None:
        try:
            AnswerPage.objects.filter(pk=page.pk).update(live=True)
            projection.project(AnswerPage.objects.get(pk=page.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=come_back)

    def meanwhile(**kwargs: Any) -> None:
        thread.start()
        thread.join(1)  # it is done, or waits for the row

    pre_delete.connect(meanwhile, sender=ArchiveEntry)
    try:
        mark([(tombstone.pk, tombstone.version)])
    finally:
        pre_delete.disconnect(meanwhile, sender=ArchiveEntry)
        thread.join(10)
    assert entry_of(page).is_public
