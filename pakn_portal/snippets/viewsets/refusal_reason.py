from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from pakn_portal.snippets.listing import ListForm
from pakn_portal.snippets.models import RefusalReason
from pakn_portal.snippets.viewsets.base import ListViewSet, YesNoColumn, column, confirmation


class RefusalReasonViewSet(ListViewSet):
    model = RefusalReason
    icon = "cross"
    menu_order = 40
    list_display = [
        "name",
        column("needs_written_notice", _("written notice required"), YesNoColumn),
        column("may_resubmit", _("the sender may send again"), YesNoColumn),
        column("sort_order", _("order"), sort_key="sort_order"),
        column("is_active", pgettext_lazy("entry of a list", "active"), YesNoColumn),
        column("is_verified", _("verified by the Legal Department"), YesNoColumn),
    ]
    list_filter = ["is_active", "is_verified", "needs_written_notice", "may_resubmit"]
    search_fields = ["name", "public_text", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("public_text"),
            FieldRowPanel([FieldPanel("needs_written_notice"), FieldPanel("may_resubmit")]),
            FieldRowPanel([FieldPanel("sort_order"), FieldPanel("is_active")]),
            confirmation(),
        ],
        base_form_class=ListForm,
    )
