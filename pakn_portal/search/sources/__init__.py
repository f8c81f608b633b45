"""What the archive holds, a file for each sort of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pakn_portal.search.sources.answers import AnswerSource
from pakn_portal.search.sources.base import Source, Values
from pakn_portal.search.sources.legal_texts import LegalTextSource
from pakn_portal.search.sources.pages import PageSource

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["SOURCES", "PageSource", "Source", "Values", "key_of", "kinds", "source_for", "source_of"]

#: By the name that begins their keys. `search.actions.register_source` adds one.
SOURCES: Final[dict[str, Source]] = {source.name: source for source in (AnswerSource(), LegalTextSource())}


def source_of(key: str) -> Source:
    """The source of the entry with this key. Raises KeyError where none is registered for it."""
    return SOURCES[key.partition(":")[0]]


def source_for(thing: Any) -> Source:
    """The source that this thing is of. Raises LookupError where there is none."""
    for source in SOURCES.values():
        if isinstance(thing, source.model):
            return source
    raise LookupError(f"The archive has no source for {type(thing).__name__}.")


def key_of(thing: Any) -> str:
    """The key of its entry."""
    return source_for(thing).key(thing.pk)


def kinds() -> list[tuple[str, StrOrPromise]]:
    """What `kind` of an entry may be, with the words for it."""
    return [kind for source in SOURCES.values() for kind in source.kinds()]
