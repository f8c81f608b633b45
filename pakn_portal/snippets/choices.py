"""Rows to choose from, in the order of the alphabet. A database sorts letters with marks behind others, or
as its locale has it; the lists are short enough to be sorted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from pakn_portal.people.names import name_key
from pakn_portal.text import alphabet_key


def row_key(row: Any) -> Any:
    """To sort the rows of a reference list by: the order given to them, then the name."""
    return getattr(row, "sort_order", 0), alphabet_key(str(row)), str(row.pk)


class RowsInOrder(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in its stubs alone
    """The rows are read once for each form: Django copies the field, and its queryset, with the form."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in sorted(self.queryset, key=self.key):
            yield self.choice(row)

    def key(self, row: Any) -> Any:
        return row_key(row)


class PeopleInOrder(RowsInOrder):
    def key(self, row: Any) -> Any:
        return name_key(row)


class Select(forms.Select):
    """The same HTML as Django's. Its template draws another one for each choice, which for the provinces, or
    for 300 units, costs more than the rest of the form.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((_group(*group),) for group in widget["optgroups"]))
        return format_html('<select name="{}"{}>{}\n</select>', name, flatatt(widget["attrs"]), groups)


def _group(label: str | None, options: list[dict[str, Any]], _index: int) -> SafeString:
    drawn = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>',
        ((each["value"], flatatt(each["attrs"]), each["label"]) for each in options),
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', label, drawn) if label else drawn


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """A row of a reference list, or a unit. While none is chosen, it says so in words."""

    iterator = RowsInOrder
    widget = Select

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", pgettext_lazy("empty choice", "Choose…"))
        super().__init__(*args, **kwargs)
