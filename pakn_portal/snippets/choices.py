"""Rows to choose from, in the order of the alphabet. A database sorts letters with marks behind others, or
as its locale has it; the lists are short enough to be sorted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import pgettext_lazy

from pakn_portal.people.names import name_key
from pakn_portal.snippets.select import Select
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


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """A row of a reference list, or a unit. While none is chosen, it says so in words."""

    iterator = RowsInOrder
    widget = Select

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", pgettext_lazy("empty choice", "Choose…"))
        super().__init__(*args, **kwargs)
