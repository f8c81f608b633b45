"""What a unit or sector is called is what search finds."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pakn_portal.search import names
from pakn_portal.search.engines import DatabaseEngine
from pakn_portal.search.models import ArchiveEntry, IndexedName
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.snippets.models import LegalBasis, Sector, Unit
from tests.search.conftest import entry_of, titles

pytestmark = pytest.mark.usefixtures("without_server")


@pytest.fixture
def unit(db: None) -> Unit:
    return Unit.objects.create(code="cvl", name="Cục Việc làm")


@pytest.fixture
def sector(db: None) -> Sector:
    return Sector.objects.create(code="viec-lam", name="Thị trường lao động")


def found(text: str) -> list[str]:
    engine = DatabaseEngine()
    engine.index.refresh()
    return sorted(titles(engine.search(SearchRequest(text=text, page_size=50))))


def work() -> str:
    out = StringIO()
    call_command("pakn_worker", "--once", stdout=out)
    return next(line for line in out.getvalue().splitlines() if line.startswith("index:"))


def rename(client: Any, row: Any, **data: Any) -> str:
    """As an editor does it; the page that comes next."""
    address = reverse(type(row).snippet_viewset.get_url_name("edit"), args=[row.pk])
    given = {"code": row.code, "name": row.name, "sort_order": 0, "is_active": "on", **data}
    response = client.post(address, given, follow=True)
    assert response.redirect_chain, response.context["form"].errors
    return response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_renamed_unit_is_found_by_its_new_name(publish: Any, unit: Unit, admin_client: Any) -> None:
    for number in range(3):
        publish(f"Học nghề {number}", unit=unit)
    publish("Thai sản")
    work()
    assert (len(found("cục việc làm")), found("quản lý thị trường nhân lực")) == (3, [])
    html = rename(admin_client, unit, name="Cục Quản lý thị trường nhân lực")
    assert "3 câu trả lời" in html
    assert work().startswith("index: 3 renamed")
    assert found("quản lý thị trường nhân lực") == ["Học nghề 0", "Học nghề 1", "Học nghề 2"]
    assert found("cục việc làm") == []
    assert work().startswith("index: 0 renamed")


@pytest.mark.django_db(transaction=True)
def test_a_renamed_sector_is_found_by_its_new_name(publish: Any, sector: Sector, admin_client: Any) -> None:
    publish("Học nghề", sector=sector)
    work()
    assert "1 câu trả lời" in rename(admin_client, sector, name="Dạy nghề và kỹ năng")
    work()
    assert (found("dạy nghề và kỹ năng"), found("thị trường lao động")) == (["Học nghề"], [])


@pytest.mark.django_db(transaction=True)
def test_an_edit_that_keeps_the_name_tells_nothing(publish: Any, unit: Unit, admin_client: Any) -> None:
    publish("Học nghề", unit=unit)
    work()
    assert "1 câu trả lời" not in rename(admin_client, unit, short_name="CVL")


@pytest.mark.django_db(transaction=True)
def test_a_name_changed_by_any_door_is_noticed(publish: Any, unit: Unit) -> None:
    """In bulk and with raw SQL too, where no signal is sent; what is rolled back never was."""
    publish("Học nghề", unit=unit)
    work()
    with pytest.raises(RuntimeError), transaction.atomic():
        Unit.objects.update(name="Cục Thử")
        raise RuntimeError
    assert work().startswith("index: 0 renamed")
    Unit.objects.update(name="Cục Quản lý thị trường nhân lực")
    assert work().startswith("index: 1 renamed")
    assert found("thị trường nhân lực") == ["Học nghề"]


@pytest.mark.django_db(transaction=True)
def test_broken_off_it_goes_on(publish: Any, unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "BATCH", 2)
    for number in range(5):
        publish(f"Học nghề {number}", unit=unit)
    names.write_new_names()
    Unit.objects.update(name="Cục Mới")
    asked: list[int] = []

    def after_two_batches() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert names.write_new_names(after_two_batches) == 4
    assert [one.name for one in IndexedName.objects.all()] == ["Cục Việc làm"]
    assert (names.write_new_names(), len(found("cục mới"))) == (1, 5)


@pytest.mark.django_db(transaction=True)
def test_what_left_the_site_does_not_come_back(publish: Any, unit: Unit) -> None:
    page = publish("Học nghề", unit=unit)
    names.write_new_names()
    page.unpublish()
    Unit.objects.update(name="Cục Mới")
    assert (names.write_new_names(), found("học nghề")) == (0, [])
    assert not ArchiveEntry.objects.filter(page=page, is_public=True).exists()


@pytest.mark.django_db(transaction=True)
def test_a_renamed_unit_is_behind_on_the_search_server(publish: Any, unit: Unit) -> None:
    page = publish("Học nghề", unit=unit)
    names.write_new_names()
    version = entry_of(page).version
    Unit.objects.update(name="Cục Mới")
    names.write_new_names()
    assert entry_of(page).version == version + 1


@pytest.mark.django_db(transaction=True)
def test_what_cites_a_replaced_document_is_written_by_the_worker(publish: Any) -> None:
    page = publish("Học nghề", legal_bases="Điều 35 45/2019/QH14")
    LegalBasis.objects.create(number="45/2019/QH14", title="Bộ luật Lao động", is_replaced=True)
    assert not entry_of(page).is_superseded
    assert "1 cited" in work()
    assert entry_of(page).is_superseded
    assert "0 cited" in work()


@pytest.mark.django_db(transaction=True)
def test_looking_costs_the_same_however_many_units(publish: Any, unit: Unit) -> None:
    def cost() -> int:
        names.write_new_names()
        with CaptureQueriesContext(connection) as captured:
            assert names.write_new_names() == 0
        return len(captured)

    few = cost()
    Unit.objects.bulk_create(Unit(code=f"u{number}", name=f"Đơn vị {number}") for number in range(30))
    assert cost() == few
