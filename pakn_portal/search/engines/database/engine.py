"""The embedded engine, which is also the fallback: the database's own full-text index.

First stage, in the database: a bounded set of candidates by folded pairs, in bounded time. Second stage,
here: the best of them are ranked again by single syllables, folded and as typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import connections, router

from pakn_portal import clock
from pakn_portal.search.engines.base import SearchEngine
from pakn_portal.search.engines.database import candidates as found_rows
from pakn_portal.search.engines.database.by_date import list_by_date
from pakn_portal.search.engines.database.candidates import Bounds, Candidate, Terms
from pakn_portal.search.engines.database.filtering import fitting_keys
from pakn_portal.search.engines.database.full_text import full_text_index
from pakn_portal.search.engines.database.rescoring import phrase_share, rescore
from pakn_portal.search.enums import Sort
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from pakn_portal.search.query import weights
from pakn_portal.search.query.reading import Query
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import Matches


class DatabaseEngine(SearchEngine):
    """SQLite FTS5 or PostgreSQL full text, whichever database the site has."""

    def __init__(self) -> None:
        self.index = full_text_index()
        self.name = f"database-{connections[router.db_for_read(ArchiveEntry)].vendor}"

    def find(self, query: Query, request: SearchRequest) -> Matches:
        """Raises TooBroad."""
        if query.is_empty:
            return list_by_date(request)
        with self.index.limited(weights.DATABASE_SECONDS):
            return self._ranked(query, request)

    def _ranked(self, query: Query, request: SearchRequest) -> Matches:
        frequencies = self.index.frequencies(_all_terms(query))
        codes = found_rows.Codes()
        rows, is_bounded = self._rows(_choose_terms(query, frequencies), _bounds(request, codes))
        shown = found_rows.without(found_rows.read_candidates(rows, codes), request.hidden)
        everything = found_rows.worth_listing(shown, request.sort)
        matching = found_rows.filtered(everything, request.filters)
        if request.sort == Sort.RELEVANCE:
            self._rank(matching, query)
        page = found_rows.in_order(matching, request.sort)[request.start : request.start + request.page_size]
        return Matches(
            ids=[one.pk for one in page],
            scores=[one.score for one in page],
            total=len(matching),
            facets=found_rows.count_facets(everything, request),
            is_bounded=is_bounded,
            is_all_known=all(frequencies.get(term) for term in query.wordings[0].terms),
        )

    def _rank(self, matching: list[Candidate], query: Query) -> None:
        top = max((one.score for one in matching), default=0.0) or 1.0
        found_rows.lift(matching, top, phrase_share(query))
        best = found_rows.in_order(matching, Sort.RELEVANCE)[: weights.DATABASE_RESCORED]
        texts = ArchiveText.objects.filter(pk__in=[one.pk for one in best])
        rescore(best, dict(texts.values_list("pk", "exact")), query, top)
        found_rows.weigh_time(matching, clock.today())

    def _rows(self, terms: Terms, bounds: Bounds) -> tuple[list[tuple[Any, ...]], bool]:
        """The candidates, and whether more entries may match."""
        if not (terms.rare or terms.common):
            return [], False
        rows = self.index.candidates(terms, bounds)
        if terms.required:
            return rows, len(rows) >= bounds.limit
        if not rows and len(terms.common) > 1:  # no two of them ever stand in one entry
            rows = self.index.candidates(replace(terms, common=terms.common[:1]), bounds)
        is_all = terms.is_all and not terms.common and len(rows) < bounds.rows
        return rows, not is_all


def _bounds(request: SearchRequest, codes: found_rows.Codes) -> Bounds:
    is_oldest_first = request.sort == Sort.OLDEST
    return Bounds(weights.CANDIDATES, is_oldest_first, fitting_keys(request.filters, codes))


def _all_terms(query: Query) -> list[str]:
    terms = [term for wording in query.wordings for term in wording.terms]
    phrased = [term for phrase in query.phrases for term in phrase]
    return list(dict.fromkeys([*terms, *query.numbers, *phrased]))


def _choose_terms(query: Query, frequencies: dict[str, int]) -> Terms:
    """Take rare terms while the candidates stay few, then common terms until there are enough."""
    weighed = _weigh(query)
    known = sorted((term for term in weighed if frequencies.get(term)), key=lambda one: frequencies[one])
    looked_for = Terms(weighed, frequencies, titles=_titles(query, frequencies), numbers=_known(query, known))
    if query.required:
        return _choose_required(looked_for, query, known)
    rare: list[str] = []
    common: list[str] = []
    total = 0
    for term in known:
        total += frequencies[term]
        if total <= weights.CANDIDATES:
            rare.append(term)
        elif len(rare) + len(common) < weights.FEWEST_TERMS:
            common.append(term)
    is_all = len(rare) + len(common) == len(known)
    return replace(looked_for, rare=tuple(rare), common=tuple(common), is_all=is_all)


def _choose_required(looked_for: Terms, query: Query, known: list[str]) -> Terms:
    """Rank by all known terms what has a term of each group; nothing where no entry has one of some group."""
    groups = tuple(tuple(term for term in group if term in known) for group in query.required)
    return replace(looked_for, common=tuple(known), required=groups) if all(groups) else looked_for


def _titles(query: Query, frequencies: dict[str, int]) -> tuple[tuple[str, ...], ...]:
    """Phrases that some title may have. Phrases with a rare term are left out: all their few candidates are
    ranked again anyway.
    """
    known = [phrase for phrase in query.phrases if all(map(frequencies.get, phrase))]
    return tuple(one for one in known if min(map(frequencies.__getitem__, one)) > weights.DATABASE_RESCORED)


def _known(query: Query, known: list[str]) -> tuple[str, ...]:
    return tuple(number for number in query.numbers if number in known)


def _weigh(query: Query) -> dict[str, float]:
    weighed: dict[str, float] = {}
    for wording in query.wordings:
        for term in wording.terms:
            weighed.setdefault(term, wording.weight)
    return weighed | dict.fromkeys(query.numbers, weights.DOCUMENT_NUMBER)
