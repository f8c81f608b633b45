"""Whose texts are in the index. A source stands in the room of its texts and registers itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from pakn_portal.similar.index import remember_all
from pakn_portal.similar.keys import key_id
from pakn_portal.similar.models import SimilarBand

#: Texts that are read together.
_CHUNK: Final = 50
#: Bands that go in one statement; a text has 24.
_DROPPED: Final = 2_000


@dataclass(frozen=True)
class TextSource:
    """`rows`: those that have a text at all. `text_of`: what of a row is compared."""

    kind: str
    rows: Callable[[], QuerySet[Any]]
    text_of: Callable[[Any], str]


_SOURCES: Final[dict[str, TextSource]] = {}


def register(source: TextSource) -> TextSource:
    _SOURCES[source.kind] = source
    return source


def fill(should_stop: Callable[[], bool] = lambda: False, *, most: int = 20_000) -> int:
    """Remember what is not in the index yet: rows from before it, or all of them under another key. Returns
    how many texts; 0 where nothing was left. Begun anew wherever it was stopped; two at once do the same
    again and nothing else.
    """
    done = 0
    _drop_stale(should_stop)
    for source in _SOURCES.values():
        while done < most and not should_stop():
            wanted = list(_missing(source).order_by("-pk").values_list("pk", flat=True)[:_CHUNK])
            done += _remember(source, wanted)
            if len(wanted) < _CHUNK:
                break
    return done


def _drop_stale(should_stop: Callable[[], bool]) -> None:
    """Bands of another key, which find nothing; so many at a time that nobody waits for the table."""
    stale = SimilarBand.objects.exclude(key_id=key_id()).values_list("pk", flat=True)
    while not should_stop() and (found := list(stale[:_DROPPED])):
        SimilarBand.objects.filter(pk__in=found).delete()


@transaction.atomic
def _remember(source: TextSource, keys: list[int]) -> int:
    """With their rows locked: a verb that changes or wipes the words in this moment waits, and forgets what
    is written here; one that was first is read.
    """
    rows = _missing(source).filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    return remember_all(source.kind, [(row.pk, source.text_of(row)) for row in rows])


def _missing(source: TextSource) -> QuerySet[Any]:
    known = SimilarBand.objects.filter(kind=source.kind, subject=OuterRef("pk"), key_id=key_id())
    return source.rows().exclude(Exists(known))
