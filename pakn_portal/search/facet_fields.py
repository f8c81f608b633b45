"""The facets of the archive, in the order of the page: all that reads, counts, filters or shows one is here.

Each has a column of `ArchiveEntry`, which the projection fills. Nothing of a sender may be one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import Manager
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pakn_portal.conf import unit_model_name
from pakn_portal.search.sources import kinds
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.snippets.models import Sector

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["FACET_FIELDS", "FacetField", "labels"]


@dataclass(frozen=True, slots=True)
class FacetField:
    """`name`: in the address and in the index. `size`: the most values that the search server counts.

    Its codes are those of the rows of a list (`rows`, with `code` and `name`; the column is the foreign key),
    or of `choices`, or whatever fits `pattern`, which has no other words.
    """

    name: str
    column: str
    heading: StrOrPromise
    size: int
    rows: Callable[[], Manager[Any]] | None = None
    choices: Callable[[], Iterable[tuple[str, StrOrPromise]]] | None = None
    pattern: re.Pattern[str] | None = None
    is_highest_first: bool = False

    @property
    def relation(self) -> str:
        """The foreign key to its list, as `select_related` names it; empty without a list."""
        return self.column.removesuffix("_id") if self.rows is not None else ""

    def labels(self) -> dict[str, str]:
        """The words of each code; one query for a list."""
        if self.rows is not None:
            return dict(self.rows().values_list("code", "name"))
        choices = self.choices() if self.choices is not None else ()
        return {str(code): capfirst(str(words)) for code, words in choices}

    def codes(self) -> dict[Any, str]:
        """The code of each row of the list by its key, in one query; none where the column holds the code."""
        return dict(self.rows().values_list("pk", "code")) if self.rows is not None else {}

    def code_of(self, entry: Any) -> str:
        """The code of an entry (with the row of its list); empty where it has none."""
        if self.rows is None:
            return str(getattr(entry, self.column) or "")
        row = getattr(entry, self.relation)
        return row.code if row is not None else ""

    def is_known(self, code: str, labels: dict[str, str]) -> bool:
        """Whether the code names something."""
        return code in labels or (self.pattern is not None and self.fits(code))

    def fits(self, code: str) -> bool:
        return self.pattern is None or self.pattern.fullmatch(code) is not None


def _units() -> Manager[Any]:
    units: Manager[Any] = apps.get_model(unit_model_name())._default_manager
    return units


FACET_FIELDS: Final[dict[str, FacetField]] = {
    field.name: field
    for field in (
        FacetField("kind", "kind", _("Kind"), 20, choices=kinds),
        FacetField("sector", "sector_id", _("Sector"), 100, rows=lambda: Sector.objects),
        FacetField("unit", "unit_id", _("Answered by"), 200, rows=_units),
        FacetField("sender", "sender_kind", _("Who asked"), 20, choices=lambda: SenderKind.choices),
        FacetField(
            "year",
            "year",
            _("Year"),
            100,
            pattern=re.compile("(?:19|20)[0-9]{2}"),
            is_highest_first=True,
        ),
    )
}


def labels() -> dict[str, dict[str, str]]:
    """The words of every code, by facet; one query for each list."""
    return {name: field.labels() for name, field in FACET_FIELDS.items()}
