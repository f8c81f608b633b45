from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from pakn_portal.snippets.models import Synonym
from pakn_portal.snippets.viewsets.base import ListViewSet, column


class SynonymViewSet(ListViewSet):
    model = Synonym
    icon = "search"
    menu_order = 70
    list_display = [
        "term",
        column("expansions", _("expansions"), accessor=lambda row: ", ".join(row.expansions.splitlines())),
        column("is_active", pgettext_lazy("entry of a list", "active"), BooleanColumn),
    ]
    list_filter = ["is_active"]
    search_fields = ["term", "expansions"]
    edit_handler = ObjectList([FieldPanel("term"), FieldPanel("expansions"), FieldPanel("is_active")])
