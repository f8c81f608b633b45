"""What an engine answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pakn_portal.search.models import ArchiveEntry

#: value → how many entries have it, commonest first
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Matches:
    """What an engine found: ids of one page, best first, and counts over everything that matches.

    `is_bounded`: not everything was looked at, so total and facets are only the least there is.
    """

    ids: list[int]
    total: int
    facets: dict[str, Counts]
    scores: list[float] = field(default_factory=list)
    is_bounded: bool = False
    #: Every word of the query, and every two that stand side by side in it, are in the archive.
    is_all_known: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an excerpt. Plain text: the template escapes it."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    entry: ArchiveEntry
    title: tuple[Segment, ...]
    excerpt: tuple[Segment, ...]
    score: float = 0.0
    #: The name of the file that the excerpt is from; empty where it is from the text itself.
    file: str = ""

    @property
    def public_id(self) -> str:
        return self.entry.public_id


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What is shown. `engine`: which one answered. `is_fallback`: the site's own engine did not."""

    hits: list[Hit]
    total: int
    facets: dict[str, Counts]
    engine: str
    took_ms: float
    page: int = 1
    page_size: int = 10
    did_you_mean: str = ""
    #: The results are those of the suggestion, because what was typed gave none.
    is_corrected: bool = False
    #: The query names documents that nothing here names: hits have some of its words at most.
    is_uncited: bool = False
    is_fallback: bool = False
    #: Nothing was listed, because too much matches: another word would help.
    is_too_broad: bool = False
    #: More may match than was counted: total and facets are the least there is.
    is_bounded: bool = False

    @property
    def page_count(self) -> int:
        return -(-self.total // self.page_size)

    @property
    def told_total(self) -> int:
        """The total to show: exact, or rounded down where it is only a lower bound."""
        step = 10 ** max(len(str(self.total)) - 2, 0)
        return self.total // step * step if self.is_bounded else self.total
