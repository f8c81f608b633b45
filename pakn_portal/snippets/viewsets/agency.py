from __future__ import annotations

from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList

from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import Agency
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column


class AgencyViewSet(ListViewSet):
    model = Agency
    icon = "site"
    menu_order = 30
    list_display = [
        "name",
        "note",
        column("is_active", pgettext_lazy("entry of a list", "active"), YesNoColumn),
    ]
    list_filter = ["is_active"]
    search_fields = ["name", "note", "code"]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("code"), FieldPanel("note"), FieldPanel("is_active")],
        base_form_class=ListForm,
    )
