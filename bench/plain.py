"""The baseline: what a site gets that sends title and body to Elasticsearch as they are.

A multi_match over two standard-analysed fields, with the same page size and facets, and the server's
highlights.
"""

from __future__ import annotations

from typing import Any

from elasticsearch import Elasticsearch

from pakn_portal.search.entries import readable_entries
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.projection import body_of

_TEXT = {"type": "text", "analyzer": "standard"}
MAPPINGS: dict[str, Any] = {
    "properties": {
        "title": _TEXT,
        "body": _TEXT,
        **{name: {"type": "keyword"} for name in FACET_FIELDS},
    }
}


class PlainEngine:
    name = "plain"

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client, self.index = client, index

    def fill(self) -> None:
        settings = {"number_of_shards": 1, "number_of_replicas": 0}
        self.client.indices.delete(index=self.index, ignore_unavailable=True)
        self.client.indices.create(index=self.index, mappings=MAPPINGS, settings=settings)
        batch: list[dict[str, Any]] = []
        for entry in (
            ArchiveEntry.objects.filter(is_public=True).select_related("sector", "unit").iterator(500)
        ):
            batch += [{"index": {"_id": str(entry.pk)}}, _document(entry)]
            if len(batch) == 1000:
                self.client.bulk(index=self.index, operations=batch)
                batch = []
        if batch:
            self.client.bulk(index=self.index, operations=batch)
        self.client.indices.refresh(index=self.index)

    def page(self, text: str, size: int = 10) -> list[int]:
        """Entry ids of the first page, with everything a page of the archive needs asked for."""
        answer = self.client.search(
            index=self.index,
            query={"multi_match": {"query": text, "fields": ["title", "body"]}},
            aggs={name: {"terms": {"field": name, "size": 100}} for name in FACET_FIELDS},
            highlight={"fields": {"title": {"number_of_fragments": 0}, "body": {"number_of_fragments": 1}}},
            track_total_hits=True,
            size=size,
        )
        return [int(hit["_id"]) for hit in answer["hits"]["hits"]]

    def readable_page(self, text: str) -> list[ArchiveEntry]:
        """The page as this site may show it: the database says what is public, and where it is found."""
        entries = readable_entries().in_bulk(self.page(text))
        return list(entries.values())


def _document(entry: ArchiveEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "body": body_of(entry),
        **{name: field.code_of(entry) or None for name, field in FACET_FIELDS.items()},
    }
