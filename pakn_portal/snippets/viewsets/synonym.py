from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList

from pakn_portal.snippets.models import Synonym
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column


class SynonymViewSet(ListViewSet):
    model = Synonym
    icon = "search"
    menu_order = 70
    list_display = [
        "term",
        column("expansions", _("expansions"), accessor=lambda row: ", ".join(row.expansions.splitlines())),
        column("is_active", pgettext_lazy("entry of a list", "active"), YesNoColumn),
    ]
    list_filter = ["is_active"]
    search_fields = ["term", "expansions"]
    edit_handler = ObjectList([FieldPanel("term"), FieldPanel("expansions"), FieldPanel("is_active")])
