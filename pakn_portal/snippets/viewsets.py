"""The reference lists in the admin, under one menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import path
from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pakn_portal.people.names import person
from pakn_portal.snippets.exchange.views import ExchangeView, ExportView, ImportView
from pakn_portal.snippets.listing import FoldedIndexView, HolidayFilters, ListForm
from pakn_portal.snippets.models import (
    Agency,
    DeadlineRule,
    Holiday,
    RefusalReason,
    Sector,
    Synonym,
    Unit,
)

#: Above a unit, joined at once, so that the list costs the same however many units it shows.
_ANCESTORS = "parent__parent__parent__parent"


def _column(name: str, label: Any, column: type[Column] = Column, **options: Any) -> Column:
    """A column whose heading begins with a capital, as Wagtail's own do."""
    return column(name, label=capfirst(label), **options)


def _day(name: str) -> Callable[[Any], str]:
    """A date as Vietnamese letters write it; empty where there is none."""

    def text(row: Any) -> str:
        day = getattr(row, name)
        return f"{day:%d/%m/%Y}" if day else ""

    return text


class ListViewSet(SnippetViewSet):
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


class UnitViewSet(ListViewSet):
    model = Unit
    icon = "group"
    menu_order = 10
    list_display = [
        "name",
        _column("place", _("beneath"), accessor=lambda unit: path_of(unit.parent)),
        "short_name",
        _column("head", _("head"), accessor=lambda unit: person(unit.head)),
        _column("focal_person", _("focal person"), accessor=lambda unit: person(unit.focal_person)),
        _column("is_active", pgettext_lazy("entry of a list", "active"), BooleanColumn),
    ]
    list_filter = ["is_active", "parent"]
    search_fields = ["name", "short_name", "code"]
    ordering = ["name"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("short_name"), FieldPanel("code")]),
                    FieldPanel("parent"),
                ],
                heading=_("Unit"),
            ),
            MultiFieldPanel(
                [FieldPanel("staff_group"), FieldPanel("head"), FieldPanel("focal_person")],
                heading=_("People"),
            ),
            FieldPanel("is_active"),
        ],
        base_form_class=ListForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Unit.objects.select_related(_ANCESTORS, "head", "focal_person")


class SectorViewSet(ListViewSet):
    model = Sector
    icon = "tag"
    menu_order = 20
    list_display = [
        "name",
        "description",
        _column("lead_unit", _("usual lead unit")),
        _column("sort_order", _("order"), sort_key="sort_order"),
        _column("is_active", pgettext_lazy("entry of a list", "active"), BooleanColumn),
    ]
    list_filter = ["is_active", "lead_unit"]
    search_fields = ["name", "description", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("description"),
            FieldPanel("lead_unit"),
            FieldRowPanel([FieldPanel("sort_order"), FieldPanel("is_active")]),
        ],
        base_form_class=ListForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Sector.objects.select_related("lead_unit")


class AgencyViewSet(ListViewSet):
    model = Agency
    icon = "site"
    menu_order = 30
    list_display = [
        "name",
        "note",
        _column("is_active", pgettext_lazy("entry of a list", "active"), BooleanColumn),
    ]
    list_filter = ["is_active"]
    search_fields = ["name", "note", "code"]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("code"), FieldPanel("note"), FieldPanel("is_active")],
        base_form_class=ListForm,
    )


class RefusalReasonViewSet(ListViewSet):
    model = RefusalReason
    icon = "cross"
    menu_order = 40
    list_display = [
        "name",
        _column("needs_written_notice", _("written notice required"), BooleanColumn),
        _column("may_resubmit", _("the sender may send again"), BooleanColumn),
        _column("sort_order", _("order"), sort_key="sort_order"),
        _column("is_active", pgettext_lazy("entry of a list", "active"), BooleanColumn),
    ]
    list_filter = ["is_active", "needs_written_notice", "may_resubmit"]
    search_fields = ["name", "public_text", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("public_text"),
            FieldRowPanel([FieldPanel("needs_written_notice"), FieldPanel("may_resubmit")]),
            FieldRowPanel([FieldPanel("sort_order"), FieldPanel("is_active")]),
        ],
        base_form_class=ListForm,
    )


