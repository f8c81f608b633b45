"""Whose texts are in the index. A source stands in the room of its texts and registers itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from pakn_portal.similar.index import remember_all
from pakn_portal.similar.keys import key_id
from pakn_portal.similar.models import SimilarBand

#: Texts that are read together.
_CHUNK: Final = 200


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
    how many texts. Begun anew wherever it was stopped; two at once do the same again and nothing else.
    """
    done = 0
    SimilarBand.objects.exclude(key_id=key_id()).delete()
    for source in _SOURCES.values():
        while done < most and not should_stop():
            rows = list(_missing(source)[:_CHUNK])
            done += remember_all(source.kind, [(row.pk, source.text_of(row)) for row in rows])
            if len(rows) < _CHUNK:
                break
    return done


def _missing(source: TextSource) -> QuerySet[Any]:
    known = SimilarBand.objects.filter(kind=source.kind, subject=OuterRef("pk"))
    return source.rows().exclude(Exists(known)).order_by("-pk")
