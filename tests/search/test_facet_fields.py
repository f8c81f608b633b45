"""A facet is one row of a table: whatever reads, counts, filters, indexes or shows facets follows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import QueryDict

from pakn_portal.search.enums import Sort
from pakn_portal.search.facet_fields import FACET_FIELDS, FacetField
from pakn_portal.search.index import server
from pakn_portal.search.index.indices import create_index, is_current, swap
from pakn_portal.search.index.sync import complete, sync
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query.request import read_request


@pytest.fixture
def faq(monkeypatch: pytest.MonkeyPatch) -> FacetField:
    """A facet more, over a column that is there already."""
    field = FacetField("faq", "public_id", "Câu số", 10, pattern=re.compile("faq-[0-9]+"))
    monkeypatch.setitem(FACET_FIELDS, "faq", field)
    return field


def test_it_is_read_from_the_address(faq: FacetField) -> None:
    wanted = read_request(QueryDict("faq=faq-2&faq=zzz&kind=question"))
    assert wanted.filters == {"kind": ("question",), "faq": ("faq-2",)}
    assert wanted.querystring() == "kind=question&faq=faq-2"


@pytest.mark.parametrize("text", ["", "thai sản"])
def test_every_engine_counts_and_filters_by_it(faq: FacetField, publish: Any, search: Any, text: str) -> None:
    for number in (1, 2):
        publish("Hưởng thai sản", f"Câu {number}.", source_id=f"faq-{number}", kind="question")
    found = search(text, filters={"faq": ("faq-2",)}, sort=Sort.NEWEST)
    assert [hit.public_id for hit in found.hits] == ["faq-2"]
    assert found.total == 1
    assert found.facets["faq"] == {"faq-1": 1, "faq-2": 1}
    assert found.facets["kind"] == {"question": 1}


@pytest.mark.usefixtures("without_server")
def test_the_page_shows_it(faq: FacetField, archive: Any, publish: Any, client: Any) -> None:
    for number in (1, 2):
        publish("Hưởng thai sản", f"Câu {number}.", source_id=f"faq-{number}")
    html = client.get(f"{archive.url}?faq=faq-2").content.decode()
    assert "Câu số" in html
    assert re.findall(r'name="faq" value="([^"]+)"', html) == ["faq-2", "faq-1"]
    assert re.findall(r'data-id="([^"]+)"', html) == ["faq-2"]


@pytest.mark.parametrize("name", [name for name, field in FACET_FIELDS.items() if field.rows])
def test_the_index_joins_the_lists_of_the_facets_and_no_other(
    name: str,
) -> None:
    field, in_order = FACET_FIELDS[name], dict(FACET_FIELDS)
    assert field.relation in complete(ArchiveEntry.objects.all()).query.select_related
    del FACET_FIELDS[name]
    try:
        assert field.relation not in complete(ArchiveEntry.objects.all()).query.select_related
    finally:
        FACET_FIELDS.clear()
        FACET_FIELDS.update(in_order)


@pytest.mark.elasticsearch
def test_an_index_without_it_has_an_older_shape(
    monkeypatch: pytest.MonkeyPatch, publish: Any, index: str
) -> None:
    publish("Một", source_id="faq-1")
    sync()
    client = server.writing()
    assert is_current(client)
    monkeypatch.setitem(FACET_FIELDS, "faq", FacetField("faq", "public_id", "Câu số", 10))
    assert not is_current(client)
    swap(client, create_index(client))
    assert is_current(client)
