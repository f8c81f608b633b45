"""The engine of a large archive: Elasticsearch 8.18 or newer, its core alone.

Two stages, cheaper and better than one: folded syllable pairs find, single syllables re-rank the best
(`weights`).
"""

from __future__ import annotations

from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from pakn_portal.search.engines.base import EngineUnavailable, SearchEngine
from pakn_portal.search.engines.elasticsearch_query import read_facet, search_body
from pakn_portal.search.index import server
from pakn_portal.search.query import Query
from pakn_portal.search.requests import FACETS, SearchRequest
from pakn_portal.search.results import Found


class ElasticsearchEngine(SearchEngine):
    """Raises EngineUnavailable when the server does not answer in `ELASTICSEARCH["timeout_seconds"]`."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch | None = None, index: str = "") -> None:
        self.client = client or server.reading()
        self.index = index or server.alias()

    def find(self, query: Query, request: SearchRequest) -> Found:
        answer = self._ask(search_body(query, request))
        hits = answer["hits"]["hits"]
        return Found(
            ids=[int(hit["_id"]) for hit in hits],
            scores=[hit["_score"] or 0.0 for hit in hits],
            total=answer["hits"]["total"]["value"],
            facets={name: read_facet(answer["aggregations"][name]) for name in FACETS},
        )

    def terms_like(self, term: str) -> list[tuple[str, int]]:
        """By the server's term suggester, in title and body."""
        form = "pairs" if "_" in term else "folded"
        suggesters: dict[str, Any] = {
            part: {"text": term, "term": _suggester(f"{part}_{form}")} for part in ("title", "body")
        }
        answer = self._ask({"size": 0, "suggest": suggesters, "track_total_hits": False})
        options = [
            option for part in suggesters for entry in answer["suggest"][part] for option in entry["options"]
        ]
        return [(option["text"], option["freq"]) for option in options]

    def _ask(self, body: dict[str, Any]) -> Any:
        try:
            return self.client.search(index=self.index, body=body)
        except (ApiError, TransportError) as error:
            raise EngineUnavailable(str(error)) from error


def _suggester(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "suggest_mode": "missing",
        "max_edits": 2,
        "prefix_length": 1,
        "min_word_length": 3,
        "size": 10,
        "sort": "score",
    }