class DeadlineRuleViewSet(ListViewSet):
    model = DeadlineRule
    icon = "time"
    menu_order = 50
    list_display = [
        "__str__",
        _column("kind", _("kind"), accessor="get_kind_display", sort_key="kind"),
        _column("sender_kind", _("sender"), accessor="get_sender_kind_display", sort_key="sender_kind"),
        _column("sector", _("sector")),
        _column("urgency", _("urgency"), accessor="get_urgency_display"),
        _column("valid_from", _("valid from"), accessor=_day("valid_from"), sort_key="valid_from"),
        _column("valid_until", _("valid until"), accessor=_day("valid_until"), sort_key="valid_until"),
        _column("is_verified", _("verified by the Legal Department"), BooleanColumn),
    ]
    list_filter = ["step", "kind", "sender_kind", "sector", "is_verified"]
    search_fields = ["legal_basis", "sector__name"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "A case takes the rule in force on the day it was registered and keeps it. Of several "
                    "rules that fit, the one that names most wins. For a new term, end the old rule and add "
                    "a new one."
                )
            ),
            FieldPanel("step"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("sender_kind")]),
                    FieldRowPanel([FieldPanel("sector"), FieldPanel("urgency")]),
                ],
                heading=_("Only for (empty: for all)"),
            ),
            FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldPanel("legal_basis"),
            FieldPanel("is_verified"),
        ]
    )

    def get_queryset(self, request: Any) -> Any:
        return DeadlineRule.objects.select_related("sector")


class HolidayViewSet(ListViewSet):
    model = Holiday
    icon = "date"
    menu_order = 60
    list_display = [
        "name",
        _column(
            "date", _("date"), accessor=lambda day: dateformat.format(day.date, "l, d/m/Y"), sort_key="date"
        ),
        _column("kind", _("kind"), accessor="get_kind_display", sort_key="kind"),
        _column("status", _("status"), accessor="get_status_display", sort_key="status"),
        "note",
    ]
    filterset_class = HolidayFilters
    search_fields = ["name", "note", "date"]
    ordering = ["-date"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Saving computes the deadlines of all open cases again and writes each change into the "
                    "case. A year counts only when its New Year's Day, Tết, 30/04, 01/05 and 02/09 are all "
                    "in the list."
                )
            ),
            FieldRowPanel([FieldPanel("date"), FieldPanel("kind")]),
            FieldPanel("name"),
            FieldPanel("status"),
            FieldPanel("note"),
        ]
    )


class SynonymViewSet(ListViewSet):
    model = Synonym
    icon = "search"
    menu_order = 70
    list_display = [
        "term",
        _column("expansions", _("expansions"), accessor=lambda row: ", ".join(row.expansions.splitlines())),
        _column("is_active", pgettext_lazy("entry of a list", "active"), BooleanColumn),
    ]
    list_filter = ["is_active"]
    search_fields = ["term", "expansions"]
    edit_handler = ObjectList([FieldPanel("term"), FieldPanel("expansions"), FieldPanel("is_active")])


class ListsGroup(SnippetViewSetGroup):
    """A portal with its own unit model keeps the units where it had them."""

    menu_label = _("PAKN lists")
    menu_icon = "list-ul"
    menu_order = 210
    items = [
        *([] if Unit._meta.swapped else [UnitViewSet]),
        SectorViewSet,
        AgencyViewSet,
        RefusalReasonViewSet,
        DeadlineRuleViewSet,
        HolidayViewSet,
        SynonymViewSet,
    ]


def path_of(unit: Unit | None) -> str:
    """The names from the top down to this unit, joined with “›”."""
    names: list[str] = []
    while unit is not None and len(names) < 10:
        names.insert(0, unit.short_name or unit.name)
        unit = unit.parent
    return " › ".join(names)
