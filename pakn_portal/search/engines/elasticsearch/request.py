"""The request to the search server. No text typed is parsed: terms only ever stand as terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from elasticsearch.dsl import A, Search
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.function import SF
from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    FunctionScore,
    Match,
    MatchAll,
    MultiMatch,
    Term,
    Terms,
)
from elasticsearch.dsl.query import Query as Clause

from pakn_portal import clock
from pakn_portal.search.enums import Sort
from pakn_portal.search.facet_fields import FACET_FIELDS, FacetField
from pakn_portal.search.index.mapping import PARTS
from pakn_portal.search.query import weights
from pakn_portal.search.query.reading import Query, Variant
from pakn_portal.search.query.request import Filters, SearchRequest


def search_body(query: Query, request: SearchRequest) -> dict[str, Any]:
    """Matching, facets, order and page, as the client sends it."""
    search = Search().query(_without(request.hidden, _matching(query, request)))[
        request.start : request.start + request.page_size
    ]
    # the key out of its column: nothing stored is unpacked for ten numbers
    search = search.extra(track_total_hits=True, stored_fields="_none_", docvalue_fields=["entry_id"])
    for name, field in FACET_FIELDS.items():
        search.aggs.bucket(name, _facet(field, request.others(name)))
    if request.filters:
        search = search.post_filter(_all_of(request.filters))
    if query.is_empty or request.sort != Sort.RELEVANCE:
        search = search.sort(*_by_date(request.sort))
    else:
        search = search.extra(rescore=_rescore(query))
    return search.to_dict()


def _without(hidden: Collection[int], matching: Clause) -> Clause:
    """Neither found nor counted."""
    return Bool(must=[matching], must_not=[Terms("entry_id", sorted(hidden))]) if hidden else matching


def _matching(query: Query, request: SearchRequest) -> Clause:
    if query.is_empty:
        return MatchAll()
    by_date = request.sort != Sort.RELEVANCE
    should: list[Clause] = [_pairs(wording, by_date=by_date) for wording in query.wordings]
    should += [
        ConstantScore(filter=_has_any((number,)), boost=weights.DOCUMENT_NUMBER) for number in query.numbers
    ]
    if query.is_matter and not by_date:
        should += [clause for wording in query.wordings for clause in _in_title(wording)]
    required = [_has_any(group) for group in query.required]
    return Bool(should=should, minimum_should_match=1, filter=required)


def _has_any(terms: tuple[str, ...]) -> Clause:
    """Entries with any of these syllables or numbers, entire or begun."""
    fields = (f"{part}_{form}" for part in PARTS for form in ("folded", "pairs"))
    return Bool(should=[Terms(field, list(terms)) for field in fields])


def _in_title(wording: Variant) -> Iterator[Clause]:
    """A title with all the words gains a multiple of their score; side by side, a larger one."""
    if wording.phrase:
        form = "folded" if wording.is_single else "pairs"
        yield _all_in(f"title_{form}", wording.phrase, weights.TITLE_PHRASE * wording.weight)
    if len(wording.folded) <= weights.PHRASE_SYLLABLES:
        yield _all_in("title_folded", wording.folded, weights.TITLE_WORDS * wording.weight)


def _all_in(field: str, terms: tuple[str, ...], boost: float) -> Clause:
    return Match(field, {"query": " ".join(terms), "operator": "and", "boost": boost})


def _pairs(wording: Variant, *, by_date: bool) -> Clause:
    form = "folded" if wording.is_single else "pairs"
    fields = [
        f"title_{form}^{weights.TITLE_PAIRS}",
        f"body_{form}^{weights.BODY_PAIRS}",
        f"context_{form}^{weights.CONTEXT_PAIRS}",
    ]
    clause = _best_of(fields, wording.terms, weights.TIE_BREAKER, wording.weight)
    if by_date:
        clause.minimum_should_match = weights.DATED_SHARE
    return clause


def _best_of(fields: list[str], terms: tuple[str, ...], tie_breaker: float, boost: float) -> MultiMatch:
    text = " ".join(terms)
    return MultiMatch(query=text, fields=fields, type="best_fields", tie_breaker=tie_breaker, boost=boost)


def _rescore(query: Query) -> list[dict[str, Any]]:
    """Ranks the best again by single syllables, then by date and force, as shares of the score."""
    tie = weights.TIE_BREAKER
    looks = [
        _best_of(["title_folded", "body_folded"], query.folded, tie, weights.RESCORE_FOLDED),
        _best_of(["context_folded"], query.folded, 0, weights.RESCORE_CONTEXT),
    ]
    if query.is_accented:
        looks.append(_best_of(["title_exact", "body_exact"], query.exact, tie, weights.RESCORE_EXACT))
    return [_second_look(Bool(should=looks), "total"), _second_look(_time_and_force(), "multiply")]


def _second_look(query: Clause, mode: str) -> dict[str, Any]:
    look = {"rescore_query": query, "score_mode": mode, "query_weight": 1, "rescore_query_weight": 1}
    return {"window_size": weights.RESCORED, "query": look}


def _time_and_force() -> Clause:
    half_life = f"{weights.RECENCY_HALF_LIFE_DAYS}d"
    fresh = {"origin": clock.today().isoformat(), "scale": half_life, "decay": 0.5}
    return FunctionScore(
        query=MatchAll(),
        functions=[
            SF({"weight": 1}),
            SF("exp", published_on=fresh, weight=weights.RECENCY),
            SF({"filter": Term(is_superseded=False), "weight": weights.IN_FORCE}),
        ],
        score_mode="sum",
        boost_mode="replace",
    )


def _by_date(sort: Sort) -> list[dict[str, Any]]:
    order = "asc" if sort == Sort.OLDEST else "desc"
    return [{"published_on": {"order": order, "missing": "_last"}}, {"entry_id": {"order": order}}]


def _facet(field: FacetField, others: Filters) -> Agg[Any]:
    terms = A("terms", field=field.name, size=field.size)
    return A("filter", _all_of(others), aggs={"counts": terms}) if others else terms


def _all_of(filters: Filters) -> Clause:
    return Bool(filter=[Terms(name, list(values)) for name, values in filters.items()])


def read_facet(answer: dict[str, Any]) -> dict[str, int]:
    buckets = answer.get("counts", answer)["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
