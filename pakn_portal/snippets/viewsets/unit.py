from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from pakn_portal.people.names import person
from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import Unit
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column

#: Above a unit, joined at once, so that the list costs the same however many units it shows.
_ANCESTORS = "parent__parent__parent__parent"


class UnitViewSet(ListViewSet):
    model = Unit
    icon = "group"
    menu_order = 10
    list_display = [
        "name",
        column("place", _("beneath"), accessor=lambda unit: path_of(unit.parent)),
        "short_name",
        column("head", _("head"), accessor=lambda unit: person(unit.head)),
        column("focal_person", _("focal person"), accessor=lambda unit: person(unit.focal_person)),
        column("is_active", pgettext_lazy("entry of a list", "active"), YesNoColumn),
    ]
    list_filter = ["is_active", "parent"]
    search_fields = ["name", "short_name", "code"]
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


def path_of(unit: Unit | None) -> str:
    """The names from the top down to this unit, joined with “›”."""
    names: list[str] = []
    while unit is not None and len(names) < 10:
        names.insert(0, unit.short_name or unit.name)
        unit = unit.parent
    return " › ".join(names)
