"""The choices beside the results: words for codes, counts, and the addresses that add or drop a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pakn_portal.search.facet_fields import FACET_FIELDS, FacetField
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import Counts

#: Values shown at once; the others unfold.
SHOWN: Final = 8
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
    """A value that filters now, and the address without it."""

    heading: str
    label: str
    querystring: str


def only_known(request: SearchRequest, labels: Labels) -> SearchRequest:
    """The request without filters that name nothing."""
    known = {
        name: tuple(value for value in values if FACET_FIELDS[name].is_known(value, labels[name]))
        for name, values in request.filters.items()
    }
    return replace(request, filters={name: values for name, values in known.items() if values})


def build_facets(request: SearchRequest, counts: Mapping[str, Counts], labels: Labels) -> list[Facet]:
    """The facets that offer a choice, chosen values first."""
    facets = [
        _facet(field, request, counts.get(name, {}), labels[name]) for name, field in FACET_FIELDS.items()
    ]
    return [facet for facet in facets if facet.choices]


def chosen(request: SearchRequest, labels: Labels) -> Iterator[Chosen]:
    for name, field in FACET_FIELDS.items():
        for value in request.filters.get(name, ()):
            label = labels[name].get(value, value)
            yield Chosen(str(field.heading), label, request.without(name, value).querystring())


def _facet(field: FacetField, request: SearchRequest, counts: Counts, labels: dict[str, str]) -> Facet:
    picked = request.filters.get(field.name, ())
    values = dict.fromkeys([*picked, *counts])
    choices = [
        Choice(value, labels.get(value, value), counts.get(value, 0), value in picked) for value in values
    ]
    if field.is_highest_first:
        choices.sort(key=lambda one: one.value, reverse=True)
    choices.sort(key=lambda one: not one.is_chosen)
    return Facet(field.name, str(field.heading), choices)
