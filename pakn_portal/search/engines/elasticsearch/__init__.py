"""The engine for a large archive: Elasticsearch 8.18 or newer, without plugins.

Two stages, cheaper and better than one: folded syllable pairs find, single syllables re-rank the best
(`weights`).
"""

from __future__ import annotations

from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from pakn_portal.search.engines.base import EngineUnavailable, RequestRefused, SearchEngine
from pakn_portal.search.engines.elasticsearch.request import read_facet, search_body
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.index import server
from pakn_portal.search.query.reading import Query
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import Matches

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

    def find(self, query: Query, request: SearchRequest) -> Matches:
        answer = self._ask(search_body(query, request))
        hits = answer["hits"]["hits"]
        return Matches(
            ids=[hit["fields"]["entry_id"][0] for hit in hits],
            scores=[hit["_score"] or 0.0 for hit in hits],
            total=answer["hits"]["total"]["value"],
            facets={name: read_facet(answer["aggregations"][name]) for name in FACET_FIELDS},
        )

    def _ask(self, body: dict[str, Any]) -> Any:
        try:
            return self.client.search(index=self.index, body=body)
        except ApiError as error:
            if error.meta.status in _BUSY or error.meta.status >= 500:
                raise EngineUnavailable(str(error)) from error
            raise RequestRefused(str(error)) from error
        except TransportError as error:
            raise EngineUnavailable(str(error)) from error
