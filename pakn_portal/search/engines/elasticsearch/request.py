"""The request to the search server, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pakn_portal import clock
from pakn_portal.search.enums import Sort
from pakn_portal.search.facet_fields import FACET_FIELDS
from pakn_portal.search.index.mapping import PARTS
from pakn_portal.search.query import weights
from pakn_portal.search.query.reading import Query, Wording
from pakn_portal.search.query.request import Filters, SearchRequest

Clause = dict[str, Any]


def search_body(query: Query, request: SearchRequest) -> Clause:
    """Matching, facets, order and page. No text typed is parsed: terms only ever stand as terms."""
    body: Clause = {
        "from": request.start,
        "size": request.page_size,
        "query": _matching(query, request),
        "track_total_hits": True,
        # the key out of its column: nothing stored is unpacked for ten numbers
        "stored_fields": "_none_",
        "docvalue_fields": ["entry_id"],
        "aggs": {name: _facet(name, request) for name in FACET_FIELDS},
    }
    if request.filters:
        body["post_filter"] = _all_of(request.filters)
    if query.is_empty or request.sort != Sort.RELEVANCE:
        body["sort"] = _by_date(request.sort)
    else:
        body["rescore"] = _rescore(query)
    return body


def _matching(query: Query, request: SearchRequest) -> Clause:
    if query.is_empty:
        return {"match_all": {}}
    by_date = request.sort != Sort.RELEVANCE
    should = [_pairs(wording, by_date=by_date) for wording in query.wordings]
    should += [
        {"constant_score": {"filter": _has_any((number,)), "boost": weights.DOCUMENT_NUMBER}}
        for number in query.numbers
    ]
    if query.is_matter and not by_date:
        should += [clause for wording in query.wordings for clause in _in_title(wording)]
    matching: Clause = {"should": should, "minimum_should_match": 1}
    if query.required:
        matching["filter"] = [_has_any(group) for group in query.required]
    return {"bool": matching}


def _has_any(terms: tuple[str, ...]) -> Clause:
    """Any of these syllables, or of these numbers, entire or begun."""
    fields = [f"{part}_{form}" for part in PARTS for form in ("folded", "pairs")]
    return {"bool": {"should": [{"terms": {field: list(terms)}} for field in fields]}}


def _in_title(wording: Wording) -> Iterator[Clause]:
    """All the words in the title, and side by side, lift in proportion to what they score there."""
    if wording.phrase:
        form = "folded" if wording.is_single else "pairs"
        yield _all_in(f"title_{form}", wording.phrase, weights.TITLE_PHRASE * wording.weight)
    if len(wording.folded) <= weights.PHRASE_SYLLABLES:
        yield _all_in("title_folded", wording.folded, weights.TITLE_WORDS * wording.weight)


def _all_in(field: str, terms: tuple[str, ...], boost: float) -> Clause:
    return {"match": {field: {"query": " ".join(terms), "operator": "and", "boost": boost}}}


def _pairs(wording: Wording, *, by_date: bool) -> Clause:
    form = "folded" if wording.is_single else "pairs"
    fields = [
        f"title_{form}^{weights.TITLE_PAIRS}",
        f"body_{form}^{weights.BODY_PAIRS}",
        f"context_{form}^{weights.CONTEXT_PAIRS}",
    ]
    clause = _multi_match(wording.terms, fields, weights.TIE_BREAKER, wording.weight)
    if by_date:
        clause["multi_match"]["minimum_should_match"] = weights.DATED_SHARE
    return clause


def _multi_match(terms: tuple[str, ...], fields: list[str], tie_breaker: float, boost: float) -> Clause:
    return {
        "multi_match": {
            "query": " ".join(terms),
            "fields": fields,
            "type": "best_fields",
            "tie_breaker": tie_breaker,
            "boost": boost,
        }
    }


def _rescore(query: Query) -> list[Clause]:
    """The best looked at again with single syllables; then time and force, as shares of the score."""
    syllables = [
        _multi_match(
            query.folded, ["title_folded", "body_folded"], weights.TIE_BREAKER, weights.RESCORE_FOLDED
        ),
        _multi_match(query.folded, ["context_folded"], 0, weights.RESCORE_CONTEXT),
    ]
    if query.is_accented:
        syllables.append(
            _multi_match(
                query.exact, ["title_exact", "body_exact"], weights.TIE_BREAKER, weights.RESCORE_EXACT
            )
        )
    return [
        _second_look({"bool": {"should": syllables}}, "total"),
        _second_look(_time_and_force(), "multiply"),
    ]


def _second_look(query: Clause, mode: str) -> Clause:
    return {
        "window_size": weights.RESCORED,
        "query": {"rescore_query": query, "score_mode": mode, "query_weight": 1, "rescore_query_weight": 1},
    }


def _time_and_force() -> Clause:
    fresh = {
        "origin": clock.today().isoformat(),
        "scale": f"{weights.RECENCY_HALF_LIFE_DAYS}d",
        "decay": 0.5,
    }
    return {
        "function_score": {
            "query": {"match_all": {}},
            "functions": [
                {"weight": 1},
                {"exp": {"published_on": fresh}, "weight": weights.RECENCY},
                {"filter": {"term": {"is_superseded": False}}, "weight": weights.IN_FORCE},
            ],
            "score_mode": "sum",
            "boost_mode": "replace",
        }
    }


def _by_date(sort: Sort) -> list[Clause]:
    order = "asc" if sort == Sort.OLDEST else "desc"
    return [{"published_on": {"order": order, "missing": "_last"}}, {"entry_id": {"order": order}}]


def _facet(name: str, request: SearchRequest) -> Clause:
    terms: Clause = {"terms": {"field": name, "size": FACET_FIELDS[name].size}}
    others = request.others(name)
    if not others:
        return terms
    return {"filter": _all_of(others), "aggs": {"counts": terms}}


def _all_of(filters: Filters) -> Clause:
    return {"bool": {"filter": [{"terms": {name: list(values)}} for name, values in filters.items()]}}


def read_facet(answer: Clause) -> dict[str, int]:
    buckets = answer.get("counts", answer)["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
