"""Finds the document numbers that a query names by their kind: `nghị định 176` → `176_2025_nd`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pakn_portal import clock
from pakn_portal.search.engines.database.full_text import FullTextIndex, full_text_index
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query.reading import Query
from pakn_portal.text import Mention, document_mentions, document_number_key, pairs

#: Mentions of one query that are looked up, and entries that are looked at for what begins like a number.
_MOST: Final = 3
_LOOKED_AT: Final = 100
#: Words that add nothing between two numbers.
_BETWEEN: Final = frozenset(("va", "hoac", "theo", "ve"))


def with_documents(query: Query) -> Query:
    """The query with the numbers that its mentions stand for; `is_uncited` where the archive has none.

    A query of mentions alone finds only what has one of the numbers. Without a mention it costs no database
    query.
    """
    mentions = document_mentions(query.folded, clock.today().year + 1)[:_MOST]
    if not mentions:
        return query
    known = _known(mentions, full_text_index())
    if not known:
        return replace(query, is_uncited=True, unmarked=tuple(_kinds(query, mentions)))
    named = {at for mention in mentions for at in range(mention.start, mention.end)}
    others = [one for at, one in enumerate(query.folded) if at not in named and one not in _BETWEEN]
    return query.about(known, only=not others)


def _kinds(query: Query, mentions: list[Mention]) -> Iterator[str]:
    """The terms that only name a kind of document."""
    for mention in mentions:
        named = query.folded[mention.start : mention.end]
        words = [word for word in named if not any(map(str.isdigit, word))]
        yield from (*pairs(words), *words)


def _known(mentions: list[Mention], index: FullTextIndex) -> tuple[str, ...]:
    keys = [key for mention in mentions for key in mention.keys]
    found = index.present(keys)
    begun = [key for mention in mentions for start in mention.starts for key in _beginning(start, index)]
    return tuple(dict.fromkeys([*(key for key in keys if key in found), *begun]))


def _beginning(start: str, index: FullTextIndex) -> Iterable[str]:
    """Keys that begin so, of numbers without a year: `1764_qd_ldtbxh`."""
    ids = index.beginning([], start, _LOOKED_AT, is_title=False)
    rows = ArchiveEntry.objects.filter(pk__in=ids).values_list("document_numbers", flat=True)
    keys = {document_number_key(number) for numbers in rows for number in numbers}
    whole = start.rstrip("_") + "_"
    return sorted(key for key in keys if key.startswith(whole) and not _has_year(key))


def _has_year(key: str) -> bool:
    return key.split("_")[1].isdigit()
