"""Filters that no drawer shows: a number on a board leads with them to exactly the cases that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import django_filters as filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pakn_portal import clock
from pakn_portal.answers import figures
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.names import person
from pakn_portal.people.scope import scope_of
from pakn_portal.staff.cases.waiting import worklists

OPEN_AFTER, OVERDUE_AFTER = "open", "overdue"
#: What a figure counts, as a pill of the list says it.
LABELS: Final[dict[str, Any]] = {
    figures.CAME_IN.name: pgettext_lazy("figure", "came in"),
    figures.DONE.name: pgettext_lazy("figure", "done"),
    figures.ON_TIME.name: pgettext_lazy("figure", "answered on time"),
    figures.LATE.name: pgettext_lazy("figure", "answered late"),
    figures.ANSWERED.name: pgettext_lazy("figure", "answered, with a due date"),
    figures.OVERRAN.name: pgettext_lazy("figure", "fell overdue"),
    OPEN_AFTER: pgettext_lazy("figure", "open at the end of the day"),
    OVERDUE_AFTER: pgettext_lazy("figure", "overdue at the end of the day"),
}
#: Days of which there can be a figure; what falls overdue may be a few years ahead.
_FIRST_DAY: Final = date(1900, 1, 1)
_AHEAD: Final = timedelta(days=3660)
_FLOWS: Final = {flow.name: flow for flow in (*figures.FLOWS, figures.ANSWERED)}


@dataclass(frozen=True)
class Counted:
    """A figure of the days from `first` to `last`; of a stock, at the end of `last`."""

    name: str
    first: date
    last: date

    @property
    def cases(self) -> Q:
        """The cases behind the number."""
        if self.name == OPEN_AFTER:
            return figures.open_after(self.last)
        if self.name == OVERDUE_AFTER:
            return figures.overdue_after(self.last, clock.today())
        return _FLOWS[self.name].between(self.first, self.last, clock.today())

    @property
    def parameter(self) -> str:
        return f"{self.name}.{self.first:%Y-%m-%d}.{self.last:%Y-%m-%d}"

    def __str__(self) -> str:
        days = f"{self.last:%d/%m/%Y}"
        if self.name in _FLOWS and self.first != self.last:
            days = f"{self.first:%d/%m/%Y} – {days}"
        return f"{LABELS[self.name]}, {days}"


class CountedField(forms.CharField):
    """`name.first.last`, with days as the machine writes them."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if not (text := super().to_python(value)):
            return None
        try:
            name, first, last = text.split(".")
            found = Counted(name, date.fromisoformat(first), date.fromisoformat(last))
        except ValueError:
            raise ValidationError(_("This figure is unknown.")) from None
        if name not in LABELS or not _FIRST_DAY <= found.first <= found.last <= clock.today() + _AHEAD:
            raise ValidationError(_("This figure is unknown."))
        return found


class CountedFilter(filters.Filter):
    field_class = CountedField


class _Officer(filters.fields.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return person(obj)


class _OfficerFilter(filters.ModelChoiceFilter):
    field_class = _Officer


def _officers(request: Any) -> QuerySet[Any]:
    """Those of the cases that this person may see: nobody learns another account's name."""
    officers = Case.objects.within(scope_of(request.user)).exclude(officer=None).order_by()
    users: QuerySet[Any] = get_user_model()._default_manager.filter(pk__in=officers.values("officer"))
    return users


class BoardFilters(filters.FilterSet):
    """The base of the list's filter set."""

    figure = CountedFilter(label=gettext_lazy("Figure"), method="by_figure")
    officer = _OfficerFilter(label=gettext_lazy("Officer"), queryset=_officers, widget=forms.HiddenInput)
    no_officer = filters.BooleanFilter(
        label=gettext_lazy("not assigned"), method="by_none", widget=forms.HiddenInput
    )
    no_unit = filters.BooleanFilter(
        label=gettext_lazy("not with a unit yet"), method="by_none", widget=forms.HiddenInput
    )
    no_sector = filters.BooleanFilter(
        label=gettext_lazy("without a sector"), method="by_none", widget=forms.HiddenInput
    )

    opinion = filters.BooleanFilter(
        label=gettext_lazy("waiting for your unit's opinion"), method="by_opinion", widget=forms.HiddenInput
    )
    untouched = filters.BooleanFilter(
        label=gettext_lazy("untouched since the last working day"),
        method="by_untouched",
        widget=forms.HiddenInput,
    )
    later = filters.BooleanFilter(
        label=gettext_lazy("due later"), method="by_later", widget=forms.HiddenInput
    )
    public_text = filters.ChoiceFilter(
        label=gettext_lazy("Public text"),
        choices=PublicTextState.choices,
        method="by_public_text",
        widget=forms.HiddenInput,
    )

    def by_opinion(self, queryset: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        return (
            queryset.filter(worklists.asked_for_opinion(scope_of(self.request.user))) if value else queryset
        )

    def by_untouched(self, queryset: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        untouched = figures.untouched(clock.today(), current_calendar())
        return queryset.filter(untouched) if value else queryset

    def by_later(self, queryset: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        keeper = scope_of(self.request.user).reads_sealed
        later = figures.due_later(clock.today(), current_calendar(), keeper=keeper)
        return queryset.filter(later) if value else queryset

    def by_public_text(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return queryset.filter(figures.with_public_text(PublicTextState(value)))

    def by_figure(self, queryset: CaseQuerySet, name: str, value: Counted) -> CaseQuerySet:
        return queryset.filter(value.cases)

    def by_none(self, queryset: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        column = {"no_officer": "officer", "no_unit": "lead_unit", "no_sector": "sector"}[name]
        return queryset.filter(**{f"{column}__isnull": True}) if value else queryset
