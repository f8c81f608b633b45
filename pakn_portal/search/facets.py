"""The choices beside the results: words for codes, counts, and the addresses that add or drop a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pakn_portal.conf import unit_model_name
from pakn_portal.search.enums import EntryKind
from pakn_portal.search.requests import FACETS, SearchRequest
from pakn_portal.search.results import Counts
from pakn_portal.snippets.enums import SenderKind
from pakn_portal.snippets.models import Sector

#: Values shown at once; the others unfold.
SHOWN: Final = 8
HEADINGS: Final[dict[str, Any]] = {
    "kind": _("Kind"),
    "sector": _("Sector"),
    "unit": _("Answered by"),
    "sender": _("Who asked"),
    "year": _("Year"),
}
Labels = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    heading: str
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        return self.choices[:SHOWN]

    @property
    def more(self) -> list[Choice]:
        return self.choices[SHOWN:]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice in force and the address without it."""

    heading: str
    label: str
    querystring: str


def load_labels() -> Labels:
    """Words of every code, in two queries."""
    units = apps.get_model(unit_model_name())._default_manager
    return {
        "kind": {str(value): capfirst(str(label)) for value, label in EntryKind.choices},
        "sector": dict(Sector.objects.values_list("code", "name")),
        "unit": dict(units.values_list("code", "name")),
        "sender": {str(value): capfirst(str(label)) for value, label in SenderKind.choices},
        "year": {},
    }


def only_known(request: SearchRequest, labels: Labels) -> SearchRequest:
    """Without the values that name nothing; any year may be asked for."""
    known = {
        name: tuple(value for value in values if name == "year" or value in labels[name])
        for name, values in request.filters.items()
    }
    return replace(request, filters={name: values for name, values in known.items() if values})


def build_facets(request: SearchRequest, counts: Mapping[str, Counts], labels: Labels) -> list[Facet]:
    """Those with something to choose, chosen values first."""
    facets = [_facet(name, request, counts.get(name, {}), labels[name]) for name in FACETS]
    return [facet for facet in facets if facet.choices]


def chosen(request: SearchRequest, labels: Labels) -> Iterator[Chosen]:
    for name in FACETS:
        for value in request.filters.get(name, ()):
            label = labels[name].get(value, value)
            yield Chosen(str(HEADINGS[name]), label, request.without(name, value).querystring())


def _facet(name: str, request: SearchRequest, counts: Counts, labels: dict[str, str]) -> Facet:
    picked = request.filters.get(name, ())
    values = dict.fromkeys([*picked, *counts])
    choices = [
        Choice(value, labels.get(value, value), counts.get(value, 0), value in picked) for value in values
    ]
    newest_first = sorted(
        choices, key=lambda one: (not one.is_chosen, -int(one.value) if name == "year" else 0)
    )
    return Facet(name, str(HEADINGS[name]), newest_first)
