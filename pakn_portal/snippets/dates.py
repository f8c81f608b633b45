"""Days as they are written here, day first. Django's own list would read 05/03 as the third of May."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from wagtail.admin.widgets import AdminDateInput

DAY: Final = "%d/%m/%Y"
DAY_INPUTS: Final = [DAY, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(widget=AdminDateInput(format=DAY), input_formats=DAY_INPUTS, **options)


def write_day_first(field: forms.DateField) -> None:
    """Make a model form's field show and read days like that."""
    field.widget = AdminDateInput(format=DAY)
    field.input_formats = DAY_INPUTS
