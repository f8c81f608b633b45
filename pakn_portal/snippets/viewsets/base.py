"""What the screens of all reference lists have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.template.defaultfilters import yesno
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from pakn_portal.people.names import person
from pakn_portal.snippets.confirmation.versions import is_as_saved
from pakn_portal.snippets.exchange.views import ExchangeView, ExportView, ImportView
from pakn_portal.snippets.listing import FoldedIndexView
from pakn_portal.snippets.viewsets.left_words import KeepsWords


def column(name: str, label: Any, kind: type[Column] = Column, **options: Any) -> Column:
    """A column whose heading begins with a capital, as Wagtail's own do."""
    return kind(name, label=capfirst(label), **options)


class YesNoColumn(BooleanColumn):
    """A tick or a cross, read out in words: Wagtail reads out Python's own “True”."""

    cell_template_name = "pakn_portal/snippets/yes_no_cell.html"


def unsaved_words() -> Column:
    """Of a list of words that go to everybody: which rows are not used, for nobody saved them so. The rows
    are read with `latest_revision` joined.
    """
    return column(
        "unsaved_words",
        pgettext_lazy("column of a list", "notice"),
        accessor=lambda row: "" if is_as_saved(row) else _("Not as it was saved, so not used"),
    )


def confirmation() -> FieldRowPanel:
    """Whether the Legal Department confirmed the row, who and when: to read."""
    names = ("is_verified", "verified_by", "verified_at")
    return FieldRowPanel([_ToRead(name, read_only=True) for name in names])


class _ToRead(FieldPanel):
    def format_value_for_display(self, value: Any) -> Any:
        """In words: Wagtail writes Python's own for a truth and for nothing, and an account by its name."""
        if value is None:
            return "–"
        if isinstance(value, get_user_model()):
            return person(value)
        return yesno(value) if isinstance(value, bool) else super().format_value_for_display(value)


class ListViewSet(KeepsWords, SnippetViewSet):
    index_view_class = FoldedIndexView
    list_per_page = 50
    copy_view_enabled = False
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("import/", self._exchange(ImportView), name="import"),
            path("export/<str:kind>/", self._exchange(ExportView), name="export"),
        ]

    def _exchange(self, view: type[ExchangeView]) -> Any:
        return self.construct_view(
            view, permission_policy=self.permission_policy, index_url_name=self.get_url_name("list")
        )

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {
            "import_url_name": self.get_url_name("import"),
            "export_url_name": self.get_url_name("export"),
        }
        given: dict[str, Any] = super().get_index_view_kwargs(**names, **kwargs)
        return given
