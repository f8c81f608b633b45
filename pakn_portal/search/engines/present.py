"""From ids to what a reader sees, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from pakn_portal.search.entries import read_entries
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.query.highlight import LONGEST_MATCH, SCANNED, Highlighter
from pakn_portal.search.query.reading import Query
from pakn_portal.search.query.results import Hit, Segment


def present(
    ids: Sequence[int], query: Query, scores: Sequence[float] = (), *, with_files: bool = True
) -> list[Hit]:
    entries = read_entries(ids, with_files=with_files)
    highlighter = Highlighter(query)
    by_id = dict(zip(ids, scores, strict=True)) if scores else {}
    return [_hit(entries[pk], highlighter, by_id.get(pk, 0.0), with_files) for pk in ids if pk in entries]


def _hit(entry: ArchiveEntry, highlighter: Highlighter, score: float, with_files: bool) -> Hit:
    body = " ".join(part for part in (entry.question, entry.answer) if part)
    title, excerpt, file = highlighter.whole(entry.title), highlighter.excerpt(body), ""
    if with_files and not any(segment.is_match for segment in excerpt):
        file, excerpt = _in_files(entry.attachments_text, highlighter) or (file, excerpt)
    return Hit(entry, title, excerpt, score, file)


def _in_files(text: str, highlighter: Highlighter) -> tuple[str, tuple[Segment, ...]] | None:
    """The first file with a match: its name and an excerpt; see `answers.files.public.as_indexed`."""
    for one in filter(None, text.split("\f")):
        name, _newline, words = one.partition("\n")
        for at in range(0, max(len(words), 1), SCANNED - LONGEST_MATCH):
            excerpt = highlighter.excerpt(words[at : at + SCANNED])
            if any(segment.is_match for segment in excerpt):
                return name, excerpt
    return None
