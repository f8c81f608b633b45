"""The filters of the list. Only what is named here reaches the database; unknown parameters are ignored."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pakn_portal import clock
from pakn_portal.answers import figures
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.conf import unit_model_name
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.choices import RowsInOrder, Select
from pakn_portal.snippets.models import Sector
from pakn_portal.staff.cases.choices import ABOUT, CHANNELS, KINDS, URGENCIES, capitalised
from pakn_portal.staff.cases.list.counted import BoardFilters
from pakn_portal.staff.cases.list.search_box import matching
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.dates import DayRangeFilter

LONGEST_SEARCH = 200
PAUSED, STILL_OPEN = "paused", "open"
TODAY = worklists.TODAY


DUE = capitalised(
    (worklists.OVERDUE, _("overdue")),
    (TODAY, _("due today")),
    (worklists.SOON, _("due soon")),
    (PAUSED, _("clock paused")),
)
STATUSES = capitalised((STILL_OPEN, _("still open")), *Status.choices)


def _units(request: Any) -> QuerySet[Any]:
    units: QuerySet[Any] = apps.get_model(unit_model_name()).objects.order_by("name")
    return units


class _RowChoice(filters.fields.ModelChoiceField):
    iterator = RowsInOrder
    widget = Select


class RowFilter(filters.ModelChoiceFilter):
    field_class = _RowChoice


class CaseFilterSet(BoardFilters):
    """Every field is optional."""

    #: Which cases it looks through, as the tabs name them.
    tab = worklists.ALL

    q = filters.CharFilter(
        label=_("Search"), method="search", max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"placeholder": _("Number, title, sender…")}),
    )  # fmt: skip
    status = filters.ChoiceFilter(
        label=_("Status"), choices=STATUSES, method="by_status",
        empty_label=pgettext_lazy("filter", "Any"),
    )  # fmt: skip
    due = filters.ChoiceFilter(
        label=_("Deadline"), choices=DUE, method="by_due", empty_label=pgettext_lazy("filter", "Any")
    )
    sector = RowFilter(
        label=_("Sector"), queryset=Sector.objects.all(), empty_label=pgettext_lazy("filter", "Any")
    )
    lead_unit = RowFilter(label=_("Lead unit"), queryset=_units, empty_label=pgettext_lazy("filter", "Any"))
    kind = filters.ChoiceFilter(
        label=_("Kind"),
        field_name="submission__kind",
        choices=KINDS,
        empty_label=pgettext_lazy("filter", "Any"),
    )
    channel = filters.ChoiceFilter(
        label=_("Channel"),
        field_name="submission__channel",
        choices=CHANNELS,
        empty_label=pgettext_lazy("filter", "Any"),
    )
    urgency = filters.ChoiceFilter(
        label=_("Urgency"), choices=URGENCIES, empty_label=pgettext_lazy("filter", "Any")
    )
    about = filters.ChoiceFilter(
        label=pgettext_lazy("what an opinion is on", "About"),
        choices=ABOUT,
        empty_label=pgettext_lazy("filter", "Any"),
    )
    registered = DayRangeFilter(label=_("Registered on"), field_name="registered_on")
    to_publish = filters.BooleanFilter(
        label=_("waiting for publication"), method="by_publication", widget=forms.HiddenInput
    )

    to_correct = filters.BooleanFilter(
        label=_("corrections to release"), method="by_correction", widget=forms.HiddenInput
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def search(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return queryset.filter(matching(value))

    def by_status(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return queryset.open() if value == STILL_OPEN else queryset.filter(status=value)

    def by_due(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        today, keeper = clock.today(), scope_of(self.request.user).reads_sealed
        if value == PAUSED:
            return queryset.filter(figures.paused())
        if value == worklists.OVERDUE:
            found = figures.overdue(today, keeper=keeper)
        elif value == TODAY:
            found = figures.due_today(today, keeper=keeper)
        else:
            found = figures.due_soon(today, current_calendar(), keeper=keeper)
        return queryset.filter(found | worklists.owed_by_publisher(value) if self.is_desk else found)

    def by_correction(self, queryset: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        return queryset.filter(figures.waiting_for_correction()) if value else queryset

    def by_publication(self, queryset: CaseQuerySet, name: str, value: bool) -> CaseQuerySet:
        return queryset.filter(figures.waiting_for_publisher()) if value else queryset

    @property
    def is_to_publish(self) -> bool:
        """Whether it finds nothing but what waits for a publisher."""
        return self.form.is_valid() and bool(self.form.cleaned_data.get("to_publish"))

    @property
    def is_taken_off(self) -> bool:
        """Whether it finds nothing but answers that were taken off: whoever corrects them begins with the one
        that is off the longest.
        """
        if not self.form.is_valid():
            return False
        return bool(self.form.cleaned_data.get("public_text") == PublicTextState.UNPUBLISHED)

    @property
    def is_desk(self) -> bool:
        """Whether it finds nothing but what waits for somebody, and some of it for a publisher: there a case
        has the day by which it is to be published or corrected.
        """
        if not self.form.is_valid():
            return False
        values = self.form.cleaned_data
        if values.get("to_publish") or values.get("to_correct"):
            return True
        return self.tab == worklists.MINE and scope_of(self.request.user).is_publisher

    @property
    def drawer(self) -> list[Any]:
        """The fields that stand in the drawer of filters."""
        return [field for field in self.form.visible_fields() if field.name != "q"]

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """Label, value and parameter prefix of each filter in use, but not the search box."""
        if not self.form.is_valid():
            return []
        values = self.form.cleaned_data
        return [
            (str(self.filters[name].label), self._shown(name, values[name]), name)
            for name in self.filters
            if name != "q" and values.get(name)
        ]

    def _shown(self, name: str, value: Any) -> str:
        """A filter's value as the form shows it; empty for one that is only on or off."""
        if isinstance(value, slice):
            first, last = (f"{side:%d/%m/%Y}" if side else "…" for side in (value.start, value.stop))
            return f"{first} – {last}"
        if isinstance(value, str):
            return str(dict(self.form.fields[name].choices).get(value, value))
        return "" if isinstance(value, bool) else str(value)
