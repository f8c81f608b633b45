"""Which lines: of what kind, by whom, of whose unit, of which case, in which days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import django_filters as filters
from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from pakn_portal import clock
from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.conf import unit_model_name
from pakn_portal.people.names import person
from pakn_portal.people.scope import Scope
from pakn_portal.reports.periods import DateRange
from pakn_portal.snippets.choices import PeopleInOrder, Select
from pakn_portal.staff.boards.audit.kinds import OF_VERB, WATCH, WATCHED, found_by
from pakn_portal.staff.cases.list.filters import RowFilter
from pakn_portal.staff.dates import DayRangeFilter

#: So many days stand open where nobody names others, today among them.
DAYS: Final = 30
NOBODY: Final = "null"
#: No line is older or newer; the days before and behind have no instants in every time zone.
_FIRST, _LAST = date(1990, 1, 1), date(2999, 12, 31)


def visible_lines(scope: Scope) -> QuerySet[Any]:
    """Of the cases that this person may open: an auditor reads no line of a sealed one.

    Asked of each line, so that the newest fifty of a million are found by their index: a list of all cases
    would be read first.
    """
    return CaseEvent.objects.filter(Exists(Case.objects.within(scope).filter(pk=OuterRef("case_id"))))


def usual_days() -> DateRange:
    today = clock.today()
    return DateRange(today - timedelta(days=DAYS - 1), today)


def in_days(first: date | None, last: date | None) -> Q:
    """Both days included; None: without an end there."""
    found = Q()
    if first is not None:
        found &= Q(at__gte=clock.start_of(within_years(first)))
    if last is not None:
        found &= Q(at__lt=clock.start_of(within_years(last) + timedelta(days=1)))
    return found


def within_years(day: date) -> date:
    """For whoever reckons with a day that somebody wrote: the calendar of Python ends with the year 9999."""
    return max(_FIRST, min(day, _LAST))


def people_of(unit: Any) -> QuerySet[Any]:
    """Whoever is of its staff now, its head and its focal person among them."""
    of_unit = Q(groups=unit.staff_group_id) | Q(pk=unit.head_id) | Q(pk=unit.focal_person_id)
    return get_user_model()._default_manager.filter(of_unit).order_by().values("pk")


def _units(request: Any) -> QuerySet[Any]:
    units: QuerySet[Any] = apps.get_model(unit_model_name())._default_manager.order_by("name")
    return units


def _actors(request: Any) -> QuerySet[Any]:
    """Whoever ever acted, also without roles or an open account now."""
    acted = CaseEvent.objects.filter(by=OuterRef("pk"))
    return get_user_model()._default_manager.filter(Exists(acted))


class _Actors(PeopleInOrder):
    def __iter__(self) -> Iterator[Any]:
        rows = super().__iter__()
        yield next(rows)
        yield NOBODY, nobodys_name()
        yield from rows


class _ActorChoice(filters.fields.ModelChoiceField):
    iterator = _Actors
    widget = Select

    def label_from_instance(self, obj: Any) -> str:
        return person(obj)


class ActorFilter(filters.ModelChoiceFilter):
    field_class = _ActorChoice


class InstantsOfDays(DayRangeFilter):
    """Of a column of instants: the days are those of the section."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(in_days(value.start, value.stop)) if value else qs


def nobodys_name() -> str:
    return pgettext("who acted", "The sender or the system")


def _kinds() -> list[tuple[str, Any]]:
    """Called late, in the reader's language."""
    watched = [(kind.code, capfirst(kind.label())) for kind in WATCHED]
    verbs = [(f"{OF_VERB}{verb}", str(verb.label)) for verb in Verb]
    return [
        (WATCH, pgettext("watched act", "Everything worth a look")),
        (pgettext("watched act", "Worth a look"), watched),
        (pgettext("of the register", "Every act"), verbs),
    ]


class LineFilterSet(filters.FilterSet):
    """Every field is optional, but that the days of before the last month are asked for."""

    kind = filters.ChoiceFilter(
        label=pgettext_lazy("of a line", "Act"), choices=_kinds, method="by_kind",
        empty_label=pgettext_lazy("filter", "Any"),
    )  # fmt: skip
    by = ActorFilter(
        label=pgettext_lazy("of a line", "Done by"), queryset=_actors, null_label=NOBODY,
        empty_label=pgettext_lazy("filter", "Anybody"),
    )  # fmt: skip
    unit = RowFilter(
        label=pgettext_lazy("of a line", "Their unit"), queryset=_units, method="by_unit",
        empty_label=pgettext_lazy("filter", "Any"),
    )  # fmt: skip
    number = filters.CharFilter(
        label=_("Case number"), field_name="case__number", lookup_expr="iexact", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    at = InstantsOfDays(label=pgettext_lazy("of lines", "Days"), field_name="at")

    class Meta:
        model = CaseEvent
        fields: list[str] = []

    def by_kind(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(found_by(value))

    def by_unit(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(by__in=people_of(value))

    @property
    def days(self) -> tuple[date | None, date | None]:
        chosen = self.form.cleaned_data.get("at") if self.form.is_valid() else None
        return (chosen.start, chosen.stop) if chosen else (None, None)

    @property
    def without_days(self) -> QuerySet[Any]:
        """What it finds in any days; for a filter set that is valid."""
        found: QuerySet[Any] = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != "at":
                found = self.filters[name].filter(found, value)
        return found


def with_days(query: QueryDict) -> QueryDict:
    """The query, with the usual days where it names none."""
    given = query.copy()
    if not (given.get("at_from") or given.get("at_to")):
        days = usual_days()
        given["at_from"], given["at_to"] = f"{days.first:%d/%m/%Y}", f"{days.last:%d/%m/%Y}"
    return given
