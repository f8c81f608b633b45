"""What the reference lists share: a search that forgives missing diacritics, a form that keeps codes."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import IndexView

from pakn_portal.people.accounts import open_accounts
from pakn_portal.people.names import by_name, person
from pakn_portal.snippets.choices import PeopleInOrder, row_key
from pakn_portal.snippets.dates import write_day_first
from pakn_portal.snippets.exchange.views import CSV, XLSX
from pakn_portal.snippets.models import Holiday
from pakn_portal.text import alphabet_key, fold


class ListFilters(WagtailFilterSet):
    """Of the filters that are made from a list's columns: those by a row of another list say “all” too."""

    @classmethod
    def filter_for_lookup(cls, field: Any, lookup_type: str) -> Any:
        filter_class, params = super().filter_for_lookup(field, lookup_type)
        if filter_class == django_filters.ModelChoiceFilter:
            params.setdefault("empty_label", _("All"))
        return filter_class, params


class FoldedIndexView(IndexView):
    """Searches folded: “viec lam” finds “Việc làm”. The lists are short: they are folded on the spot."""

    base_filterset_class = ListFilters
    import_url_name = ""
    export_url_name = ""

    @cached_property
    def header_buttons(self) -> list[Button]:
        """Beside the title, to be seen at first sight; a phone has no room for them and keeps to the menu."""
        options = {"icon_only": True, "classname": "pakn-wide-only"}
        found = [*self._import(HeaderButton, **options), self._export(XLSX, HeaderButton, **options)]
        return [*super().header_buttons, *found]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The same in words, and the list for programs."""
        found = [*self._import(Button), *(self._export(kind, Button) for kind in (CSV, XLSX))]
        return [*super().header_more_buttons, *found]

    def _import(self, button: type[Any], **options: Any) -> list[Any]:
        """A file into the list, for whoever may add and change rows."""
        may = self.permission_policy.user_has_permission
        if not (may(self.request.user, "add") and may(self.request.user, "change")):
            return []
        label, address = pgettext("button", "Import"), reverse(self.import_url_name)
        return [button(label, url=address, icon_name="upload", priority=60, **options)]

    def _export(self, kind: str, button: type[Any], **options: Any) -> Any:
        """The list as a file."""
        label = _("Export as %(kind)s") % {"kind": kind.upper()}
        address = reverse(self.export_url_name, args=[kind])
        return button(label, url=address, icon_name="download", priority=70, **options)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["media"] += forms.Media(css={"all": ["pakn_portal/css/lists.css"]})
        return context

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """Without the boxes for deleting many rows at once: a row in use is kept, and that is told by row."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A column of names by the alphabet, which a database does not know; the lists are short.
        One query more.
        """
        rows: QuerySet[Any] = super().order_queryset(queryset)
        name = str(self.ordering or "").lstrip("-")
        if not self.ordering and _names_in(self.model._meta.ordering):
            keys = [(row_key(row), row.pk) for row in queryset]
        elif _names_in([name]):
            keys = [((alphabet_key(text), pk), pk) for pk, text in queryset.values_list("pk", name)]
        else:
            return rows
        keys.sort(reverse=str(self.ordering or "").startswith("-"))
        places = [When(pk=pk, then=Value(place)) for place, (_key, pk) in enumerate(keys)]
        ordered: QuerySet[Any] = rows.order_by(
            Case(*places, default=Value(0), output_field=models.IntegerField()), "pk"
        )
        return ordered

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        words = fold(self.search_query).split()
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        texts = ((pk, fold(" ".join(str(value) for value in values))) for pk, *values in rows)
        return queryset.filter(pk__in=[pk for pk, text in texts if all(word in text for word in words)])


def _name_blank(field: forms.Field) -> None:
    """Say what the empty choice means, where there is one."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
        word = pgettext("empty choice", "Choose…") if field.required else pgettext("empty choice", "None")
        field.empty_label = word
    if not isinstance(field, forms.TypedChoiceField):
        return
    blank = pgettext("empty choice", "Choose…") if field.required else _("All")
    choices: Any = field.choices
    field.choices = [(value, label if value else blank) for value, label in choices]


def _names_in(ordering: Any) -> bool:
    return bool({"name", "term"} & {str(column) for column in ordering})


class ListForm(WagtailAdminModelForm):
    """The code of a saved row stays: starter rows, imports and addresses know the row by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "code" in self.fields:
            self.fields["code"].disabled = True
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                write_day_first(field)
            _name_blank(field)
        for name in ("head", "focal_person"):
            if name in self.fields:
                _by_name(self.fields[name], chosen=getattr(self.instance, f"{name}_id"))


def _by_name(field: Any, *, chosen: Any) -> None:
    """Offer people by their names; a closed account only where it is chosen already."""
    field.queryset = by_name(field.queryset.filter(Q(pk__in=open_accounts()) | Q(pk=chosen)))
    field.label_from_instance = person
    field.iterator = PeopleInOrder
    field.widget.choices = field.choices


def _years() -> list[tuple[int, str]]:
    return [(day.year, str(day.year)) for day in Holiday.objects.dates("date", "year", order="DESC")]


class HolidayFilters(WagtailFilterSet):
    year = django_filters.ChoiceFilter(
        field_name="date", lookup_expr="year", choices=_years, label=_("year"), empty_label=_("All")
    )

    class Meta:
        model = Holiday
        fields = ["year", "kind", "status"]
