"""What the archive must know of one sort of thing to hold it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Columns of `ArchiveEntry` with what they hold.
Values = dict[str, Any]


class Source(ABC):
    """One sort of thing that the archive holds.

    A project's own is registered by `search.actions.register_source` in the `ready` of its app. Where the
    archive has a column for the thing (`relation`), lists read the thing along; else they read those of one
    source in one query more.
    """

    #: Begins the keys of the entries (`name:primary key`), so it never changes.
    name: ClassVar[str]
    model: type[Model]
    #: The column of `ArchiveEntry` that names the thing, and what a list of hits reads of its row.
    relation: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ()
    #: Attributes of a thing, and what they are while anybody may read it.
    is_readable: ClassVar[Mapping[str, Any]] = {}
    #: Those of `IndexedName.List` whose names stand in the text: after a new name it is written anew.
    named_after: ClassVar[tuple[str, ...]] = ()
    #: Rows that are locked while the entries of live things are written anew (`select_for_update(of=…)`).
    locked: ClassVar[tuple[str, ...]] = ("self",)

    @abstractmethod
    def kinds(self) -> Iterable[tuple[str, StrOrPromise]]:
        """What `kind` of an entry may be, with the words for it."""

    @abstractmethod
    def values(self, thing: Any) -> Values:
        """What is searched and shown: `title`, `kind`, `published_on` and any other column that
        `projection.ALLOWED` names. What is left out is empty. Nothing of a sender may be in it.
        """

    @abstractmethod
    def address(self, thing: Any, archive_url: str, request: HttpRequest | None = None) -> str:
        """Where a reader finds it on this site; empty where it has no address. No query for one of a list."""

    def details(self, thing: Any, *, is_brief: bool = False) -> list[str]:
        """What is told of it beside its kind. `is_brief`: on the page of something else."""
        return []

    def things(self) -> QuerySet[Any]:
        """Everything that may be in the archive, with what `values` reads."""
        return self.model._default_manager.all()

    def public(self, things: Iterable[Any]) -> list[Any]:
        """Those that anybody may read now."""
        asked = self.is_readable.items()
        return [thing for thing in things if all(getattr(thing, name) == value for name, value in asked)]

    def key(self, pk: Any) -> str:
        return f"{self.name}:{pk}"

    def entries(self) -> Q:
        """Which entries are of this source."""
        return Q(key__startswith=self.key(""))

    def readable_entries(self) -> Q:
        """Which entries may be shown, as far as one query tells."""
        if not self.relation:
            return self.entries()
        asked = self.is_readable or {"isnull": False}
        return Q(**{f"{self.relation}__{name}": value for name, value in asked.items()})
