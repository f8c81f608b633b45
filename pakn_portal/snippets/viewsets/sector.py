from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import Sector
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column


class SectorViewSet(ListViewSet):
    model = Sector
    icon = "tag"
    menu_order = 20
    list_display = [
        "name",
        "description",
        column("lead_unit", _("usual lead unit")),
        column("sort_order", _("order"), sort_key="sort_order"),
        column("is_active", pgettext_lazy("entry of a list", "active"), YesNoColumn),
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
