"""Days as they are written here, day first. Django's own list would read 05/03 as the third of May.

The CMS's calendar puts another day in the place of one that is none, without a word, as soon as the field is
left. Here what was typed stays, and the server says beside it what is wrong.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

DAY: Final = "%d/%m/%Y"
DAY_INPUTS: Final = [DAY, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
NO_DAY: Final = _("There is no such day. Write day, month and year, such as 05/11/2026.")


class _AsTyped:
    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}  # type: ignore[misc]


class DayInput(_AsTyped, AdminDateInput):
    """A day with a calendar to choose it from."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format=DAY)


class MinuteInput(_AsTyped, AdminDateTimeInput):
    """Day and minute with a calendar to choose them from."""


def day_field(**options: Any) -> forms.DateField:
    return write_day_first(forms.DateField(**options))


def write_day_first(field: forms.DateField) -> forms.DateField:
    """Make the field show and read days like that."""
    field.widget = DayInput()
    field.widget.is_required = field.required
    field.input_formats = DAY_INPUTS
    field.error_messages["invalid"] = NO_DAY
    return field
