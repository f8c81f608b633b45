from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList

from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import LetterTemplate
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column, unsaved_words


class LetterTemplateViewSet(ListViewSet):
    model = LetterTemplate
    icon = "doc-full-inverse"
    menu_order = 45
    list_display = [
        "name",
        column("kind", pgettext_lazy("of a letter", "kind"), accessor="get_kind_display", sort_key="kind"),
        column("sector", _("sector")),
        column("sort_order", _("order"), sort_key="sort_order"),
        column("is_active", pgettext_lazy("entry of a list", "active"), YesNoColumn),
        unsaved_words(),
    ]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "body", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("sector")]),
            HelpPanel(template="pakn_portal/snippets/letter_variables.html"),
            FieldPanel("body"),
            FieldRowPanel([FieldPanel("sort_order"), FieldPanel("is_active")]),
        ],
        base_form_class=ListForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return LetterTemplate.objects.select_related("sector", "latest_revision")
