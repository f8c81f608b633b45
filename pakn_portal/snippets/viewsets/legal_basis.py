from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import LegalBasis
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column


class LegalBasisViewSet(ListViewSet):
    model = LegalBasis
    icon = "doc-full"
    menu_order = 65
    list_display = [
        "number",
        column("title", _("title")),
        column("is_replaced", _("replaced"), YesNoColumn),
        column("replaced_by", _("replaced by")),
    ]
    list_filter = ["is_replaced"]
    search_fields = ["number", "title"]
    edit_handler = ObjectList(
        [
            FieldPanel("number"),
            FieldPanel("title"),
            FieldPanel("is_replaced"),
            FieldRowPanel([FieldPanel("replaced_by"), FieldPanel("replaced_on")]),
        ],
        base_form_class=ListForm,
    )
