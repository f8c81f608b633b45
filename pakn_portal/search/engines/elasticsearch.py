"""The engine of a large archive: Elasticsearch 8.18 or newer, its core alone.

Two stages, cheaper and better than one: folded syllable pairs find, single syllables re-rank the best
(`weights`).
"""

from __future__ import annotations

from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from pakn_portal.search import weights
from pakn_portal.search.engines.base import EngineUnavailable, RequestRefused, SearchEngine
from pakn_portal.search.engines.elasticsearch_query import read_facet, search_body
from pakn_portal.search.index import server
from pakn_portal.search.query import Query
from pakn_portal.search.requests import FACETS, SearchRequest
from pakn_portal.search.results import Found

#: The server has too much to do; what else begins with a four is about the one request.
_BUSY = (408, 429)


class ElasticsearchEngine(SearchEngine):
    """Raises EngineUnavailable when the server does not answer in `ELASTICSEARCH["timeout_seconds"]`, and
    RequestRefused when it does not take the request, above all because there is no index yet.
    """

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch | None = None, index: str = "") -> None:
        self.client = client or server.reading()
        self.index = index or server.alias()

    def find(self, query: Query, request: SearchRequest) -> Found:
        answer = self._ask(search_body(query, request))
        hits = answer["hits"]["hits"]
        return Found(
            ids=[hit["fields"]["entry_id"][0] for hit in hits],
            scores=[hit["_score"] or 0.0 for hit in hits],
            total=answer["hits"]["total"]["value"],
            facets={name: read_facet(answer["aggregations"][name]) for name in FACETS},
            near=self._near(query, answer),
        )

    def _near(self, query: Query, answer: Any) -> dict[str, list[tuple[str, int]]]:
        """Terms missing in every body with their neighbours there, less those that a title has."""
        near: dict[str, list[tuple[str, int]]] = {}
        for entry in answer.get("suggest", {}).get("near", []):
            options = [(option["text"], option["freq"]) for option in entry["options"]]
            if options and len(near) < weights.SPELLED_TERMS:
                near[entry["text"]] = options
        known = self._in_titles(list(near), "folded" if query.wordings[0].is_single else "pairs")
        return {term: options for term, options in near.items() if term not in known}

    def _in_titles(self, terms: list[str], form: str) -> set[str]:
        if not terms:
            return set()
        filters = {term: {"term": {f"title_{form}": term}} for term in terms}
        answer = self._ask({"size": 0, "aggs": {"known": {"filters": {"filters": filters}}}})
        buckets = answer["aggregations"]["known"]["buckets"]
        return {term for term, bucket in buckets.items() if bucket["doc_count"]}

    def _ask(self, body: dict[str, Any]) -> Any:
        try:
            return self.client.search(index=self.index, body=body)
        except ApiError as error:
            if error.meta.status in _BUSY or error.meta.status >= 500:
                raise EngineUnavailable(str(error)) from error
            raise RequestRefused(str(error)) from error
        except TransportError as error:
            raise EngineUnavailable(str(error)) from error
