"""Reads what was typed, once for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db import connections, router

from pakn_portal.search.query import weights
from pakn_portal.search.query.analysis import folded_tokens, indexed_pairs
from pakn_portal.snippets.models import Synonym
from pakn_portal.text import begun_document_numbers, is_accented, normalize, pairs, syllables


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say the query: what was typed, or the same with a synonym put in."""

    folded: tuple[str, ...]
    weight: float = 1.0
    #: Single syllables are looked for, wherever they stand.
    is_loose: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """Pairs and document numbers, entire or begun; of a single syllable, the syllable itself."""
        pairs = [] if self.is_loose else indexed_pairs(list(self.folded))
        return tuple(dict.fromkeys([*pairs, *begun_document_numbers(self.folded)] if pairs else self.folded))

    @property
    def is_single(self) -> bool:
        return self.is_loose or not indexed_pairs(list(self.folded))

    @property
    def phrase(self) -> tuple[str, ...]:
        """The pairs that a title with these words side by side has. Empty for a long wording."""
        if self.is_loose or len(self.folded) > weights.PHRASE_SYLLABLES:
            return ()
        numbers = [token for token in self.folded if "_" in token]
        return tuple(dict.fromkeys([*pairs(self.folded), *numbers])) or self.folded


@dataclass(frozen=True, slots=True)
class Query:
    """A query read: never parsed as a language, so that nothing typed is an operator."""

    text: str
    exact: tuple[str, ...]
    wordings: tuple[Variant, ...]
    is_accented: bool
    #: Keys of document numbers, entire or begun (`176_2025_nd`).
    numbers: tuple[str, ...] = field(default=())
    #: Of each of these groups a hit must have a term.
    required: tuple[tuple[str, ...], ...] = ()
    #: It names documents, and nothing in the archive names any of them.
    is_uncited: bool = False
    #: Terms that are not marked in what is found: the kind of a document that is not there.
    unmarked: tuple[str, ...] = ()

    @property
    def folded(self) -> tuple[str, ...]:
        return self.wordings[0].folded

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for, so that the archive is listed by date."""
        return not self.exact

    @property
    def is_matter(self) -> bool:
        """Whether it is as short as the name of a matter."""
        return len(self.folded) <= weights.MATTER_SYLLABLES

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        return tuple(phrase for wording in self.wordings if (phrase := wording.phrase))

    def loosened(self) -> Query:
        """A query for the same syllables, all of them, wherever they stand."""
        wording = Variant(self.folded, is_loose=True)
        return replace(self, wordings=(wording,), required=tuple((one,) for one in wording.terms))

    def about(self, numbers: tuple[str, ...], *, only: bool) -> Query:
        """With the documents that its numbers stand for. `only`: there is nothing else to look for."""
        if only:
            wordings = (Variant(numbers),)
            return replace(self, wordings=wordings, numbers=numbers, required=(numbers,), is_accented=False)
        return replace(self, numbers=tuple(dict.fromkeys([*self.numbers, *numbers])))


def read_query(text: str, synonyms: Iterable[tuple[str, str]] | None = None) -> Query:
    """Cut, analyse, and widen by the editors' synonyms (one database query where none are given)."""
    clean = normalize(text[: weights.QUERY_MAX_CHARACTERS]).strip()
    exact = syllables(clean)[: weights.QUERY_MAX_SYLLABLES]
    folded = folded_tokens(exact)
    if not exact:
        return Query(clean, (), (Variant(()),), False)
    known = load_synonyms() if synonyms is None else synonyms
    widened = [Variant(tuple(variant), weights.SYNONYM) for variant in _widen(folded, known)]
    numbers = tuple(token for token in folded if "_" in token)
    return Query(clean, tuple(exact), (Variant(tuple(folded)), *widened), is_accented(clean), numbers)


def load_synonyms() -> list[tuple[str, str]]:
    """Term and expansions (one a line) of each active synonym."""
    alias = router.db_for_read(Synonym)
    statement, values = _synonyms_statement(alias)
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[str, str]] = cursor.fetchall()
    return rows


@lru_cache
def _synonyms_statement(alias: str) -> tuple[str, tuple[Any, ...]]:
    """Compiled once for each process: compiling it takes longer than the query itself."""
    rows = Synonym.objects.filter(is_active=True).values_list("term", "expansions")
    statement, values = rows.query.get_compiler(alias).as_sql()
    return str(statement), tuple(values)


def _widen(folded: Sequence[str], synonyms: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """The query with every term expanded: first by the first expansions, then by the second ones, …"""
    found = list(_found(folded, synonyms))
    if not found:
        return
    seen = {tuple(folded)}
    most = max(len(expansions) for _start, _end, expansions in found)
    for turn in range(min(most, 4)):
        variant = _replace(
            folded, [(start, end, options[min(turn, len(options) - 1)]) for start, end, options in found]
        )
        if tuple(variant) not in seen:
            seen.add(tuple(variant))
            yield variant[: weights.QUERY_MAX_SYLLABLES]


def _found(
    folded: Sequence[str], synonyms: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, int, list[tuple[str, ...]]]]:
    """Where terms stand in the query: the longest at each place, none overlapping."""
    by_term, longest = _read_synonyms(tuple(synonyms))
    at = 0
    while at < len(folded):
        for size in range(min(longest, len(folded) - at), 0, -1):
            options = by_term.get(tuple(folded[at : at + size]))
            if options:
                yield at, at + size, options
                at += size
                break
        else:
            at += 1


@lru_cache(maxsize=4)
def _read_synonyms(
    synonyms: tuple[tuple[str, str], ...],
) -> tuple[dict[tuple[str, ...], list[tuple[str, ...]]], int]:
    """Expansions by term, and the syllables of the longest term. The same list with nearly every query."""
    by_term: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for term, expansions in synonyms:
        lines = [_folded(line) for line in expansions.splitlines()]
        by_term.setdefault(_folded(term), []).extend(line for line in lines if line)
    return by_term, max((len(term) for term in by_term), default=0)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(folded_tokens(syllables(text)))


def _replace(folded: Sequence[str], changes: list[tuple[int, int, tuple[str, ...]]]) -> list[str]:
    result: list[str] = []
    at = 0
    for start, end, new in changes:
        result += [*folded[at:start], *new]
        at = end
    return [*result, *folded[at:]]
