"""What is sent to the search server, as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from pakn_portal import clock
from pakn_portal.search.engines.elasticsearch.request import search_body
from pakn_portal.search.enums import Sort
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.index.mapping import SHAPE, mappings
from pakn_portal.search.query import weights
from pakn_portal.search.query.reading import read_query
from pakn_portal.search.query.request import SearchRequest


def body(text: str, **more: Any) -> dict[str, Any]:
    with clock.acting_at(datetime(2026, 10, 31, 3, tzinfo=UTC)):
        sent = search_body(read_query(text, []), SearchRequest(text=text, **more))
    return json.loads(json.dumps(sent))  # nothing but plain data


def multi_match(text: str, fields: list[str], tie_breaker: float, boost: float) -> dict[str, Any]:
    ranked = {"type": "best_fields", "tie_breaker": tie_breaker, "boost": boost}
    return {"multi_match": {"query": text, "fields": fields, **ranked}}


def counted(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": FACET_FIELDS[name].size}}


def test_a_request_with_words() -> None:
    sent = body("thai sản", page=3)
    pairs = [
        f"title_pairs^{weights.TITLE_PAIRS}",
        f"body_pairs^{weights.BODY_PAIRS}",
        f"context_pairs^{weights.CONTEXT_PAIRS}",
    ]
    phrase = {"query": "thai_san", "operator": "and", "boost": weights.TITLE_PHRASE}
    words = {"query": "thai san", "operator": "and", "boost": weights.TITLE_WORDS}
    assert sent.pop("query") == {
        "bool": {
            "should": [
                multi_match("thai_san", pairs, weights.TIE_BREAKER, 1.0),
                {"match": {"title_pairs": phrase}},
                {"match": {"title_folded": words}},
            ],
            "minimum_should_match": 1,
        }
    }
    first, second = sent.pop("rescore")
    tie = weights.TIE_BREAKER
    looks = [
        multi_match("thai san", ["title_folded", "body_folded"], tie, weights.RESCORE_FOLDED),
        multi_match("thai san", ["context_folded"], 0, weights.RESCORE_CONTEXT),
        multi_match("thai sản", ["title_exact", "body_exact"], tie, weights.RESCORE_EXACT),
    ]
    once = {"query_weight": 1, "rescore_query_weight": 1}
    assert first == {
        "window_size": weights.RESCORED,
        "query": {"rescore_query": {"bool": {"should": looks}}, "score_mode": "total", **once},
    }
    fresh = {"origin": "2026-10-31", "scale": f"{weights.RECENCY_HALF_LIFE_DAYS}d", "decay": 0.5}
    time_and_force = {
        "query": {"match_all": {}},
        "functions": [
            {"weight": 1},
            {"exp": {"published_on": fresh}, "weight": weights.RECENCY},
            {"filter": {"term": {"is_superseded": False}}, "weight": weights.IN_FORCE},
        ],
        "score_mode": "sum",
        "boost_mode": "replace",
    }
    assert second == {
        "window_size": weights.RESCORED,
        "query": {"rescore_query": {"function_score": time_and_force}, "score_mode": "multiply", **once},
    }
    assert sent == {
        "from": 20,
        "size": 10,
        "track_total_hits": True,
        "stored_fields": "_none_",
        "docvalue_fields": ["entry_id"],
        "aggs": {name: counted(name) for name in FACET_FIELDS},
    }


def test_a_filter_binds_the_list_and_the_other_facets() -> None:
    sent = body("", filters={"year": ("2025", "2024")}, sort=Sort.OLDEST)
    chosen = {"bool": {"filter": [{"terms": {"year": ["2025", "2024"]}}]}}
    assert (sent["query"], sent["post_filter"]) == ({"match_all": {}}, chosen)
    assert sent["aggs"] == {
        name: counted(name) if name == "year" else {"filter": chosen, "aggs": {"counts": counted(name)}}
        for name in FACET_FIELDS
    }
    assert sent["sort"] == [
        {"published_on": {"order": "asc", "missing": "_last"}},
        {"entry_id": {"order": "asc"}},
    ]


def test_by_date_a_hit_must_have_more_of_the_words() -> None:
    (clause,) = body("nghỉ thai sản", sort=Sort.NEWEST)["query"]["bool"]["should"]
    assert clause["multi_match"]["minimum_should_match"] == weights.DATED_SHARE


def test_what_must_be_there_is_a_filter() -> None:
    query = read_query("15/2025/TT-BLĐTBXH", []).about(("15_2025_tt",), only=True)
    sent = search_body(query, SearchRequest())["query"]["bool"]
    fields = [f"{part}_{form}" for part in ("title", "body", "context") for form in ("folded", "pairs")]
    has_one = {"bool": {"should": [{"terms": {field: ["15_2025_tt"]}} for field in fields]}}
    assert sent["filter"] == [has_one]
    assert {"constant_score": {"filter": has_one, "boost": weights.DOCUMENT_NUMBER}} in sent["should"]


def test_the_mapping() -> None:
    code, tokens = {"type": "keyword"}, {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
    assert mappings() == {
        "dynamic": "strict",
        "_meta": {"shape": SHAPE},
        "_source": {"enabled": False},
        "properties": {
            "entry_id": {"type": "long"},
            **dict.fromkeys(FACET_FIELDS, code),
            "numbers": {"type": "keyword", "ignore_above": 200},
            "published_on": {"type": "date", "format": "strict_date"},
            "is_superseded": {"type": "boolean"},
            **{
                f"{part}_{form}": tokens
                for part in ("title", "body", "context")
                for form in ("exact", "folded", "pairs")
            },
        },
    }
