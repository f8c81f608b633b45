"""The kinds of pages that are released: how what is on the site is held against what was released (I4)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet


class ReleasedPages(ABC):
    """The pages of one kind. A procedure registers its own in the `ready` of its app."""

    model: ClassVar[Any]

    @abstractmethod
    def live(self) -> QuerySet[Any]:
        """Those on the site, with what the rest reads."""

    @abstractmethod
    def number(self, page: Any) -> str:
        """What staff call what the page is about."""

    @abstractmethod
    def released_hash(self, page: Any) -> str:
        """`Wording.hash` of what was released last."""

    @abstractmethod
    def misplaced(self, page: Any) -> str:
        """Why a live page may not be on the site as things stand; empty where it may."""

    def missing(self) -> Iterable[str]:
        """The numbers of what should be on the site, and is not."""
        return ()

    def archived(self) -> QuerySet[Any]:
        """Those whose entry in the archive is held against them."""
        return self.live()


_REGISTERED: dict[str, ReleasedPages] = {}


def register_pages(pages: ReleasedPages) -> None:
    """Make them known; called once, when the app that has them is ready."""
    _REGISTERED[pages.model._meta.label] = pages


def released_pages() -> list[ReleasedPages]:
    """Every kind there is on the site, in the order in which they were registered."""
    return list(_REGISTERED.values())
