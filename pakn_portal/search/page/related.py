"""Other entries of the archive on the same matter. Entries that only share words are left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Final

from django.http import HttpRequest

from pakn_portal.search.engines import get_engine
from pakn_portal.search.engines.database.full_text import full_text_index
from pakn_portal.search.entries import address_of, details_of
from pakn_portal.search.models import ArchiveEntry, ArchiveText
from pakn_portal.search.query import weights
from pakn_portal.search.query.analysis import folded_tokens
from pakn_portal.search.query.request import Filters, SearchRequest
from pakn_portal.text import pairs, syllables

MOST: Final = 5
_LOOKED_AT: Final = 10
#: Syllables of questions and sentences, which say nothing of the matter.
_SMALL_WORDS: Final = (
    "ai bi cac cach cho chua co cua cung da dang de den di do duoc gi giua hay hoac khac khi khong kien la "
    "lai lam len mot muon nao nay nen neu ngay nhieu nhu nhung o phai qua ra rang rat roi sao sau se tat the "
    "theo thi thoi toi trong tuc tung va vao ve vi voi xin"
)
_SAY_NOTHING: Final = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Related:
    entry: ArchiveEntry
    url: str
    details: list[str]


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a title is about: its telling pairs; a rare pair weighs more."""

    telling: dict[str, float]
    sector_id: int | None

    def share(self, terms: Iterable[str]) -> float:
        total = sum(self.telling.values())
        return sum(self.telling[term] for term in self.telling.keys() & set(terms)) / total if total else 0.0


def related(
    title: str,
    own_key: str,
    archive_url: str,
    request: HttpRequest | None = None,
    *,
    filters: Filters | None = None,
) -> list[Related]:
    """Entries on the matter of this title, best first, without the entry that has this title.

    A constant number of queries. They are looked for by the site's own search and judged alike for every
    engine.
    """
    wanted = SearchRequest(text=title, filters=filters or {}, page_size=_LOOKED_AT, shows_files=False)
    hits = [hit.entry for hit in get_engine().search(wanted).hits if hit.entry.key != own_key]
    matter = _matter_of(title, own_key)
    texts = ArchiveText.objects.in_bulk([entry.pk for entry in hits])
    same = [entry for entry in hits if entry.pk in texts and _is_same(matter, entry, texts[entry.pk])]
    return [
        Related(entry, address_of(entry, archive_url, request), details_of(entry, is_brief=True))
        for entry in same[:MOST]
    ]


def _matter_of(title: str, own_key: str) -> _Matter:
    everything = ArchiveEntry.objects.filter(is_public=True).count()
    sector_id = ArchiveEntry.objects.filter(key=own_key).values_list("sector_id", flat=True).first()
    named = [pair for pair in dict.fromkeys(pairs(folded_tokens(syllables(title)))) if _is_telling(pair)]
    counts = full_text_index().frequencies(named) if named else {}
    most = max(weights.TELLING_ENTRIES, weights.TELLING_SHARE * everything)
    rare = {pair: count for pair in named if 0 < (count := counts.get(pair, 0)) <= most}
    return _Matter({pair: log(1 + (everything + 1) / count) for pair, count in rare.items()}, sector_id)


def _is_telling(pair: str) -> bool:
    """Small words, numbers and years tell nothing of the matter."""
    return _SAY_NOTHING.isdisjoint(pair.split("_")) and not any(char.isdigit() for char in pair)


def _is_same(matter: _Matter, entry: ArchiveEntry, text: ArchiveText) -> bool:
    """Whether both titles share telling pairs; of different sectors they must share more."""
    title = text.title.split()
    in_title, shared = matter.share(title), len(matter.telling.keys() & set(title))
    if matter.sector_id is not None and matter.sector_id == entry.sector_id:
        return in_title >= weights.RELATED_IN_SECTOR
    if shared < weights.RELATED_PAIRS:
        return False
    in_text = matter.share([*title, *text.body.split()])
    return in_title >= weights.RELATED_TITLE or in_text >= weights.RELATED_TEXT
