"""From ids to what a reader sees, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from pakn_portal.search.entries import read_entries
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query.highlight import Highlighter
from pakn_portal.search.query.reading import Query
from pakn_portal.search.query.results import Hit


def present(ids: Sequence[int], query: Query, scores: Sequence[float] = ()) -> list[Hit]:
    entries = read_entries(ids)
    highlighter = Highlighter(query)
    by_id = dict(zip(ids, scores, strict=True)) if scores else {}
    return [_hit(entries[pk], highlighter, by_id.get(pk, 0.0)) for pk in ids if pk in entries]


def _hit(entry: ArchiveEntry, highlighter: Highlighter, score: float) -> Hit:
    body = " ".join(part for part in (entry.question, entry.answer) if part)
    return Hit(entry, highlighter.whole(entry.title), highlighter.excerpt(body), score)
