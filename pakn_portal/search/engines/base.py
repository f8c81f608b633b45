"""What every engine has in common: reading the query, presenting the hits, correcting the spelling."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, replace
from time import perf_counter

from pakn_portal.search.engines.database.full_text import full_text_index
from pakn_portal.search.engines.errors import EngineUnavailable, RequestRefused, TooBroad
from pakn_portal.search.engines.numbers import with_documents
from pakn_portal.search.engines.present import present
from pakn_portal.search.entries import hidden_ids
from pakn_portal.search.enums import Sort
from pakn_portal.search.query import spelling
from pakn_portal.search.query.reading import Query, load_synonyms, read_query
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import Hit, Matches, SearchResult
from pakn_portal.text import read_keystrokes

__all__ = ["EngineUnavailable", "RequestRefused", "SearchEngine", "TooBroad", "with_fallback_mark"]

Synonyms = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for which query, and what may have been meant. `hits`: None until they are read."""

    query: Query
    found: Matches
    meant: str = ""
    is_corrected: bool = False
    hits: list[Hit] | None = None


class SearchEngine(ABC):
    """Subclasses find; this class does the rest.

    `search` costs a constant number of database queries. It raises EngineUnavailable when the engine's server
    is not there, and RequestRefused when it is and does not take the request.
    """

    name: str

    def search(self, request: SearchRequest) -> SearchResult:
        started = perf_counter()
        try:
            result = self._search(request)
        except TooBroad:
            result = SearchResult([], 0, {}, self.name, 0, is_too_broad=True)
        return replace(
            result,
            took_ms=(perf_counter() - started) * 1000,
            page=request.page,
            page_size=request.page_size,
        )

    def _search(self, request: SearchRequest) -> SearchResult:
        request = replace(request, hidden=hidden_ids())
        synonyms = load_synonyms() if request.text else []
        query = with_documents(read_query(request.text, synonyms))
        answer = _Answer(query, self.find(query, request))
        if spelling.may_be_mended(query) and not answer.found.is_all_known:
            with suppress(TooBroad):  # the other spelling's fault
                answer = self._mended(answer, request, synonyms)
        found, hits = answer.found, answer.hits
        if hits is None:
            hits = present(found.ids, answer.query, found.scores, with_files=request.shows_files)
        return SearchResult(
            hits=hits,
            # what just left the site is counted by the server still
            total=max(found.total - (len(found.ids) - len(hits)), 0),
            facets=found.facets,
            is_bounded=found.is_bounded,
            engine=self.name,
            took_ms=0,
            did_you_mean=answer.meant,
            is_corrected=answer.is_corrected,
            is_uncited=query.is_uncited,
        )

    def _mended(self, answer: _Answer, request: SearchRequest, synonyms: Synonyms) -> _Answer:
        """The answer with another spelling offered; or the results of that spelling, where nothing else was
        found and what was typed is no word.
        """
        query, total = answer.query, answer.found.total
        known = full_text_index().present(spelling.looked_up(query))
        if known.issuperset(query.wordings[0].terms):
            return answer
        if not total and (read := self._as_keys(request, synonyms)):
            return read
        mended = spelling.mend(query, total, known, full_text_index().frequencies)
        other = self._other(mended, request, synonyms) if mended else None
        if other and not total and mended and mended.is_sure:
            return replace(other, is_corrected=True)
        meant = other.meant if other else ""
        if not total and spelling.is_known(query, known):
            query = query.loosened()
            return _Answer(query, self.find(query, request), meant)
        return replace(answer, meant=meant)

    def _as_keys(self, request: SearchRequest, synonyms: Synonyms) -> _Answer | None:
        """The answer for what the keys of an input method would have written; None where nothing is found."""
        read = read_keystrokes(request.text)
        if read == request.text:
            return None
        query = read_query(read, synonyms)
        found = self.find(query, request)
        if not found.total:
            return None
        hits = present(found.ids, query, found.scores, with_files=request.shows_files)
        return _Answer(query, found, spelling.printed_phrase(read, hits), is_corrected=True, hits=hits)

    def _other(self, mended: spelling.Mended, request: SearchRequest, synonyms: Synonyms) -> _Answer | None:
        query = read_query(mended.text, synonyms)
        found = self.find(query, replace(request, page=1, sort=Sort.RELEVANCE))
        hits = present(found.ids, query, found.scores, with_files=request.shows_files)
        meant = spelling.as_printed(mended, hits)
        if not meant:
            return None
        if request.page > 1 or request.sort != Sort.RELEVANCE:
            return _Answer(query, self.find(query, request), meant)
        return _Answer(query, found, meant, hits=hits)

    @abstractmethod
    def find(self, query: Query, request: SearchRequest) -> Matches:
        """One page of ids with the counts over everything that matches; an empty query lists all by date."""


def with_fallback_mark(result: SearchResult) -> SearchResult:
    return replace(result, is_fallback=True)
