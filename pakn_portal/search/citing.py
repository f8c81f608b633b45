"""Writes the entries of answers anew when a document that they cite was replaced, or is in force again.

The list of legal bases is the queue itself: however it changed, its replaced numbers differ from those that
were written last until the worker has written them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Q, QuerySet

from pakn_portal.search.models import IndexedName
from pakn_portal.search.names import write_things
from pakn_portal.search.sources import SOURCES, Source
from pakn_portal.search.sources.answers import AnswerSource
from pakn_portal.snippets.models import LegalBasis

_FIGURES: Final = re.compile(r"\d+")
_WRITTEN = IndexedName.objects.filter(of=IndexedName.List.REPLACED)


def write_citing(should_stop: Callable[[], bool] = lambda: False) -> int:
    """How many entries changed; a batch at a time. Broken off it begins again with the same document.
    Two queries where nothing changed. Events: archive_changed.
    """
    replaced, changed = _replaced(), 0
    for number in numbers_behind():
        source = SOURCES[AnswerSource.name]
        for ids in write_things(_perhaps_citing(source, number), source):
            changed += len(ids)
            if should_stop():
                return changed
        if number in replaced:
            IndexedName.objects.get_or_create(of=IndexedName.List.REPLACED, object_id=number)
        else:
            _WRITTEN.filter(object_id=number).delete()
    return changed


def numbers_behind() -> list[str]:
    """Documents that were replaced, or are in force again, since the entries that cite them were written. Two
    queries.
    """
    return sorted(_replaced() ^ set(_WRITTEN.values_list("object_id", flat=True)))


def _replaced() -> set[str]:
    return set(LegalBasis.objects.filter(is_replaced=True).values_list("number", flat=True))


def _perhaps_citing(source: Source, number: str) -> QuerySet[Any]:
    """Every answer that cites it, however it is spelt there ("15-2025-TT-BLĐTBXH"), and some that do not:
    written anew, those come out as they are.
    """
    figures = _FIGURES.findall(number) or [number]
    has_all = Q(*(("legal_bases__icontains", figure) for figure in dict.fromkeys(figures)))
    return source.things().filter(has_all, **source.is_readable)
