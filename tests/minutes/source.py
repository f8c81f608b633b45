"""The archive's view of them, as an app outside writes it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from pakn_portal.search.sources import Source, Values
from tests.minutes.models import Minutes


class MinutesSource(Source):
    name = "minutes"
    model = Minutes
    is_readable = {"is_released": True}

    def kinds(self) -> Iterable[tuple[str, str]]:
        return [("minutes", "biên bản họp")]

    def values(self, thing: Minutes) -> Values:
        return {
            "kind": "minutes",
            "title": thing.title,
            "answer": thing.text,
            "published_on": thing.held_on,
        }

    def address(self, thing: Minutes, archive_url: str, request: HttpRequest | None = None) -> str:
        return f"/bien-ban/{thing.code}/"

    def details(self, thing: Minutes, *, is_brief: bool = False) -> list[str]:
        return [thing.code]
