"""Dates as they are written here, day first. Django's own list would read 05/03 as the third of May."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.fields import DateRangeField, RangeField
from django_filters.filters import DateFromToRangeFilter
from django_filters.widgets import SuffixedMultiWidget

from pakn_portal import clock
from pakn_portal.snippets.dates import DayInput, MinuteInput, day_field

MINUTE: Final = "%d/%m/%Y %H:%M"
MINUTE_INPUTS: Final = [MINUTE, "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"]
TURNED_ROUND: Final = _("The first day is after the last.")
NO_MINUTE: Final = _("There is no such time. Write day, month, year and time, such as 05/11/2026 14:30.")


class DayRangeWidget(SuffixedMultiWidget):
    #: with a label above each day
    template_name = "pakn_portal/staff/includes/day_range.html"
    suffixes = ["from", "to"]

    def __init__(self, attrs: Any = None) -> None:
        super().__init__([DayInput() for _side in self.suffixes], attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.start, value.stop] if value else [None, None]


class DayRangeField(DateRangeField):
    widget = DayRangeWidget

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fields = [day_field() for _side in ("from", "to")]
        RangeField.__init__(self, fields, *args, **kwargs)

    def compress(self, data_list: list[Any]) -> Any:
        """Days as they are. Instants, as the library makes them, become other days in another time zone."""
        first, last = data_list or (None, None)
        if first and last and first > last:
            # to find nothing would be told as if there were nothing
            raise forms.ValidationError(TURNED_ROUND, code="turned_round")
        return slice(first, last) if first or last else None


class DayRangeFilter(DateFromToRangeFilter):
    """`name_from` and `name_to`, both days included."""

    field_class = DayRangeField


class SectionTimeField(forms.DateTimeField):
    """Shown and read in the section's zone, whatever zone the account has chosen."""

    def prepare_value(self, value: Any) -> Any:
        with clock.in_zone():
            return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        with clock.in_zone():
            return super().to_python(value)


def minute_field(**options: Any) -> forms.DateTimeField:
    field = SectionTimeField(widget=MinuteInput(format=MINUTE), input_formats=MINUTE_INPUTS, **options)
    field.error_messages["invalid"] = NO_MINUTE
    return field
